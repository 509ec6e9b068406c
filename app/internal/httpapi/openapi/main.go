// Command openapi writes the description of the HTTP API to standard output;
// the frontend's types are generated from it.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"

	"github.com/mingcha-console/mingcha/app/internal/console"
	"github.com/mingcha-console/mingcha/app/internal/httpapi"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "openapi:", err)
		os.Exit(1)
	}
}

func run() error {
	raw, err := httpapi.OpenAPI("1", console.Described())
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := json.Indent(&out, raw, "", "  "); err != nil {
		return err
	}
	out.WriteByte('\n')
	_, err = out.WriteTo(os.Stdout)
	return err
}

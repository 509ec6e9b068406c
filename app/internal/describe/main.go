// Command describe writes what is generated from the console's features: the
// description of the HTTP API, what pages know of lists and words, and the table of
// who may do what.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"

	"github.com/mingcha-console/mingcha/app/internal/httpapi"
	"github.com/mingcha-console/mingcha/app/internal/runtime"
)

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "describe:", err)
		os.Exit(1)
	}
}

func run(args []string, w io.Writer) error {
	if len(args) != 1 {
		return fmt.Errorf("say what to write: openapi, lists or permissions")
	}
	switch args[0] {
	case "openapi":
		return openAPI(w)
	case "lists":
		return lists(w, runtime.Lists(), runtime.Words())
	case "permissions":
		return permissions(w, httpapi.Table(runtime.Described()))
	}
	return fmt.Errorf("no such description: %s", args[0])
}

// openAPI writes the description of the HTTP API; the pages' types are generated
// from it.
func openAPI(w io.Writer) error {
	raw, err := httpapi.OpenAPI("1", runtime.Described())
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := json.Indent(&out, raw, "", "  "); err != nil {
		return err
	}
	out.WriteByte('\n')
	_, err = out.WriteTo(w)
	return err
}

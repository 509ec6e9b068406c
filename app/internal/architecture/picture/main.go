// Command picture writes the drawing of the repository's packages to standard
// output. It is run in the repository's root.
package main

import (
	"fmt"
	"os"

	"github.com/mingcha-console/mingcha/app/internal/architecture"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "picture:", err)
		os.Exit(1)
	}
}

func run() error {
	g, err := architecture.Read(".")
	if err != nil {
		return err
	}
	drawing, err := architecture.Mingcha().Draw(g)
	if err != nil {
		return err
	}
	_, err = os.Stdout.WriteString(drawing)
	return err
}

// Command mingcha is the supervision console: its window, its server and its
// command line.
package main

import (
	"os"

	"github.com/mingcha-console/mingcha/app/internal/cli"
)

func main() { os.Exit(cli.Main(os.Args[1:], os.Stdout, os.Stderr)) }

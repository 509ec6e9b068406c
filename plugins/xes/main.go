// Command xes is the adapter for logs in the IEEE 1849 XES format: it streams
// any .xes or .xes.gz file under a declarative mapping that says what the
// log's attributes mean in the contract's words.
package main

import "github.com/mingcha-console/mingcha/sdk"

func main() { sdk.Serve(&adapter{}) }

package main

import (
	"bytes"
	"os"
	"testing"
)

// What is generated and checked in is what the features say today.
func TestWhatIsCheckedInIsWhatFeaturesSay(t *testing.T) {
	for verb, file := range map[string]string{
		"lists":       "../../../frontend/src/lists/generated.ts",
		"permissions": "../../../build/docs/permissions.md",
	} {
		var now bytes.Buffer
		if err := run([]string{verb}, &now); err != nil {
			t.Fatal(err)
		}
		kept, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(kept, now.Bytes()) {
			t.Errorf("%s is stale: run make generate and commit it", file)
		}
	}
}

func TestWhatThereIsNotIsNotDescribed(t *testing.T) {
	for _, args := range [][]string{nil, {"tables"}, {"lists", "openapi"}} {
		if err := run(args, &bytes.Buffer{}); err == nil {
			t.Errorf("%q is described", args)
		}
	}
}

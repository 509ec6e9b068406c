//go:build unix

package acceptance

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A word for the counting mode that there is none such ends every command that
// would judge by it, with status 2 and a sentence that names it and the two that
// there are; nothing is counted by the default without a word. One of another
// case is such a word.
func TestR12AnUnknownModeWordEndsWithStatus2(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "data")
	must(t, ingestXES(t, dir, licensing, logOf(traceOf("GH-1", happened("收件", "2026-03-02T09:00:00+08:00"))), "2026-03-03")...)
	set := func(json string) {
		if err := os.WriteFile(filepath.Join(dir, "console.json"), []byte(json), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, word := range []string{"Strict", "CIVIL", "严格"} {
		set(fmt.Sprintf(`{"mode":%q}`, word))
		for _, args := range [][]string{{"cases", "--format", "csv"}, {"verify"}, {"serve", "--listen", "127.0.0.1:0"}} {
			c := fails(t, 2, "mode", append(args, "--data", dir)...)
			c.says(t, fmt.Sprintf("%q", word), `"civil"`, `"strict"`)
			if !strings.Contains(c.ZH, word) || !strings.Contains(c.ZH, "只能是") {
				t.Errorf("%v: %q", args, c.ZH)
			}
		}
	}
	set(`{"mode":"strict"}`)
	must(t, "verify", "--data", dir)
}

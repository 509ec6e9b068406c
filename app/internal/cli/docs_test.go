package cli

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
)

// documents are what people read commands in, from the repository's root.
func documents(t *testing.T) []string {
	t.Helper()
	var all []string
	for _, pattern := range []string{"*.md", "build/docs/*.md", "plugins/*/*.md", "plugins/*/configs/*.yaml", "sdk/*.md", "sdk/*/*.md"} {
		found, err := filepath.Glob(filepath.Join("../../..", pattern))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, found...)
	}
	return all
}

var (
	inline  = regexp.MustCompile("`((?:build/bin/)?mingcha [^`]+)`")
	alone   = regexp.MustCompile(`(?m)^(?:#\s*)?((?:build/bin/)?mingcha [a-z-].*)$`)
	comment = regexp.MustCompile(`\s+#.*$`)
	within  = regexp.MustCompile(`(\S)\[([^\]]*)\]`) // HOST[:PORT]
	marks   = strings.NewReplacer("[", " ", "]", " ", "…", "")
)

// N4: every command that a document shows is one that the program knows, with the
// options that it has.
func TestN4EveryCommandThatIsShownIsKnown(t *testing.T) {
	shown := 0
	for _, name := range documents(t) {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		found := append(inline.FindAllStringSubmatch(string(b), -1), alone.FindAllStringSubmatch(string(b), -1)...)
		for _, m := range found {
			line := strings.Join(strings.Fields(comment.ReplaceAllString(m[1], "")), " ")
			args := strings.Fields(marks.Replace(within.ReplaceAllString(line, "$1$2")))[1:]
			if strings.HasSuffix(m[1], "…") {
				continue // the text goes on to say with what
			}
			shown++
			var c commands
			k, err := kong.New(&c, kong.Name("mingcha"), kong.Vars{"version": "1"}, kong.Exit(func(int) {}))
			if err != nil {
				t.Fatal(err)
			}
			// Whether something is missing depends on what the words around it say; that
			// nothing is unknown does not.
			if _, err := k.Parse(args); err != nil && strings.Contains(err.Error(), "unknown") || err != nil && strings.Contains(err.Error(), "unexpected argument") {
				t.Errorf("%s: %s: %v", name, line, err)
			}
		}
	}
	if shown < 30 {
		t.Errorf("%d commands were found", shown)
	}
}

package runtime

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// R8: where the law leaves a choice the office decides, in its settings file; a
// decision that is none is named.
func TestR8TheOfficeDecides(t *testing.T) {
	read := func(text string) (Config, error) {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, configFile), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return LoadConfig(dir)
	}
	c, err := read(`{}`)
	if s := c.Settings(); err != nil || len(s.SupplementPauses) != 0 || s.PauseNearEnd != 10 || s.PausesMost != 3 || s.PausedShare != 80 || s.BackEntry != 8*time.Hour {
		t.Errorf("%+v, %v", s, err)
	}
	c, err = read(`{"rules":{"supplement_pauses":["GH/GH-001"],"back_entry_hours":16,"pause_near_end_percent":20,"pauses_most":0,"paused_share_percent":50}}`)
	if s := c.Settings(); err != nil || !slices.Equal(s.SupplementPauses, []string{"GH/GH-001"}) || s.PauseNearEnd != 20 || s.PausesMost != 0 || s.PausedShare != 50 || s.BackEntry != 16*time.Hour {
		t.Errorf("%+v, %v", s, err)
	}
	for text, named := range map[string]string{
		`{"rules":{"pause_near_end_percent":101}}`:    "rules.pause_near_end_percent",
		`{"rules":{"back_entry_hours":-1}}`:           "rules.back_entry_hours",
		`{"rules":{"supplement_pauses":["GH-001"]}}`:  "GH-001",
		`{"rules":{"supplement_pauses":["/GH-001"]}}`: "GH-001",
	} {
		if _, err := read(text); err == nil || !strings.Contains(err.Error(), named) {
			t.Errorf("%s: %v", text, err)
		}
	}
}

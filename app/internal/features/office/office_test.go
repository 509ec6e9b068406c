package office

import (
	"path/filepath"
	"testing"

	"github.com/mingcha-console/mingcha/app/internal/feature"
)

// Minor 19: the console's own machine is told the whole path of the data folder, who
// comes over the network its name alone.
func TestMinor19TheDataFolderIsNamedWhole(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(filepath.Dir(dir))
	c := &Console{office: &feature.Office{Dir: filepath.Base(dir)}}
	if got := c.folder(false); got != dir {
		t.Errorf("on the machine: %s, want %s", got, dir)
	}
	if got := c.folder(true); got != filepath.Base(dir) {
		t.Errorf("over the network: %s, want %s", got, filepath.Base(dir))
	}
}

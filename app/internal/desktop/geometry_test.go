package desktop

import (
	"os"
	"path/filepath"
	"testing"
)

func TestWindowComesBackAsItWas(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "not made yet")
	if got := loadGeometry(dir); got != (geometry{Width: 1366, Height: 768, Zoom: 100}) {
		t.Errorf("first start: %+v", got)
	}
	if err := (geometry{Width: 1500, Height: 900, Zoom: 100}).save(dir); err != nil {
		t.Fatal(err)
	}
	if got := loadGeometry(dir); got != (geometry{Width: 1500, Height: 900, Zoom: 100}) {
		t.Errorf("second start: %+v", got)
	}
	// Maximised on a 2560×1440 screen: the size to return to is the earlier one.
	if err := (geometry{Width: 2560, Height: 1440, Maximised: true, Zoom: 100}).save(dir); err != nil {
		t.Fatal(err)
	}
	if got := loadGeometry(dir); got != (geometry{Width: 1500, Height: 900, Maximised: true, Zoom: 100}) {
		t.Errorf("third start: %+v", got)
	}
}

func TestDamagedWindowFileIsPassedOver(t *testing.T) {
	for _, content := range []string{"", "{", `{"width":3,"height":4}`, `{"width":99999,"height":800}`, `{"width":"wide"}`, `[]`} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, geometryFile), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if got := loadGeometry(dir); got.Width != defaultWidth || got.Height != defaultHeight || got.Maximised {
			t.Errorf("%q: %+v", content, got)
		}
	}
}

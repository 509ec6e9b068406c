package desktop

import (
	"encoding/json"
	"os"
	"path/filepath"
)

// Sizes in device-independent pixels. The smallest one fits the office's oldest
// screens (1024×768) with a task bar.
const (
	minWidth, minHeight         = 1024, 680
	defaultWidth, defaultHeight = 1366, 768
	maxSide                     = 16384 // a larger figure in the file is a mistake
)

const geometryFile = "window.json"

// geometry is the window as it was when last closed.
type geometry struct {
	Width     int  `json:"width"`
	Height    int  `json:"height"`
	Maximised bool `json:"maximised,omitempty"`
	Zoom      int  `json:"zoom,omitempty"` // percent
}

// loadGeometry never fails: without a readable file the window has its usual
// size.
func loadGeometry(dir string) geometry {
	g := geometry{}
	if b, err := os.ReadFile(filepath.Join(dir, geometryFile)); err != nil || json.Unmarshal(b, &g) != nil {
		g = geometry{}
	}
	if g.Width < minWidth || g.Width > maxSide || g.Height < minHeight || g.Height > maxSide {
		g.Width, g.Height = defaultWidth, defaultHeight
	}
	if g.Zoom < zoomSteps[0] || g.Zoom > zoomSteps[len(zoomSteps)-1] {
		g.Zoom = zoomSteps[0]
	}
	return g
}

// save keeps the size for the next start. A maximised window keeps the size it
// returns to, not the screen's.
func (g geometry) save(dir string) error {
	if g.Maximised {
		before := loadGeometry(dir)
		g.Width, g.Height = before.Width, before.Height
	}
	b, err := json.Marshal(g)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	tmp := filepath.Join(dir, geometryFile+".new")
	if err := os.WriteFile(tmp, append(b, '\n'), 0o600); err != nil {
		return err
	}
	return os.Rename(tmp, filepath.Join(dir, geometryFile))
}

//go:build !linux && (production || dev || bindings)

package desktop

import (
	"context"
	"fmt"

	"github.com/wailsapp/wails/v2/pkg/runtime"
)

// showZoom shows the window's page in a size in percent. Wails does not hand out
// the web view, so it is the page that is enlarged; its frame fills the window's
// height all the same.
func showZoom(ctx context.Context, percent int) {
	runtime.WindowExecJS(ctx, fmt.Sprintf(`{const s=document.documentElement.style;s.zoom="%d%%";s.setProperty("--window-zoom","%g")}`, percent, float64(percent)/100))
}

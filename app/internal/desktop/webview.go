//go:build production || dev || bindings

package desktop

import (
	"os"
	"path/filepath"
)

// bundledWebView is the WebView2 runtime that an installer for PCs without
// internet puts beside the program; "" means the system's own.
func bundledWebView() string {
	exe, err := os.Executable()
	if err != nil {
		return ""
	}
	dir := filepath.Join(filepath.Dir(exe), "webview2")
	if _, err := os.Stat(filepath.Join(dir, "msedgewebview2.exe")); err != nil {
		return ""
	}
	return dir
}

//go:build production || dev || bindings

package desktop

import (
	"context"
	"os"
	"path/filepath"
	"sync/atomic"

	"github.com/wailsapp/wails/v2/pkg/runtime"

	"github.com/mingcha-console/mingcha/app/internal/fault"
)

// shown is the window once it is on the screen. Wails hands out the context
// that its functions want only then.
type shown struct {
	ctx atomic.Pointer[context.Context]
}

// do calls f if the window is up.
func (s *shown) do(f func(context.Context)) {
	if ctx := s.ctx.Load(); ctx != nil {
		f(*ctx)
	}
}

// chooseFile asks where to save; "" means that the person cancelled.
func (s *shown) chooseFile(name string) (file string, err error) {
	o := runtime.SaveDialogOptions{Title: "保存导出 Save export", DefaultFilename: name, CanCreateDirectories: true}
	if home, err := os.UserHomeDir(); err == nil {
		o.DefaultDirectory = home
	}
	if ext := filepath.Ext(name); ext != "" {
		o.Filters = []runtime.FileFilter{{DisplayName: ext[1:] + " (*" + ext + ")", Pattern: "*" + ext}}
	}
	s.do(func(ctx context.Context) { file, err = runtime.SaveFileDialog(ctx, o) })
	if err != nil {
		return "", fault.New(fault.Unavailable, "save_dialog", "保存对话框没有打开。请重试，或用命令行导出。",
			"The save dialog did not open. Try again, or export from the command line.", err)
	}
	return file, nil
}

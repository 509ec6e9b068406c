package desktop

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"

	"github.com/mingcha-console/mingcha/app/internal/fault"
)

// Bridge is what pages call as window.go.desktop.Bridge. Every method opens a
// native dialog or the file manager and takes no path of the file system from
// the page, so a page can neither choose where something is written nor read a
// file. A call that fails is rejected with an Error whose message is the JSON
// {"code", "zh", "en"}.
type Bridge struct {
	gate   *gate
	choose func(suggestedName string) (file string, err error) // "" when cancelled
	show   func(folder string) error

	mu   sync.Mutex
	stop context.CancelFunc // of the export that runs; nil
}

// SaveExport runs GET apiPath, an address below /api/ with its query, and
// writes the answer to the file that the person chooses. It returns that file,
// or "" when the person cancels the dialog or stops the export. An existing
// file stays as it was unless the whole export succeeded. One export runs at a
// time.
func (b *Bridge) SaveExport(apiPath, suggestedName string) (string, error) {
	target, err := exportAddress(apiPath)
	if err != nil {
		return "", err
	}
	session, err := b.gate.current()
	if err != nil {
		return "", err
	}
	file, err := b.choose(safeName(suggestedName))
	if err != nil || file == "" {
		return "", err
	}
	r, err := http.NewRequestWithContext(b.gate.ctx, http.MethodGet, target, nil)
	if err != nil {
		return "", err
	}
	// As the window's own requests arrive: from the page's origin.
	r.Host, r.RequestURI, r.RemoteAddr = "wails", target, "127.0.0.1:0"
	ctx, err := b.begin()
	if err != nil {
		return "", err
	}
	defer b.StopExport()
	if err := download(r.WithContext(ctx), session.Handler, file); err != nil {
		if ctx.Err() != nil && b.gate.ctx.Err() == nil {
			return "", nil // the person stopped it
		}
		return "", err
	}
	return file, nil
}

// begin notes that an export runs, until StopExport.
func (b *Bridge) begin() (context.Context, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.stop != nil {
		return nil, fault.New(fault.Conflict, "export_running", "另一个导出正在进行。请等它完成或先停止它。",
			"Another export is running. Wait for it, or stop it first.", nil)
	}
	ctx, cancel := context.WithCancel(b.gate.ctx)
	b.stop = cancel
	return ctx, nil
}

// StopExport stops the export that runs, if one does.
func (b *Bridge) StopExport() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.stop != nil {
		b.stop()
		b.stop = nil
	}
}

// mostEvidence bounds what a page may have saved, in bytes; evidence has about 5 kB.
const mostEvidence = 1 << 20

// SaveEvidence writes what the page has put together, of a journal that is not
// what was seen before, to the file that the person chooses. It returns that
// file, or "" when the person cancels the dialog.
func (b *Bridge) SaveEvidence(text, suggestedName string) (string, error) {
	if len(text) > mostEvidence {
		return "", fault.New(fault.Invalid, "evidence_size", "证据文件过大，没有保存。请刷新页面后重试。",
			"The evidence is too large and was not saved. Reload the page and try again.", nil)
	}
	file, err := b.choose(safeName(suggestedName))
	if err != nil || file == "" {
		return "", err
	}
	partial := file + ".partial"
	defer os.Remove(partial)
	if err := errors.Join(os.WriteFile(partial, []byte(text), 0o644), os.Rename(partial, file)); err != nil {
		return "", writeFault(file, err)
	}
	return file, nil
}

// OpenDataFolder shows the data folder in the system's file manager.
func (b *Bridge) OpenDataFolder() error {
	session, err := b.gate.current()
	if err != nil {
		return err
	}
	if session.Folder == "" {
		return fault.New(fault.Conflict, "folder_elsewhere", "这个窗口连接的是另一台机器上的明察，数据文件夹在那台机器上。",
			"This window shows a console on another machine; the data folder is there.", nil)
	}
	if err := b.show(session.Folder); err != nil {
		return fault.New(fault.Unavailable, "file_manager",
			fmt.Sprintf("系统的文件管理器没有打开。数据文件夹在 %s。", session.Folder),
			fmt.Sprintf("The file manager did not open. The data folder is %s.", session.Folder), err)
	}
	return nil
}

// exportAddress accepts an address of our own API and nothing else.
func exportAddress(s string) (string, error) {
	u, err := url.Parse(s)
	if err == nil && (u.IsAbs() || u.Host != "" || u.User != nil || u.Path != path.Clean(u.Path) || !strings.HasPrefix(u.Path, "/api/")) {
		err = errors.New("not an address below /api/")
	}
	if err != nil {
		return "", fault.New(fault.Invalid, "export_address", "导出地址不对。请重新打开页面再试。",
			"The export's address is wrong. Reload the page and try again.", err)
	}
	u.Fragment = ""
	return u.String(), nil
}

// safeName keeps a suggested file name to one path element that every file
// system takes.
func safeName(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`<>:"/\|?*`, r) {
			return '-'
		}
		return r
	}, filepath.Base(filepath.ToSlash(s)))
	if s = strings.Trim(s, " ."); s == "" || s == "-" {
		return "mingcha-export"
	}
	return s
}

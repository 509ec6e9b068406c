//go:build production || dev || bindings

package desktop

import (
	"context"
	"os"
	"path/filepath"
	"time"

	"github.com/wailsapp/wails/v2/pkg/menu"
	"github.com/wailsapp/wails/v2/pkg/menu/keys"
	"github.com/wailsapp/wails/v2/pkg/runtime"

	"github.com/mingcha-console/mingcha/app/internal/fault"
)

// menuBar is the window's menu. It names things in both languages, since the
// page's language may change while the window is open. Cut, copy and paste need
// no entry: both web views know the usual keys.
func menuBar(window *shown, g *gate, b *Bridge, o *Options) *menu.Menu {
	act := func(f func(context.Context)) func(*menu.CallbackData) {
		return func(*menu.CallbackData) { window.do(f) }
	}
	m := menu.NewMenu()
	file := m.AddSubmenu("文件 File")
	file.AddText("打开数据文件夹 Open data folder", nil, act(func(ctx context.Context) {
		if err := b.OpenDataFolder(); err != nil {
			tell(ctx, err)
		}
	}))
	file.AddText("连接到另一台明察… Open another…", nil, act(func(ctx context.Context) {
		if agreed(ctx) {
			g.leave()
			runtime.WindowReloadApp(ctx)
		}
	}))
	file.AddText("备份… Back up…", nil, act(func(ctx context.Context) { go backUp(ctx, g) }))
	file.AddText("打印… Print…", keys.CmdOrCtrl("p"), act(runtime.WindowPrint))
	file.AddSeparator()
	file.AddText("退出 Quit", keys.CmdOrCtrl("q"), act(runtime.Quit))
	view := m.AddSubmenu("视图 View")
	view.AddText("重新载入 Reload", keys.Key("f5"), act(runtime.WindowReloadApp))
	view.AddText("全屏 Full screen", keys.Key("f11"), act(func(ctx context.Context) {
		if runtime.WindowIsFullscreen(ctx) {
			runtime.WindowUnfullscreen(ctx)
		} else {
			runtime.WindowFullscreen(ctx)
		}
	}))
	view.AddSeparator()
	for _, z := range []struct{ words, ask string }{{"放大 Zoom in (Ctrl +)", "in"}, {"缩小 Zoom out (Ctrl -)", "out"}, {"原始大小 Actual size (Ctrl 0)", "reset"}} {
		view.AddText(z.words, nil, func(*menu.CallbackData) { g.zoom(z.ask) })
	}
	help := m.AddSubmenu("帮助 Help")
	help.AddText("使用说明 Guide", keys.Key("f1"), act(func(ctx context.Context) { runtime.WindowExecJS(ctx, "location.assign('"+own+"help')") }))
	if o.LogFile != "" {
		help.AddText("打开日志文件夹 Open log folder", nil, act(func(ctx context.Context) {
			if err := showFolder(filepath.Dir(o.LogFile)); err != nil {
				tell(ctx, fault.New(fault.Unavailable, "file_manager", "系统的文件管理器没有打开。日志在 "+o.LogFile+"。", "The file manager did not open. The log is "+o.LogFile+".", err))
			}
		}))
	}
	help.AddText("关于 About", nil, act(func(ctx context.Context) { inform(ctx, about(g, o)) }))
	return m
}

// about says what this is and where it keeps things.
func about(g *gate, o *Options) string {
	said := "明察 Mingcha " + o.Version
	if s, err := g.current(); err == nil && s.Folder != "" {
		said += "\n数据文件夹 Data folder: " + absolute(s.Folder)
	}
	if o.LogFile != "" {
		said += "\n日志 Log: " + absolute(o.LogFile)
	}
	return said + "\nApache License 2.0"
}

// backUp asks where to, and copies the data folder there while it is in use.
func backUp(ctx context.Context, g *gate) {
	s, err := g.current()
	if err == nil && s.Backup == nil {
		err = fault.New(fault.Conflict, "folder_elsewhere", "这个窗口连接的是另一台机器上的明察，请在那台机器上备份。",
			"This window shows a console on another machine; back it up there.", nil)
	}
	if err != nil {
		tell(ctx, err)
		return
	}
	home, _ := os.UserHomeDir() // without one the dialog starts where it likes
	file, err := runtime.SaveFileDialog(ctx, runtime.SaveDialogOptions{Title: "备份 Back up", DefaultDirectory: home, CanCreateDirectories: true,
		DefaultFilename: "mingcha-" + time.Now().Format("20060102-1504") + ".zip", Filters: []runtime.FileFilter{{DisplayName: "zip (*.zip)", Pattern: "*.zip"}}})
	if err != nil {
		tell(ctx, err)
		return
	}
	if file == "" {
		return
	}
	if err := s.Backup(g.ctx, file); err != nil {
		tell(ctx, err)
		return
	}
	inform(ctx, "备份完成，其中有签名私钥，请妥善保管。\nBacked up; the signing key is in it, so keep it safe.\n"+file)
}

func inform(ctx context.Context, text string) {
	if _, err := runtime.MessageDialog(ctx, runtime.MessageDialogOptions{Type: runtime.InfoDialog, Title: "明察 Mingcha", Message: text}); err != nil {
		runtime.LogError(ctx, err.Error())
	}
}

// agreed asks before what is open is closed for another.
func agreed(ctx context.Context) bool {
	answer, err := runtime.MessageDialog(ctx, runtime.MessageDialogOptions{Type: runtime.QuestionDialog, Title: "明察 Mingcha", DefaultButton: "No",
		Message: "关闭现在打开的明察，回到选择页面？对办公网的开放也会一起关闭。\nClose what is open now and choose again? An opening to the office network closes with it."})
	if err != nil {
		runtime.LogError(ctx, err.Error())
	}
	return answer == "Yes"
}

// tell shows an error of a menu entry, which has no page to appear on.
func tell(ctx context.Context, err error) {
	said := wordsOf(err)
	_, failed := runtime.MessageDialog(ctx, runtime.MessageDialogOptions{Type: runtime.WarningDialog, Title: "明察 Mingcha", Message: said.ZH + "\n" + said.EN})
	if failed != nil {
		runtime.LogError(ctx, failed.Error())
	}
}

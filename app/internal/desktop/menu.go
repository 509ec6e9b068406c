//go:build production || dev || bindings

package desktop

import (
	"context"

	"github.com/wailsapp/wails/v2/pkg/menu"
	"github.com/wailsapp/wails/v2/pkg/menu/keys"
	"github.com/wailsapp/wails/v2/pkg/runtime"
)

// menuBar is the window's menu. It names things in both languages, since the
// page's language may change while the window is open. Cut, copy and paste need
// no entry: both web views know the usual keys.
func menuBar(window *shown, g *gate, b *Bridge) *menu.Menu {
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
	file.AddText("打开其他明察… Open another…", nil, act(func(ctx context.Context) {
		if agreed(ctx) {
			g.leave()
			runtime.WindowReloadApp(ctx)
		}
	}))
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
	return m
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

//go:build production || dev || bindings

package desktop

import (
	"context"
	_ "embed"
	"errors"
	"os"
	"path/filepath"
	"sync/atomic"

	"github.com/wailsapp/wails/v2"
	"github.com/wailsapp/wails/v2/pkg/options"
	"github.com/wailsapp/wails/v2/pkg/options/assetserver"
	"github.com/wailsapp/wails/v2/pkg/options/linux"
	"github.com/wailsapp/wails/v2/pkg/options/windows"
	"github.com/wailsapp/wails/v2/pkg/runtime"

	"github.com/mingcha-console/mingcha/app/internal/fault"
)

//go:embed guard.js
var guard string

//go:embed icon.png
var icon []byte

// Run shows the window and returns when it is closed, the session with it. It
// must be called from the main goroutine. The window also closes when ctx ends.
func Run(ctx context.Context, o Options) error {
	g := newGate(o)
	var window shown
	b := &Bridge{gate: g, choose: window.chooseFile, show: showFolder}
	size := loadGeometry(o.StateDir)
	app := &options.App{
		Title: o.Title, Width: size.Width, Height: size.Height, MinWidth: minWidth, MinHeight: minHeight,
		BackgroundColour:         options.NewRGB(0xf3, 0xf5, 0xf9), // the pages' own, so nothing flashes before the first paint
		AssetServer:              &assetserver.Options{Handler: g},
		Menu:                     menuBar(&window, g, b, &o),
		EnableDefaultContextMenu: true, // Wails' script shows it on text only
		DragAndDrop:              &options.DragAndDrop{DisableWebViewDrop: true},
		Bind:                     []any{b},
		ErrorFormatter:           formatError,
		Linux:                    &linux.Options{Icon: icon, ProgramName: "mingcha", WebviewGpuPolicy: linux.WebviewGpuPolicyNever},
		Windows:                  windowsOptions(o.StateDir),
	}
	if size.Maximised {
		app.WindowStartState = options.Maximised
	}
	end := newEnding(g.close, func(status int) {
		endPages()
		os.Exit(status)
	}, g.logger)
	// Stopped below: Wails has no window to quit once Run has returned.
	stop := context.AfterFunc(ctx, func() {
		end.begin()
		window.do(runtime.Quit)
	})
	app.OnStartup = func(wc context.Context) {
		window.ctx.Store(&wc)
		switch {
		case ctx.Err() != nil:
			runtime.Quit(wc)
		case !o.Ask:
			g.start(o.Start)
		}
	}
	zoom := &zoomKept{dir: o.StateDir, percent: size.Zoom, log: g.logger}
	g.zoom = func(ask string) { window.do(func(wc context.Context) { zoom.ask(wc, ask) }) }
	app.OnDomReady = func(wc context.Context) {
		runtime.WindowExecJS(wc, guard)
		zoom.show(wc)
	}
	var closing atomic.Bool
	app.OnBeforeClose = func(wc context.Context) bool {
		// Wails and we hear of a signal both, and a person may press twice. The second
		// time nothing may be asked of a window that is being taken apart.
		if !closing.CompareAndSwap(false, true) {
			return true
		}
		end.begin() // first: what follows asks the toolkit, which may not answer
		w, h := runtime.WindowGetSize(wc)
		now := geometry{Width: w, Height: h, Maximised: runtime.WindowIsMaximised(wc), Zoom: zoom.now()}
		if err := now.save(o.StateDir); err != nil {
			g.logger.Warn("the window's size was not kept", "error", err)
		}
		return false
	}
	err, session := end.run(func() error { return wails.Run(app) })
	stop()
	endPages()
	if err != nil {
		g.logger.Info("the window did not open", "error", err) // the sentence is all that a person needs
		err = fault.New(fault.Unavailable, "window",
			"窗口没有打开。请确认有图形界面；没有时可运行 mingcha serve，用浏览器打开它给出的地址。",
			"The window did not open. Make sure that there is a display; without one, run `mingcha serve` and open the address it prints in a browser.", nil)
	}
	return errors.Join(err, session)
}

func windowsOptions(dir string) *windows.Options {
	return &windows.Options{
		Theme:               windows.SystemDefault,
		WebviewUserDataPath: filepath.Join(dir, "webview"),
		WebviewBrowserPath:  bundledWebView(),
		DisablePinchZoom:    true,
		Messages: &windows.Messages{
			InstallationRequired: "需要安装 WebView2 运行时。按“确定”下载安装，请耐心等待。\nThe WebView2 runtime is needed. Press OK to download and install it; this takes a while.",
			UpdateRequired:       "WebView2 运行时版本太旧。按“确定”更新，请耐心等待。\nThe WebView2 runtime is too old. Press OK to update it; this takes a while.",
			MissingRequirements:  "缺少运行组件 Missing component",
			Webview2NotInstalled: "未安装 WebView2 运行时 The WebView2 runtime is not installed",
			Error:                "错误 Error",
			FailedToInstall:      "WebView2 运行时没有装好，请重试。\nThe WebView2 runtime was not installed. Try again.",
			DownloadPage:         "需要 WebView2 运行时。按“确定”打开下载页面。最低版本：\nThe WebView2 runtime is needed. Press OK for the download page. Lowest version: ",
			PressOKToInstall:     "按“确定”安装。Press OK to install.",
			ContactAdmin:         "需要 WebView2 运行时，请联系本单位的信息管理员。\nThe WebView2 runtime is needed. Ask your administrator.",
			InvalidFixedWebview2: "程序旁边的 webview2 文件夹不完整或版本太旧，请重新安装。\nThe webview2 folder beside the program is incomplete or too old. Install again.",
			WebView2ProcessCrash: "页面进程意外退出，请重新打开明察。数据没有丢失。\nThe page's process ended unexpectedly. Open Mingcha again; no data was lost.",
		},
	}
}

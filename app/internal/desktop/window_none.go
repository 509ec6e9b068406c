//go:build !production && !dev && !bindings

package desktop

import (
	"context"

	"github.com/mingcha-console/mingcha/app/internal/fault"
)

// Run says that this program was built without a window. Every other verb works.
func Run(context.Context, Options) error {
	return fault.New(fault.Unavailable, "no_window",
		"这个程序编译时没有带窗口。请用 make build 重新编译，或运行 mingcha serve，再用浏览器打开它给出的地址。",
		"This program was built without a window. Build it with `make build`, or run `mingcha serve` and open the address it prints in a browser.", nil)
}

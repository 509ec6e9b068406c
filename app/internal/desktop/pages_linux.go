package desktop

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// endPages ends WebKit's processes. They end by themselves when they find that
// the window has gone, which one that hangs never does.
func endPages() {
	lists, err := filepath.Glob("/proc/self/task/*/children")
	if err != nil {
		return
	}
	for _, list := range lists {
		b, _ := os.ReadFile(list) // of a thread that has ended: none
		for _, field := range strings.Fields(string(b)) {
			name, _ := os.ReadFile(filepath.Join("/proc", field, "comm"))
			if pid, err := strconv.Atoi(field); err == nil && strings.HasPrefix(string(name), "WebKit") {
				_ = syscall.Kill(pid, syscall.SIGKILL)
			}
		}
	}
}

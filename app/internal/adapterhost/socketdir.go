package adapterhost

import (
	"fmt"
	"os"
	"strings"
)

// The socket between console and adapter is a file: go-plugin makes a folder
// plugin-dir… with a file plugin… in it, each with up to ten digits. A socket's
// path has at most 104 bytes on some systems, its end included.
const (
	longestSocket = 103
	socketBelow   = ownSocketFolder + len("/plugin-dir4294967295/plugin4294967295")
)

// socketBase is where the sockets' folder is made: the folder for temporary files,
// or a shorter one where that is too long for them.
func socketBase() (string, error) {
	return firstShort(os.TempDir(), os.Getenv("XDG_RUNTIME_DIR"), "/tmp", "/var/tmp", "/dev/shm")
}

// firstShort is the first folder that is short enough and can be written to.
func firstShort(folders ...string) (string, error) {
	for _, dir := range folders {
		if dir == "" || len(dir)+socketBelow > longestSocket {
			continue
		}
		if try, err := os.MkdirTemp(dir, "mingcha-"); err == nil {
			return dir, os.Remove(try)
		}
	}
	return "", &Problem{
		ZH:    fmt.Sprintf("临时文件夹的路径太长或不可写，无法与数据接口建立连接。请把环境变量 TMPDIR 设为至多 %d 字节的文件夹，例如 /tmp，再重新启动。", longestSocket-socketBelow),
		EN:    fmt.Sprintf("The folder for temporary files has too long a path, or cannot be written to, so adapters cannot be reached. Set the environment variable TMPDIR to a folder of at most %d bytes, such as /tmp, and start again.", longestSocket-socketBelow),
		state: Failed, cause: fmt.Errorf("no folder for sockets among %s", strings.Join(folders, ", ")),
	}
}

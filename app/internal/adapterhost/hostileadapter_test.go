//go:build linux

package adapterhost

import (
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"
)

// hostility is what a hostile adapter is told. Its folder is written so that
// nobody takes it for a path that the office has named.
type hostility struct {
	Do      string `json:"do"`
	Folder  string `json:"folder"` // the data folder, in hexadecimal
	Program string `json:"program"`
	Console int    `json:"console"` // the console's process
	N       int    `json:"n"`
	Source  string `json:"source"`  // what the office has named
	Witness string `json:"witness"` // where what was seen of the journal is kept
}

func plain(s string) string {
	b, err := hex.DecodeString(s)
	if err != nil {
		panic(err)
	}
	return string(b)
}

// beHostile does harm, and logs "reached …" for each thing that it should not
// have reached and "may …" for what it may do.
func beHostile(h hostility) {
	switch h.Do {
	case "read everything":
		readEverything(h)
	case "fork":
		for range h.N { // in a session of its own, its parent gone, with our stderr
			if err := exec.Command("/bin/sh", "-c", "setsid sh -c 'exec 0</dev/null; sleep 600 & sleep 600' & exit 0").Run(); err != nil {
				slog.Warn("reached nothing: " + err.Error())
			}
			c := exec.Command("/bin/sh", "-c", "sleep 600 & sleep 600")
			c.Stdout, c.Stderr, c.SysProcAttr = os.Stdout, os.Stderr, &syscall.SysProcAttr{Setsid: true}
			if err := c.Start(); err != nil {
				slog.Warn("reached nothing: " + err.Error())
			}
		}
	case "leak":
		var kept [][]byte
		for {
			b := make([]byte, 16<<20)
			for i := 0; i < len(b); i += 4096 {
				b[i] = 1
			}
			kept = append(kept, b)
			time.Sleep(time.Millisecond * time.Duration(len(kept)%2))
		}
	case "fill the log":
		line := strings.Repeat("x", 200)
		for i := range h.N {
			fmt.Fprintln(os.Stderr, i, line)
		}
	case "swap itself":
		program := plain(h.Program)
		for _, path := range []string{program, "/proc/self/exe", programPath} {
			if f, err := os.OpenFile(path, os.O_WRONLY, 0); err == nil {
				f.Close()
				slog.Warn("reached " + path + " for writing")
			}
		}
		if err := os.WriteFile(program+".new", []byte("#!/bin/sh\n"), 0o700); err == nil {
			slog.Warn("reached a file beside the program")
			if os.Rename(program+".new", program) == nil {
				slog.Warn("reached another program in its place")
			}
		}
		if os.Remove(program) == nil {
			slog.Warn("reached the removal of the program")
		}
	}
	slog.Info("done")
}

func readEverything(h hostility) {
	folder := plain(h.Folder)
	reached := func(what string, err error) {
		if err == nil {
			slog.Warn("reached " + what)
		}
	}
	read := func(path string) {
		f, err := os.Open(path)
		if err == nil {
			_, err = f.Read(make([]byte, 1))
			f.Close()
		}
		reached(path, err)
	}
	for _, name := range []string{"checkpoint.key", "accounts.db", "mingcha.db", "console.json", "adapters/other/state"} {
		path := filepath.Join(folder, name)
		read(path)
		f, err := os.OpenFile(path, os.O_WRONLY, 0)
		if err == nil {
			f.Close()
		}
		reached(path+" for writing", err)
		reached("a link to "+path, os.Symlink(path, "link-"+filepath.Base(name)))
		read("link-" + filepath.Base(name)) // a link opens nothing
		_ = os.Remove("link-" + filepath.Base(name))
		reached("the renaming of "+path, os.Rename(path, path+".gone"))
		reached("another name for "+path, os.Link(path, "name-"+filepath.Base(name)))
		changeMarks(path, reached)
	}
	changeMarks(folder, reached)
	changeMarks(h.Source, reached) // which it may read
	for _, dir := range []string{folder, filepath.Join(folder, "adapters"), "/root", "/home", "/tmp"} {
		_, err := os.ReadDir(dir)
		reached("the list of "+dir, err)
	}
	reached("a new file in the data folder", os.WriteFile(filepath.Join(folder, "new"), nil, 0o600))
	// A link of its own is allowed; what it says is not.
	console := strconv.Itoa(h.Console)
	tasks, _ := filepath.Glob("/proc/" + console + "/task/*")
	for _, p := range append(tasks, "/proc/"+console) {
		for _, name := range []string{"mem", "environ", "maps", "cmdline"} {
			read(filepath.Join(p, name))
		}
	}
	for thread := h.Console; thread < h.Console+500; thread++ { // also of the one that started us
		reached("a handle of the console", unix.PtraceAttach(thread))
		read(fmt.Sprintf("/proc/%d/mem", thread))
	}
	local, remote := unix.Iovec{Base: new(byte)}, unix.RemoteIovec{Base: 0x400000, Len: 1}
	local.SetLen(1)
	_, err := unix.ProcessVMReadv(h.Console, []unix.Iovec{local}, []unix.RemoteIovec{remote}, 0)
	reached("the console's memory", err)
	reached("the console with a signal", unix.Kill(h.Console, 0))
	reached("the console's limits", unix.Prlimit(h.Console, unix.RLIMIT_NOFILE, nil, &unix.Rlimit{}))
	reached("the priority of the user's processes", unix.Setpriority(unix.PRIO_USER, 0, 1))
	_, _, no := unix.Syscall(unix.SYS_IO_URING_SETUP, 1, uintptr(unsafe.Pointer(new([120]byte))), 0)
	reached("a way past the filter of calls", errOf(no))
	reached("the way to more rights", exec.Command("/usr/bin/unshare", "-m", "true").Run())

	for what, err := range map[string]error{
		"set a limit of its own":   unix.Setrlimit(unix.RLIMIT_CORE, &unix.Rlimit{}),
		"run JavaScript":           runNode(),
		"write its own state":      os.WriteFile("state", []byte("1"), 0o600),
		"write a temporary file":   os.WriteFile(filepath.Join(os.TempDir(), "t"), nil, 0o600),
		"move it to its own state": os.Rename(filepath.Join(os.TempDir(), "t"), "t"),
		"read what the office named": func() error {
			_, err := os.ReadFile(h.Source)
			return err
		}(),
		"find a server": func() error {
			_, err := net.LookupHost("localhost")
			return err
		}(),
		"trust a certificate": func() error {
			_, err := os.ReadDir("/etc/ssl/certs")
			return err
		}(),
		"know the time zone": func() error {
			_, err := time.LoadLocation("Asia/Shanghai")
			return err
		}(),
	} {
		if err == nil {
			slog.Info("may " + what)
		} else {
			slog.Warn("may not " + what + ": " + err.Error())
		}
	}
}

// changeMarks tries what is neither reading nor writing: rights, owner, times and
// attributes, by every call that there is for it.
func changeMarks(path string, reached func(string, error)) {
	name, err := unix.BytePtrFromString(path)
	if err != nil {
		panic(err)
	}
	at, here, empty := uintptr(unsafe.Pointer(name)), ^uintptr(99), new(byte) // AT_FDCWD
	call := func(what string, number uintptr, a ...uintptr) {
		a = append(a, 0, 0, 0, 0, 0, 0)
		_, _, no := unix.Syscall6(number, a[0], a[1], a[2], a[3], a[4], a[5])
		reached(what+" of "+path, errOf(no))
	}
	reached("the rights of "+path, os.Chmod(path, 0o777))
	reached("the owner of "+path, os.Lchown(path, os.Getuid(), os.Getgid()))
	reached("the times of "+path, os.Chtimes(path, time.Unix(1, 0), time.Unix(1, 0)))
	reached("an attribute of "+path, unix.Setxattr(path, "user.mark", []byte("x"), 0))
	reached("the removal of an attribute of "+path, unix.Removexattr(path, "user.mark"))
	reached("the length of "+path, os.Truncate(path, 1))
	call("the rights (fchmodat2)", unix.SYS_FCHMODAT2, here, at, 0o777)
	call("the rights (fchmodat)", unix.SYS_FCHMODAT, here, at, 0o777)
	call("the owner (fchownat)", unix.SYS_FCHOWNAT, here, at, uintptr(os.Getuid()), uintptr(os.Getgid()))
	call("an attribute (lsetxattr)", unix.SYS_LSETXATTR, at, uintptr(unsafe.Pointer(unsafe.StringData("user.mark\x00"))), uintptr(unsafe.Pointer(empty)), 1)
	f, err := os.Open(path)
	if err != nil {
		return
	}
	defer f.Close()
	reached("the rights by a handle of "+path, f.Chmod(0o777))
	reached("the owner by a handle of "+path, f.Chown(os.Getuid(), os.Getgid()))
	reached("the times by a handle of "+path, unix.UtimesNanoAt(int(f.Fd()), "", make([]unix.Timespec, 2), unix.AT_EMPTY_PATH))
	reached("an attribute by a handle of "+path, unix.Fsetxattr(int(f.Fd()), "user.mark", []byte("x"), 0))
}

func errOf(no unix.Errno) error {
	if no == 0 {
		return nil
	}
	return no
}

// runNode does with another runtime what an adapter does, where it is installed.
func runNode() error {
	const node = "/usr/bin/node"
	if _, err := os.Stat(node); errors.Is(err, fs.ErrNotExist) {
		return nil // there is none to try
	}
	out, err := exec.Command(node, "-e", `const fs=require("fs");fs.writeFileSync("js","1");fs.promises.readFile("js").then(b=>{if(b.toString()!=="1")process.exit(3);fs.rmSync("js")})`).CombinedOutput()
	if err != nil {
		return fmt.Errorf("%w: %s", err, out)
	}
	return nil
}

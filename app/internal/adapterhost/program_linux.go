package adapterhost

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"

	"golang.org/x/sys/unix"
)

// openProgram copies a program to where nobody else can reach it and sums the
// copy up while it is made: what is run is what was summed up, whatever becomes
// of the file meanwhile. The copy has no name; it goes when the last process
// that runs it has gone.
func openProgram(path, dir string) (program *os.File, sum []byte, err error) {
	in, err := os.Open(path)
	if err != nil {
		return nil, nil, err
	}
	defer in.Close()
	// On the disk, or in memory where that file system has no files without a
	// name, runs no programs or is full.
	for _, unnamed := range []func() (*os.File, error){func() (*os.File, error) { return onDisk(dir) }, inMemory} {
		if _, err = in.Seek(0, io.SeekStart); err != nil {
			return nil, nil, err
		}
		if program, sum, err = copyOf(in, unnamed); err == nil {
			return program, sum, nil
		}
	}
	return nil, nil, err
}

func copyOf(in *os.File, unnamed func() (*os.File, error)) (program *os.File, sum []byte, err error) {
	out, err := unnamed()
	if err != nil {
		return nil, nil, err
	}
	defer out.Close()
	h := sha256.New()
	if _, err := io.Copy(io.MultiWriter(out, h), in); err != nil {
		return nil, nil, err
	}
	if program, err = readOnly(out); err != nil {
		return nil, nil, err
	}
	return program, h.Sum(nil), nil
}

func onDisk(dir string) (*os.File, error) {
	var fs unix.Statfs_t
	if err := unix.Statfs(dir, &fs); err != nil {
		return nil, os.NewSyscallError("statfs", err)
	}
	if fs.Flags&unix.ST_NOEXEC != 0 {
		return nil, unix.EACCES
	}
	fd, err := unix.Open(dir, unix.O_TMPFILE|unix.O_RDWR|unix.O_CLOEXEC, 0o500)
	if err != nil {
		return nil, os.NewSyscallError("open", err)
	}
	return os.NewFile(uintptr(fd), "program"), nil
}

func inMemory() (*os.File, error) {
	fd, err := unix.MemfdCreate("program", unix.MFD_CLOEXEC|unix.MFD_ALLOW_SEALING|unix.MFD_EXEC)
	if errors.Is(err, unix.EINVAL) { // a kernel before 6.3 knows no MFD_EXEC
		fd, err = unix.MemfdCreate("program", unix.MFD_CLOEXEC|unix.MFD_ALLOW_SEALING)
	}
	if err != nil {
		return nil, os.NewSyscallError("memfd_create", err)
	}
	return os.NewFile(uintptr(fd), "program"), nil
}

// readOnly opens a finished copy anew, for reading only; one in memory is sealed.
func readOnly(out *os.File) (*os.File, error) {
	const seals = unix.F_SEAL_SEAL | unix.F_SEAL_SHRINK | unix.F_SEAL_GROW | unix.F_SEAL_WRITE
	_, err := unix.FcntlInt(out.Fd(), unix.F_ADD_SEALS, seals)
	if err != nil && !errors.Is(err, unix.EINVAL) { // a file on a disk takes no seals
		return nil, os.NewSyscallError("fcntl", err)
	}
	return os.Open(fmt.Sprintf("/proc/self/fd/%d", out.Fd()))
}

// programPath is the name of the program for its own process, in which it is
// the first file handed down. Scripts are read through it, too.
const programPath = "/proc/self/fd/3"

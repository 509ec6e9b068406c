package adapterhost

import (
	"errors"
	"os"
	"syscall"
	"unsafe"

	"golang.org/x/sys/windows"
)

// family is an adapter's process in a job of its own, with all that it starts.
// Windows ends what is in the job when its last handle closes, which happens
// when the console dies, however it dies.
type family struct {
	pid int
	job windows.Handle
}

// startFamily starts the process stopped, so that it is in its job before it can
// start anything, without a console window beside the desktop's, and with no rights
// of an administrator. The job has no limits on the user's interface: one that has
// cannot stand within the job that the console itself may be in.
func startFamily(start func(*syscall.SysProcAttr) (pid int, err error)) (*family, error) {
	job, err := windows.CreateJobObject(nil, nil)
	if err != nil {
		return nil, os.NewSyscallError("CreateJobObject", err)
	}
	f := &family{job: job}
	if err := f.limit(windows.JOBOBJECT_EXTENDED_LIMIT_INFORMATION{}); err != nil {
		return nil, errors.Join(err, windows.CloseHandle(job))
	}
	token, err := lesser()
	if err != nil {
		return nil, errors.Join(err, windows.CloseHandle(job))
	}
	defer token.Close()
	if f.pid, err = start(&syscall.SysProcAttr{HideWindow: true, CreationFlags: windows.CREATE_NO_WINDOW | windows.CREATE_SUSPENDED, Token: token}); err != nil {
		return nil, errors.Join(err, windows.CloseHandle(job))
	}
	if err := errors.Join(f.assign(), resume(f.pid)); err != nil {
		f.end()
		if p, find := os.FindProcess(f.pid); find == nil {
			_ = p.Kill()
		}
		return nil, errors.Join(err, windows.CloseHandle(job))
	}
	return f, nil
}

func (f *family) limit(limits windows.JOBOBJECT_EXTENDED_LIMIT_INFORMATION) error {
	limits.BasicLimitInformation.LimitFlags |= windows.JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE
	_, err := windows.SetInformationJobObject(f.job, windows.JobObjectExtendedLimitInformation,
		uintptr(unsafe.Pointer(&limits)), uint32(unsafe.Sizeof(limits)))
	return os.NewSyscallError("SetInformationJobObject", err)
}

func (f *family) assign() error {
	p, err := windows.OpenProcess(windows.PROCESS_SET_QUOTA|windows.PROCESS_TERMINATE, false, uint32(f.pid))
	if err != nil {
		return os.NewSyscallError("OpenProcess", err)
	}
	defer windows.CloseHandle(p)
	return os.NewSyscallError("AssignProcessToJobObject", windows.AssignProcessToJobObject(f.job, p))
}

// resume lets a process run that was started stopped: its one thread.
func resume(pid int) error {
	all, err := windows.CreateToolhelp32Snapshot(windows.TH32CS_SNAPTHREAD, 0)
	if err != nil {
		return os.NewSyscallError("CreateToolhelp32Snapshot", err)
	}
	defer windows.CloseHandle(all)
	entry := windows.ThreadEntry32{}
	entry.Size = uint32(unsafe.Sizeof(entry))
	for err = windows.Thread32First(all, &entry); err == nil; err = windows.Thread32Next(all, &entry) {
		if entry.OwnerProcessID != uint32(pid) {
			continue
		}
		thread, err := windows.OpenThread(windows.THREAD_SUSPEND_RESUME, false, entry.ThreadID)
		if err != nil {
			return os.NewSyscallError("OpenThread", err)
		}
		defer windows.CloseHandle(thread)
		_, err = windows.ResumeThread(thread)
		return os.NewSyscallError("ResumeThread", err)
	}
	return os.NewSyscallError("Thread32Next", err)
}

func (f *family) asMyself() {}

// bound holds all of the job together to the limits.
func (f *family) bound(l Limits) {
	limits := windows.JOBOBJECT_EXTENDED_LIMIT_INFORMATION{JobMemoryLimit: uintptr(l.Memory)}
	limits.BasicLimitInformation.LimitFlags = windows.JOB_OBJECT_LIMIT_JOB_MEMORY | windows.JOB_OBJECT_LIMIT_ACTIVE_PROCESS
	limits.BasicLimitInformation.ActiveProcessLimit = uint32(l.Processes)
	_ = f.limit(limits)
}

// use is not looked at: the job refuses what is too much.
func (f *family) use() (processes int, memory int64) { return 1, 0 }

func (f *family) end() { _ = windows.TerminateJobObject(f.job, 1) }

func (f *family) gone() {
	f.end()
	_ = windows.CloseHandle(f.job)
}

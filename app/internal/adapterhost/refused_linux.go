package adapterhost

import (
	"fmt"
	"slices"
	"unsafe"

	"golang.org/x/net/bpf"
	"golang.org/x/sys/unix"
)

// Landlock looks at what is read, written, made and moved; who owns a file, its
// rights, times and attributes it leaves to whoever owns it, and an adapter runs as
// the console's own user. So the calls that change these are refused to adapters
// altogether, of their own files, too: which file is meant a filter of calls
// (seccomp) cannot see.

// refusedCalls are refused on every kind of machine, with EPERM.
var refusedCalls = []uint32{
	unix.SYS_FCHMOD, unix.SYS_FCHMODAT, unix.SYS_FCHMODAT2,
	unix.SYS_FCHOWN, unix.SYS_FCHOWNAT,
	unix.SYS_UTIMENSAT,
	unix.SYS_SETXATTR, unix.SYS_LSETXATTR, unix.SYS_FSETXATTR, unix.SYS_SETXATTRAT,
	unix.SYS_REMOVEXATTR, unix.SYS_LREMOVEXATTR, unix.SYS_FREMOVEXATTR, unix.SYS_REMOVEXATTRAT,
	unix.SYS_FILE_SETATTR,
	// By a handle a file is opened without its path, which Landlock goes by.
	unix.SYS_OPEN_BY_HANDLE_AT,
}

// unknownCalls are answered as a kernel that lacks them would (ENOSYS), which
// programs are prepared for: what is handed to the kernel by this way passes no
// filter.
var unknownCalls = []uint32{unix.SYS_IO_URING_SETUP, unix.SYS_IO_URING_ENTER, unix.SYS_IO_URING_REGISTER}

// truncatesAlone is the Landlock version from which on it looks at the cutting off
// of a file that is not opened.
const truncatesAlone = 3

// Where the kernel puts what a filter sees of a call: its number, the kind of
// machine that it is made for, and the lower halves of its arguments (little-endian).
const (
	callNumber  = 0
	callMachine = 4
	callFirst   = 16
	callSecond  = 24
)

// Whose priority is set, of setpriority and of ioprio_set: all of a user's.
const (
	priorityOfUser   = 2
	ioPriorityOfUser = 3
)

// callFilter is the filter of an adapter's calls; nil: of this machine none is known.
// A program for another kind of machine (32 bits) that this one runs as well, whose
// calls have other numbers, is ended.
func callFilter() []bpf.Instruction {
	if machine == 0 {
		return nil
	}
	refuse := func(n unix.Errno) bpf.Instruction { return bpf.RetConstant{Val: unix.SECCOMP_RET_ERRNO | uint32(n)} }
	allow := bpf.RetConstant{Val: unix.SECCOMP_RET_ALLOW}
	p := []bpf.Instruction{
		bpf.LoadAbsolute{Off: callMachine, Size: 4},
		bpf.JumpIf{Cond: bpf.JumpEqual, Val: machine, SkipTrue: 1},
		bpf.RetConstant{Val: unix.SECCOMP_RET_KILL_PROCESS},
		bpf.LoadAbsolute{Off: callNumber, Size: 4},
	}
	if foreignFrom != 0 {
		p = append(p, bpf.JumpIf{Cond: bpf.JumpGreaterOrEqual, Val: foreignFrom, SkipFalse: 1}, refuse(unix.ENOSYS))
	}
	of := func(call uint32, then ...bpf.Instruction) {
		p = append(p, bpf.JumpIf{Cond: bpf.JumpEqual, Val: call, SkipFalse: uint8(len(then))})
		p = append(p, then...)
	}
	refused := slices.Concat(refusedCalls, refusedHere)
	if landlockABI() < truncatesAlone {
		refused = append(refused, unix.SYS_TRUNCATE)
	}
	for _, call := range refused {
		of(call, refuse(unix.EPERM))
	}
	for _, call := range unknownCalls {
		of(call, refuse(unix.ENOSYS))
	}
	// Limits and priorities of its own are an adapter's; those of other processes of
	// its user, of which the console is one, are not.
	of(unix.SYS_PRLIMIT64, bpf.LoadAbsolute{Off: callFirst, Size: 4}, bpf.JumpIf{Cond: bpf.JumpEqual, Val: 0, SkipFalse: 1}, allow, refuse(unix.EPERM))
	for call, ofUser := range map[uint32]uint32{unix.SYS_SETPRIORITY: priorityOfUser, unix.SYS_IOPRIO_SET: ioPriorityOfUser} {
		of(call, bpf.LoadAbsolute{Off: callSecond, Size: 4}, bpf.JumpIf{Cond: bpf.JumpEqual, Val: 0, SkipFalse: 3},
			bpf.LoadAbsolute{Off: callFirst, Size: 4}, bpf.JumpIf{Cond: bpf.JumpEqual, Val: ofUser, SkipTrue: 1}, allow, refuse(unix.EPERM))
	}
	return append(p, allow)
}

// refuseCalls holds the calling thread to the filter, and all that it starts from
// then on. It must have been set to gain no privileges.
func refuseCalls(filter []bpf.Instruction) error {
	if len(filter) == 0 {
		return nil
	}
	raw, err := bpf.Assemble(filter)
	if err != nil {
		return fmt.Errorf("the filter of an adapter's calls: %w", err)
	}
	p := make([]unix.SockFilter, len(raw))
	for i, r := range raw {
		p[i] = unix.SockFilter{Code: r.Op, Jt: r.Jt, Jf: r.Jf, K: r.K}
	}
	program := unix.SockFprog{Len: uint16(len(p)), Filter: &p[0]}
	if err := unix.Prctl(unix.PR_SET_SECCOMP, unix.SECCOMP_MODE_FILTER, uintptr(unsafe.Pointer(&program)), 0, 0); err != nil {
		return fmt.Errorf("the filter of an adapter's calls: %w", err)
	}
	return nil
}

// filtersCalls tells whether this machine and its kernel have such filters.
func filtersCalls() bool {
	_, err := unix.PrctlRetInt(unix.PR_GET_SECCOMP, 0, 0, 0, 0)
	return machine != 0 && err == nil
}

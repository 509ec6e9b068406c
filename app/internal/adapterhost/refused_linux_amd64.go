package adapterhost

import "golang.org/x/sys/unix"

// machine is how the kernel calls this kind of machine.
const machine uint32 = unix.AUDIT_ARCH_X86_64

// foreignFrom is where the numbers of calls begin that this kind of machine has for
// programs of another kind (x32); 0: it has none.
const foreignFrom uint32 = 0x40000000

// refusedHere are calls of refusedCalls' kind that older kinds of machines have
// besides.
var refusedHere = []uint32{unix.SYS_CHMOD, unix.SYS_CHOWN, unix.SYS_LCHOWN, unix.SYS_UTIME, unix.SYS_UTIMES, unix.SYS_FUTIMESAT}

package noroom

import "syscall"

// ERROR_DISK_FULL, ERROR_HANDLE_DISK_FULL, ERROR_DISK_QUOTA_EXCEEDED: package
// syscall's ENOSPC and EDQUOT are not what Windows answers.
var numbers = []syscall.Errno{112, 39, 1295}

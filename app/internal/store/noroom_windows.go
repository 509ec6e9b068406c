package store

import "syscall"

// noRoom are the system's words for it: ERROR_DISK_FULL, ERROR_HANDLE_DISK_FULL,
// ERROR_DISK_QUOTA_EXCEEDED.
var noRoom = []syscall.Errno{112, 39, 1295}

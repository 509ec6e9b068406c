package adapterhost

import (
	"os"
	"syscall"
	"unsafe"

	"golang.org/x/sys/windows"
)

var createRestrictedToken = windows.NewLazySystemDLL("advapi32.dll").NewProc("CreateRestrictedToken")

// What CreateRestrictedToken takes away: every privilege but that of passing
// through folders, and what makes the user an administrator.
const (
	disableMaxPrivilege = 0x1
	luaToken            = 0x4
)

// lesser is a token of the console's user without its privileges and without the
// rights of an administrator. Whoever starts the console as one gives an adapter no
// more than an ordinary user has; of that user's files it reaches what the user does.
func lesser() (syscall.Token, error) {
	var own windows.Token
	if err := windows.OpenProcessToken(windows.CurrentProcess(), windows.TOKEN_DUPLICATE|windows.TOKEN_ASSIGN_PRIMARY|windows.TOKEN_QUERY|windows.TOKEN_ADJUST_DEFAULT, &own); err != nil {
		return 0, os.NewSyscallError("OpenProcessToken", err)
	}
	defer own.Close()
	if err := createRestrictedToken.Find(); err != nil {
		return 0, err
	}
	var less windows.Token
	if ok, _, err := createRestrictedToken.Call(uintptr(own), disableMaxPrivilege|luaToken, 0, 0, 0, 0, 0, 0, uintptr(unsafe.Pointer(&less))); ok == 0 {
		return 0, os.NewSyscallError("CreateRestrictedToken", err)
	}
	return syscall.Token(less), nil
}

package private

import (
	"fmt"

	"golang.org/x/sys/windows"
)

// folder gives the folder an access list of its own, which all in it inherits: the
// person who runs the console, the system and administrators. A list that was made for
// the folder already (protected from inheritance) is somebody's decision and stays.
func folder(dir string, _ []string) (opened []string) {
	now, err := windows.GetNamedSecurityInfo(dir, windows.SE_FILE_OBJECT, windows.DACL_SECURITY_INFORMATION)
	if err != nil {
		return nil
	}
	if control, _, err := now.Control(); err != nil || control&windows.SE_DACL_PROTECTED != 0 {
		return nil
	}
	user, err := windows.GetCurrentProcessToken().GetTokenUser()
	if err != nil {
		return nil
	}
	wanted, err := windows.SecurityDescriptorFromString(fmt.Sprintf("D:PAI(A;OICI;FA;;;%s)(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)", user.User.Sid))
	if err != nil {
		return nil
	}
	list, _, err := wanted.DACL()
	if err != nil {
		return nil
	}
	_ = windows.SetNamedSecurityInfo(dir, windows.SE_FILE_OBJECT, windows.DACL_SECURITY_INFORMATION|windows.PROTECTED_DACL_SECURITY_INFORMATION, nil, nil, list, nil)
	return nil
}

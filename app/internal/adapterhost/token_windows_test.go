package adapterhost

import (
	"testing"
	"unsafe"

	"golang.org/x/sys/windows"
)

// H5: the token that adapters run with has no privilege but that of passing through
// folders.
func TestH5AnAdaptersTokenHasNoPrivileges(t *testing.T) {
	token, err := lesser()
	if err != nil {
		t.Fatal(err)
	}
	defer token.Close()
	b := make([]byte, 4096)
	var n uint32
	if err := windows.GetTokenInformation(windows.Token(token), windows.TokenPrivileges, &b[0], uint32(len(b)), &n); err != nil {
		t.Fatal(err)
	}
	if p := (*windows.Tokenprivileges)(unsafe.Pointer(&b[0])); p.PrivilegeCount > 1 {
		t.Errorf("%d privileges", p.PrivilegeCount)
	}
}

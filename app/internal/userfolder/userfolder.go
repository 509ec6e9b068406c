// Package userfolder says where a user's own data folders lie where none is named.
package userfolder

import (
	"os"
	"path/filepath"
	"runtime"
)

// Base is the folder of the user's office and demonstration and of what the window keeps
// beside them: `mingcha` in the system's folder for configurations. On Windows that is
// part of the profile that is copied over the network at each sign-in, where gigabytes
// have no place: there it lies in the profile that stays on the machine, unless an
// earlier version has begun one in the other. It fails where the user has no home.
func Base() (string, error) { return base(runtime.GOOS, os.UserConfigDir, os.UserCacheDir) }

func base(system string, configuration, local func() (string, error)) (string, error) {
	const name = "mingcha"
	at, err := configuration()
	if err != nil {
		return "", err
	}
	if system != "windows" {
		return filepath.Join(at, name), nil
	}
	stays, err := local() // %LocalAppData%
	if err != nil {
		return "", err
	}
	earlier, stays := filepath.Join(at, name), filepath.Join(stays, name)
	if !there(stays) && there(earlier) {
		return earlier, nil
	}
	return stays, nil
}

func there(folder string) bool {
	info, err := os.Stat(folder)
	return err == nil && info.IsDir()
}

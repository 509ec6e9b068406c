package store

import (
	"errors"
	"fmt"
	"path/filepath"

	"github.com/gofrs/flock"

	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/folderhold"
)

const lockFile = "mingcha.lock"

// folderLock is one console's hold on a data folder: a lock on a file in it, which every
// system and disk has, and where there is such a thing one on the folder itself, since
// somebody may remove the file.
type folderLock struct {
	file   *flock.Flock
	folder folderhold.Held // nil: none
}

// lockFolder takes the folder, or refuses in a sentence where another console has it.
func lockFolder(dir string) (*folderLock, error) {
	l := &folderLock{file: flock.New(filepath.Join(dir, lockFile))}
	got, err := l.file.TryLock()
	if err != nil {
		return nil, folderFault(dir, err)
	}
	if got {
		l.folder, got = folderhold.Take(dir)
		if !got {
			err = l.file.Unlock()
		}
	}
	if !got {
		return nil, fault.New(fault.Conflict, "data_folder_in_use",
			fmt.Sprintf("数据文件夹 %s 正被另一个明察台使用。请先关闭那个窗口，或选择别的文件夹。", dir),
			fmt.Sprintf("The data folder %s is in use by another console. Close that one first, or choose another folder.", dir), err)
	}
	return l, nil
}

// release lets go of the folder.
func (l *folderLock) release() error {
	err := l.file.Unlock()
	if l.folder != nil {
		err = errors.Join(err, l.folder.Close())
	}
	return err
}

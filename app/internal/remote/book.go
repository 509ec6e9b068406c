package remote

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"github.com/mingcha-console/mingcha/app/internal/fault"
)

const bookFile = "remotes.json"

// Book is which consoles elsewhere this window knows, and by which keys. It is
// a file that only its user can read.
type Book struct {
	file string
	mu   sync.Mutex
}

type entries struct {
	Last string            `json:"last,omitempty"` // the window's latest, unless it opened a folder since
	Keys map[string]string `json:"keys"`           // by address; see KeyOf
}

// NewBook is the book of a window's state folder.
func NewBook(dir string) *Book { return &Book{file: filepath.Join(dir, bookFile)} }

func (b *Book) read() (e entries, err error) {
	raw, err := os.ReadFile(b.file)
	if err == nil {
		err = json.Unmarshal(raw, &e)
	}
	if e.Keys == nil {
		e.Keys = map[string]string{}
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return e, fault.New(fault.Unavailable, "remotes_unreadable",
			fmt.Sprintf("已确认过的证书记在 %s，现在读不出来。请检查该文件的权限；如已损坏，请删除它，再重新核对指纹。", b.file),
			fmt.Sprintf("The certificates confirmed before are noted in %s, which cannot be read. Check its permissions; if it is damaged, delete it and compare fingerprints again.", b.file), err)
	}
	return e, nil
}

func (b *Book) change(f func(*entries)) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	e, err := b.read()
	if err != nil {
		return err
	}
	f(&e)
	if err := b.write(e); err != nil {
		return fault.New(fault.Unavailable, "remotes_not_kept",
			fmt.Sprintf("没有记下这台明察：%s 写不进去。请检查磁盘空间和文件夹权限，然后重试。", b.file),
			fmt.Sprintf("The console was not noted: %s cannot be written. Check the disk's room and your rights to the folder, then try again.", b.file), err)
	}
	return nil
}

func (b *Book) write(e entries) error {
	raw, err := json.MarshalIndent(e, "", "  ")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(b.file), 0o700); err != nil {
		return err
	}
	tmp := b.file + ".new"
	if err := os.WriteFile(tmp, append(raw, '\n'), 0o600); err != nil {
		return err
	}
	return os.Rename(tmp, b.file)
}

// Last is the address that was connected to last; "" where a folder was opened
// since.
func (b *Book) Last() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	e, err := b.read()
	if err != nil {
		return "" // connecting says what is wrong
	}
	return e.Last
}

// Key is the key by which an address is known; "" for none.
func (b *Book) Key(address string) (string, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	e, err := b.read()
	return e.Keys[address], err
}

// Connected notes the latest address and, unless it is "", its key.
func (b *Book) Connected(address, key string) error {
	return b.change(func(e *entries) {
		e.Last = address
		if key != "" {
			e.Keys[address] = key
		}
	})
}

// Left notes that the window opened a folder instead.
func (b *Book) Left() error {
	if b.Last() == "" {
		return nil
	}
	return b.change(func(e *entries) { e.Last = "" })
}

// Forget drops an address's key, so that its fingerprint is compared anew.
func (b *Book) Forget(address string) error {
	return b.change(func(e *entries) { delete(e.Keys, address) })
}

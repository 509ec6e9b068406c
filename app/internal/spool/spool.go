// Package spool keeps what is on its way between the console and somebody slower:
// files and answers that wait to be fetched, photographs that come in. The beginning
// stands in memory, the rest in temporary files whose sum is bounded, so that nobody
// who reads or sends slowly holds the memory, the database or the disk of others.
package spool

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"sync"

	"github.com/mingcha-console/mingcha/app/internal/fault"
)

// inMemory is how much of a Buffer stands in memory, in bytes.
const inMemory = 32 << 10

// Most is the usual bound of all files of a Room together, in bytes.
const Most = 8 << 30

const prefix = "wait-"

// Room is where buffers put what does not fit into memory. It may be used by many
// goroutines.
type Room struct {
	dir  string
	most int64

	mu   sync.Mutex
	used int64
}

// Open makes the room in a folder, which it makes when it is first needed, and
// removes what an earlier run left there. most bounds all buffers' files together,
// in bytes.
func Open(dir string, most int64) *Room {
	left, _ := filepath.Glob(filepath.Join(dir, prefix+"*")) // the pattern is sound
	for _, file := range left {
		_ = os.Remove(file) // what cannot be removed harms nothing
	}
	return &Room{dir: dir, most: most}
}

// Used is how many bytes stand in files now.
func (r *Room) Used() int64 {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.used
}

func (r *Room) take(n int64) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.used+n > r.most {
		return false
	}
	r.used += n
	return true
}

func (r *Room) giveBack(n int64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.used -= n
}

// New is an empty buffer. Close it.
func (r *Room) New() *Buffer { return &Buffer{room: r} }

// Buffer is written first and then read. It is not safe for concurrent use.
type Buffer struct {
	room   *Room
	memory bytes.Buffer // the beginning; once there is a file, what waits to be written to it
	file   *os.File
	size   int64
	taken  int64 // of the room
	err    error
}

// errFull is told when too much waits to be fetched or taken at once.
var errFull = fault.New(fault.Unavailable, "spool_full",
	"正在传输的文件太多，暂存空间已用完。请几分钟后重试；导出时可先缩小筛选范围。",
	"Too much is being transferred at once, and the room for it is used up. Try again in a few minutes; of an export, narrow the filter.", nil)

// Write adds to the buffer. Errors are faults where there is no more room, else the
// file system's; after one all fail.
func (b *Buffer) Write(p []byte) (int, error) {
	if b.err != nil {
		return 0, b.err
	}
	if b.memory.Len()+len(p) > inMemory {
		if b.err = b.spill(p); b.err != nil {
			return 0, b.err
		}
	} else {
		b.memory.Write(p)
	}
	b.size += int64(len(p))
	return len(p), nil
}

// spill moves what is in memory to the file, and p after it.
func (b *Buffer) spill(p []byte) error {
	n := int64(b.memory.Len() + len(p))
	if !b.room.take(n) {
		return errFull
	}
	if b.file == nil {
		if err := b.open(); err != nil {
			b.room.giveBack(n)
			return err
		}
	}
	_, err := b.memory.WriteTo(b.file)
	if err == nil {
		_, err = b.file.Write(p)
	}
	b.taken += n // also of what failed: Close gives it back
	return err
}

// open makes the file. Where the system lets it, the file has no name, so that
// nothing is left of it however the console ends.
func (b *Buffer) open() (err error) {
	if err := os.MkdirAll(b.room.dir, 0o700); err != nil {
		return err
	}
	if b.file, err = os.CreateTemp(b.room.dir, prefix); err != nil {
		return err
	}
	_ = os.Remove(b.file.Name()) // not on Windows, where Close does it
	return nil
}

// Room is where the buffer has its file.
func (b *Buffer) Room() *Room { return b.room }

// Size is how many bytes were written.
func (b *Buffer) Size() int64 { return b.size }

// Err is why writing failed, nil if it did not.
func (b *Buffer) Err() error { return b.err }

// Reader reads the buffer from its beginning; nothing is written any more.
func (b *Buffer) Reader() (io.Reader, error) {
	if b.err != nil {
		return nil, b.err
	}
	if b.file == nil {
		return bytes.NewReader(b.memory.Bytes()), nil
	}
	if _, err := b.file.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	return io.MultiReader(b.file, bytes.NewReader(b.memory.Bytes())), nil
}

// Close lets go of the buffer and what it holds.
func (b *Buffer) Close() error {
	if b.file == nil {
		return nil
	}
	b.room.giveBack(b.taken)
	err := b.file.Close()
	if gone := os.Remove(b.file.Name()); gone != nil && !errors.Is(gone, os.ErrNotExist) {
		err = errors.Join(err, gone)
	}
	b.file = nil
	return err
}

package runtime

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"errors"
	"io"
	"io/fs"
	"os"
)

// What a backup can lack.
var (
	errNoDatabase = errors.New("no database in it")
	errSealed     = errors.New("it has a password")
)

// notABackup says why a file cannot be restored, as far as that is known; empty
// where it is not.
func notABackup(file string, err error) (zh, en string) {
	info, statErr := os.Stat(file)
	switch {
	case errors.Is(statErr, fs.ErrNotExist):
		return "没有这个文件。请核对路径", "there is no such file. Check the path"
	case statErr != nil:
		return "", ""
	case info.IsDir():
		return "它是文件夹，不是备份文件。请写上文件夹里备份文件的名称", "it is a folder, not a backup. Name the file within it"
	case info.Size() == 0:
		return "文件是空的，多半是复制中断。请另取一份备份", "the file is empty; a copy may have broken off. Take another backup"
	}
	head, readErr := firstBytes(file)
	damaged := new(flate.CorruptInputError)
	switch {
	case errors.Is(readErr, fs.ErrPermission):
		return "没有读取这个文件的权限", "you may not read the file"
	case readErr != nil:
		return "", ""
	case len(bytes.Trim(head, "\x00")) == 0:
		return "文件里是零字节，多半是复制中断。请另取一份备份", "it holds zero bytes; a copy may have broken off. Take another backup"
	case bytes.HasPrefix(head, []byte("PK\x05\x06")):
		return "它是压缩包，里面没有文件。请核对文件", "it is an archive with no file in it. Check the file"
	case !bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return "它不是备份文件（备份是一个 zip 压缩包）。请核对文件", "it is no backup, which is a zip archive. Check the file"
	case errors.Is(err, errNoDatabase):
		return "它是压缩包，但不是明察的备份：里面没有 mingcha.db。请核对文件", "it is an archive, and no backup of Mingcha: there is no mingcha.db in it. Check the file"
	case errors.Is(err, errSealed):
		return "它加了密码。请先解开，或另取一份备份", "it has a password. Take the password away, or another backup"
	case errors.Is(err, zip.ErrFormat), errors.Is(err, zip.ErrChecksum), errors.Is(err, io.ErrUnexpectedEOF), errors.As(err, damaged):
		return "文件不完整或已损坏，例如没有复制完。请另取一份备份", "it is not whole, or damaged; a copy may have broken off. Take another backup"
	case errors.Is(err, fs.ErrPermission):
		return "目标文件夹不可写。请核对权限", "the folder cannot be written to. Check your rights"
	}
	return "", ""
}

// firstBytes are as many as tell what a file is.
func firstBytes(file string) ([]byte, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	b := make([]byte, 512)
	n, err := io.ReadFull(f, b)
	if errors.Is(err, io.ErrUnexpectedEOF) {
		err = nil
	}
	return b[:n], err
}

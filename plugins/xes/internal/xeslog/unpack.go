package xeslog

import (
	"archive/zip"
	"bufio"
	"bytes"
	"compress/bzip2"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
)

// looked is how much of a file's beginning tells its packing and encoding.
const looked = 512 << 10

// others are what a file can be instead of a log, by its first bytes.
var others = []struct {
	magic  string
	reason Reason
	found  Found
}{
	{"7z\xbc\xaf\x27\x1c", Packed, Found{"7z 压缩包", "a 7z archive"}},
	{"Rar!\x1a\x07", Packed, Found{"RAR 压缩包", "a RAR archive"}},
	{"\xfd7zXZ\x00", Packed, Found{"xz 压缩文件", "packed with xz"}},
	{"\x28\xb5\x2f\xfd", Packed, Found{"zstd 压缩文件", "packed with zstd"}},
	{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", NotXML, Found{"Office 旧格式文件或加密的 Office 文件", "an Office file of the old format, or an encrypted one"}},
	{"%PDF-", NotXML, Found{"PDF 文件", "a PDF file"}},
	{"SQLite format 3\x00", NotXML, Found{"SQLite 数据库", "a SQLite database"}},
}

// unpacked is the text of a log out of whatever packing, by its content and not
// by its name.
func unpacked(in io.Reader) (*bufio.Reader, []io.Closer, error) {
	var opened []io.Closer
	if z, err := unzipped(in); err != nil {
		return nil, nil, err
	} else if z != nil {
		in, opened = z, append(opened, z)
	}
	text := bufio.NewReaderSize(in, looked)
	for range 4 { // a log packed twice is met, one packed for ever is not
		start, err := text.Peek(8)
		if len(start) == 0 && err != nil {
			return text, opened, emptyOr(err)
		}
		switch {
		case bytes.HasPrefix(start, []byte{0x1f, 0x8b}):
			z, err := gzip.NewReader(text)
			if err != nil {
				return text, opened, err
			}
			opened = append(opened, z)
			text = bufio.NewReaderSize(z, looked)
			continue
		case bytes.HasPrefix(start, []byte("BZh")):
			text = bufio.NewReaderSize(bzip2.NewReader(text), looked)
			continue
		case bytes.HasPrefix(start, []byte("PK\x03\x04")):
			return text, opened, is(Packed, Found{"压缩包里的 zip 压缩包", "a zip archive within another packing"})
		}
		break
	}
	start, _ := text.Peek(32)
	for _, o := range others {
		if bytes.HasPrefix(start, []byte(o.magic)) {
			return text, opened, is(o.reason, o.found)
		}
	}
	return text, opened, nil
}

func emptyOr(err error) error {
	if errors.Is(err, io.EOF) {
		return &Error{Reason: Empty, Err: errors.New("the file is empty")}
	}
	return err
}

func is(reason Reason, found Found) error {
	return &Error{Reason: reason, Found: found, Err: fmt.Errorf("it is %s", found.EN)}
}

// sized is a file that can be read from anywhere.
type sized interface {
	io.ReaderAt
	Size() int64
}

// unzipped opens the only log of a zip archive; nil for what is no archive.
func unzipped(in io.Reader) (io.ReadCloser, error) {
	f, ok := in.(sized)
	if !ok {
		return nil, nil
	}
	var magic [4]byte
	if n, _ := f.ReadAt(magic[:], 0); n < 4 || string(magic[:]) != "PK\x03\x04" {
		return nil, nil
	}
	archive, err := zip.NewReader(f, f.Size())
	if err != nil {
		return nil, is(Packed, Found{"损坏的 zip 压缩包", "a damaged zip archive"})
	}
	var logs []*zip.File
	for _, z := range archive.File {
		name := strings.ToLower(z.Name)
		if strings.HasPrefix(name, "xl/") || name == "[content_types].xml" {
			return nil, is(NotXML, Found{"Excel 等 Office 文件", "an Office file, such as an Excel workbook"})
		}
		if base := path.Base(name); !strings.HasPrefix(base, ".") && !strings.HasPrefix(name, "__macosx/") &&
			(strings.HasSuffix(base, ".xes") || strings.HasSuffix(base, ".xes.gz") || strings.HasSuffix(base, ".xml")) {
			logs = append(logs, z)
		}
	}
	if len(logs) == 0 {
		return nil, is(NotXES, Found{"没有日志（.xes、.xes.gz、.xml）的 zip 压缩包", "a zip archive in which there is no log (.xes, .xes.gz, .xml)"})
	}
	if len(logs) > 1 {
		return nil, is(Packed, Found{fmt.Sprintf("含 %d 份日志的 zip 压缩包", len(logs)), fmt.Sprintf("a zip archive with %d logs in it", len(logs))})
	}
	if logs[0].Flags&1 != 0 {
		return nil, is(Packed, Found{"加了密码的 zip 压缩包", "a zip archive with a password"})
	}
	return logs[0].Open()
}

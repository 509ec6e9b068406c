package xeslog

import (
	"archive/zip"
	"bytes"
	"compress/bzip2"
	"compress/flate"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
)

// others are what a file can be instead of a log, by its first bytes.
var others = []struct {
	at     int
	magic  string
	reason Reason
	found  Found
}{
	{0, "7z\xbc\xaf\x27\x1c", Packed, Found{"7z 压缩包", "a 7z archive"}},
	{0, "Rar!\x1a\x07", Packed, Found{"RAR 压缩包", "a RAR archive"}},
	{0, "\xfd7zXZ\x00", Packed, Found{"xz 压缩文件", "packed with xz"}},
	{0, "\x28\xb5\x2f\xfd", Packed, Found{"zstd 压缩文件", "packed with zstd"}},
	{0, "\x1f\x9d", Packed, Found{"compress（.Z）压缩文件", "packed with compress (.Z)"}},
	{257, "ustar", Packed, Found{"tar 归档文件", "a tar archive"}},
	{0, "PK\x05\x06", Empty, Found{"里面没有文件的 zip 压缩包", "a zip archive with no file in it"}},
	{0, "PK\x07\x08", Packed, Found{"分卷的 zip 压缩包", "a part of a split zip archive"}},
	{0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", NotXML, Found{"Office 旧格式文件或加密的 Office 文件", "an Office file of the old format, or an encrypted one"}},
	{0, "%PDF-", NotXML, Found{"PDF 文件", "a PDF file"}},
	{0, "SQLite format 3\x00", NotXML, Found{"SQLite 数据库", "a SQLite database"}},
	{0, "\x89PNG\r\n", NotXML, Found{"图片", "a picture"}},
	{0, "\xff\xd8\xff", NotXML, Found{"图片", "a picture"}},
	{0, "GIF8", NotXML, Found{"图片", "a picture"}},
	{0, "{\\rtf", NotXML, Found{"RTF 文档", "an RTF document"}},
	{0, "MZ\x90\x00", NotXML, Found{"Windows 程序（也可能是自解压包）", "a Windows program, perhaps an archive that unpacks itself"}},
	{0, "\x7fELF", NotXML, Found{"Linux 程序", "a Linux program"}},
}

// notALog is what a file is by its first bytes where that is no log; nil where it may
// be one.
func notALog(start []byte) error {
	for _, o := range others {
		if len(start) >= o.at && bytes.HasPrefix(start[o.at:], []byte(o.magic)) {
			return is(o.reason, o.found)
		}
	}
	if len(start) > 0 && len(bytes.Trim(start, "\x00")) == 0 {
		return is(Empty, Found{"全是零字节的文件（多半是复制或下载中断）", "nothing but zero bytes, perhaps a copy or a download that broke off"})
	}
	return nil
}

// notText tells of bytes that no text in an encoding of one byte a letter has: a zero.
func notText(start []byte) error {
	if text := bytes.TrimLeft(start, " \t\r\n\ufeff"); bytes.IndexByte(start, 0) >= 0 && len(text) > 0 && text[0] != '<' {
		return is(NotXML, Found{"不是文字的文件（二进制）", "a file of something else than text (binary)"})
	}
	return nil
}

// empty is a file with nothing to read, or what it unpacks to.
func empty(unpacked, held bool) error {
	switch {
	case unpacked:
		return &Error{Reason: Empty, Found: Found{"解压后没有内容", "nothing, once it is unpacked"}, Err: errors.New("what is packed in it is empty")}
	case held:
		return &Error{Reason: Empty, Found: Found{"只有空白或编码标记", "nothing but blanks, or a mark of its encoding"}, Err: errors.New("it has nothing but blanks or a byte order mark")}
	}
	return &Error{Reason: Empty, Err: errors.New("the file is empty")}
}

func is(reason Reason, found Found) error {
	return &Error{Reason: reason, Found: found, Err: fmt.Errorf("it is %s", found.EN)}
}

// corrupt tells whether an error is of a packing whose data cannot be unpacked.
func corrupt(err error) bool {
	var bits flate.CorruptInputError
	var structure bzip2.StructuralError
	for _, e := range []error{gzip.ErrChecksum, gzip.ErrHeader, zip.ErrChecksum, zip.ErrFormat} {
		if errors.Is(err, e) {
			return true
		}
	}
	return errors.As(err, &bits) || errors.As(err, &structure)
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
		return nil, &Error{Reason: Corrupt, Found: Found{"不完整或已损坏的 zip 压缩包", "a damaged zip archive, or a part of one"}, Err: err}
	}
	var logs []*zip.File
	files, within := 0, 0
	for _, z := range archive.File {
		name := strings.ToLower(z.Name)
		if strings.HasPrefix(name, "xl/") || name == "[content_types].xml" || name == "mimetype" {
			return nil, is(NotXML, Found{"Excel 等 Office 文件", "an Office file, such as an Excel workbook"})
		}
		if base := path.Base(name); z.FileInfo().IsDir() || strings.HasPrefix(base, ".") || strings.HasPrefix(name, "__macosx/") {
			continue
		}
		files++
		switch path.Ext(name) {
		case ".xes", ".xml":
			logs = append(logs, z)
		case ".gz":
			if strings.HasSuffix(name, ".xes.gz") {
				logs = append(logs, z)
				continue
			}
			within++
		case ".zip", ".7z", ".rar", ".tar", ".tgz":
			within++
		}
	}
	switch {
	case files == 0:
		return nil, is(Empty, Found{"里面没有文件的 zip 压缩包", "a zip archive with no file in it"})
	case len(logs) == 0 && within > 0:
		return nil, is(Packed, Found{"里面还是压缩包的 zip 压缩包", "a zip archive of another archive, with no log (.xes, .xes.gz, .xml) beside it"})
	case len(logs) == 0:
		return nil, is(NotXES, Found{"没有日志（.xes、.xes.gz、.xml）的 zip 压缩包", "a zip archive in which there is no log (.xes, .xes.gz, .xml)"})
	case logs[0].Flags&1 != 0:
		return nil, is(Packed, Found{"加了密码的 zip 压缩包", "a zip archive with a password"})
	case len(logs) > 1:
		return nil, is(Packed, Found{fmt.Sprintf("含 %d 份日志的 zip 压缩包", len(logs)), fmt.Sprintf("a zip archive with %d logs in it", len(logs))})
	}
	log, err := logs[0].Open()
	switch {
	case errors.Is(err, zip.ErrAlgorithm):
		return nil, is(Packed, Found{"用了少见压缩方法的 zip 压缩包", "a zip archive that is packed by a method that is not read"})
	case err != nil:
		return nil, &Error{Reason: Corrupt, Found: Found{"不完整或已损坏的 zip 压缩包", "a damaged zip archive, or a part of one"}, Err: err}
	}
	return log, nil
}

package xeslog

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// zipOf is an archive of files, by name and content in turn.
func zipOf(t *testing.T, files ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for i := 0; i < len(files); i += 2 {
		w, err := z.Create(files[i])
		if err == nil && files[i+1] != "" {
			_, err = w.Write([]byte(files[i+1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// flagged is an archive with a bit set of what is said of each of its files.
func flagged(archive []byte) []byte {
	out := bytes.Clone(archive)
	for magic, at := range map[string]int{"PK\x03\x04": 6, "PK\x01\x02": 8} {
		for i := 0; ; {
			n := bytes.Index(out[i:], []byte(magic))
			if n < 0 {
				break
			}
			out[i+n+at] |= 1
			i += n + 4
		}
	}
	return out
}

// gzipOf is text packed with gzip.
func gzipOf(t *testing.T, text []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	_, err := z.Write(text)
	if err = errors.Join(err, z.Close()); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// Whatever a file is that is no log, what is said of it is true.
func TestWhatIsNoLogIsToldForWhatItIs(t *testing.T) {
	one := zipOf(t, "a.xes", small)
	broken := bytes.Clone(one)
	broken[len("PK\x03\x04")+40] ^= 0xff
	packed := gzipOf(t, []byte(small))
	var tape bytes.Buffer
	w := tar.NewWriter(&tape)
	if err := errors.Join(w.WriteHeader(&tar.Header{Name: "a.xes", Size: int64(len(small)), Mode: 0o600}), func() error { _, err := w.Write([]byte(small)); return err }(), w.Close()); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		in     []byte
		reason Reason
		zh     string
	}{
		"nothing":                      {nil, Empty, ""},
		"a mark of UTF-8 alone":        {[]byte("\ufeff"), Empty, "编码标记"},
		"a mark of UTF-16 alone":       {[]byte("\xff\xfe"), Empty, "编码标记"},
		"blanks":                       {[]byte(" \r\n\t"), Empty, "空白"},
		"zeros":                        {make([]byte, 5000), Empty, "零字节"},
		"gzip of nothing":              {gzipOf(t, nil), Empty, "解压后没有内容"},
		"zip of an empty log":          {zipOf(t, "a.xes", ""), Empty, "解压后没有内容"},
		"zip of nothing":               {zipOf(t), Empty, "没有文件的 zip"},
		"zip of nothing in gzip":       {gzipOf(t, zipOf(t)), Empty, "没有文件的 zip"},
		"zip of a folder":              {zipOf(t, "a.xes/", ""), Empty, "没有文件的 zip"},
		"zip of a text":                {zipOf(t, "readme.txt", "x"), NotXES, "没有日志"},
		"zip of a zip":                 {zipOf(t, "a.xes.zip", string(one)), Packed, "里面还是压缩包"},
		"zip of two logs":              {zipOf(t, "a.xes", small, "b.xes", small), Packed, "含 2 份日志"},
		"zip with a password":          {flagged(one), Packed, "密码"},
		"zip of two, with a password":  {flagged(zipOf(t, "a.xes", small, "b.xes", small)), Packed, "密码"},
		"half a zip":                   {one[:len(one)/2], Corrupt, "不完整或已损坏的 zip"},
		"a zip without its end":        {one[:len(one)-10], Corrupt, "不完整或已损坏的 zip"},
		"a zip with a wrong byte":      {broken, Corrupt, ""},
		"a part of a split zip":        {append([]byte("PK\x07\x08"), one...), Packed, "分卷"},
		"half a gzip":                  {packed[:len(packed)/2], Truncated, ""},
		"a gzip's first bytes":         {packed[:5], Truncated, ""},
		"a gzip with a wrong checksum": {append(bytes.Clone(packed[:len(packed)-8]), 0, 0, 0, 0, 0, 0, 0, 0), Corrupt, ""},
		"tar":                          {tape.Bytes(), Packed, "tar"},
		"tar in gzip":                  {gzipOf(t, tape.Bytes()), Packed, "tar"},
		"a workbook":                   {zipOf(t, "[Content_Types].xml", "<x/>", "xl/workbook.xml", "<x/>"), NotXML, "Excel"},
		"an OpenDocument table":        {zipOf(t, "mimetype", "application/vnd.oasis.opendocument.spreadsheet", "content.xml", "<x/>"), NotXML, "Office"},
		"a web page":                   {[]byte("<!DOCTYPE html>\n<html><body>404</body></html>"), NotXES, "网页"},
		"XML of something else":        {[]byte("<?xml version='1.0'?><WorkflowLog/>"), NotXES, "<workflowlog>"},
		"a table":                      {[]byte("办件,时间\n1,2\n"), NotXML, "不以 < 开头的文字"},
		"a table in UTF-16":            {[]byte("\xff\xfeh\x00i\x00"), NotXML, "不以 < 开头的文字"},
		"a picture":                    {[]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR"), NotXML, "图片"},
		"a program":                    {append([]byte("MZ\x90\x00"), one...), NotXML, "程序"},
		"an Access database":           {[]byte("\x00\x01\x00\x00Standard Jet DB\x00"), NotXML, "不是文字"},
	} {
		_, err := readAll(c.in)
		var e *Error
		if !errors.As(err, &e) || e.Reason != c.reason || !strings.Contains(strings.ToLower(e.Found.ZH), c.zh) && !strings.Contains(e.Found.ZH, c.zh) || e.Found.EN == "" != (e.Found.ZH == "") {
			t.Errorf("%s: %+v (%v), want reason %d, %s", name, e, err, c.reason, c.zh)
		}
	}
	_, err := Open(t.TempDir(), nil)
	var e *Error
	if !errors.As(err, &e) || e.Reason != Folder || !errors.As(Check(t.TempDir()), &e) || e.Reason != Folder {
		t.Errorf("a folder: %v", err)
	}
	file := filepath.Join(t.TempDir(), "absent.xes")
	if !errors.As(Check(file), &e) || e.Reason != Unreadable {
		t.Errorf("no file: %v", e)
	}
	if err := os.WriteFile(file, nil, 0o600); err != nil || Check(file) != nil {
		t.Errorf("a file that can be opened: %v, %v", err, Check(file))
	}
}

// Package filekind tells what a file is by what is in it, never by its name: the few
// kinds that the console keeps of what people send. A file is one of them whole, from
// its first byte to its last; with anything behind its end it is none.
package filekind

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image/png"
	"regexp"
	"strconv"
	"strings"
)

// Kind is what a file is.
type Kind string

// The kinds; the empty one is none of them.
const (
	PDF  Kind = "pdf"
	JPEG Kind = "jpeg"
	PNG  Kind = "png"
	DOCX Kind = "docx"
	XLSX Kind = "xlsx"
)

// Media is a kind's media type.
func (k Kind) Media() string {
	switch k {
	case PDF:
		return "application/pdf"
	case JPEG:
		return "image/jpeg"
	case PNG:
		return "image/png"
	case DOCX:
		return "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	case XLSX:
		return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	}
	return "application/octet-stream"
}

// Extension is what a kind's files are called, with the dot.
func (k Kind) Extension() string {
	if k == JPEG {
		return ".jpg"
	}
	return "." + string(k)
}

// MostPixels bounds a picture's sides: a few bytes can claim to be a picture that
// fills a browser's memory.
const MostPixels = 8192

// Of tells what a file is; empty: none of the kinds.
func Of(content []byte) Kind {
	switch {
	case bytes.HasPrefix(content, []byte{0xFF, 0xD8}) && isJPEG(content):
		return JPEG
	case bytes.HasPrefix(content, []byte(pngHead)) && isPNG(content):
		return PNG
	case bytes.HasPrefix(content, []byte("%PDF-")) && isPDF(content):
		return PDF
	case bytes.HasPrefix(content, []byte("PK\x03\x04")):
		return officeKind(content)
	}
	return ""
}

const pngHead = "\x89PNG\r\n\x1a\n"

// isPNG walks through the chunks (ISO/IEC 15948, 5.3): each is whole, and the last
// byte is that of the end.
func isPNG(b []byte) bool {
	c, err := png.DecodeConfig(bytes.NewReader(b))
	if err != nil || c.Width > MostPixels || c.Height > MostPixels {
		return false
	}
	for at := len(pngHead); at+12 <= len(b); {
		length := uint64(binary.BigEndian.Uint32(b[at:]))
		end := uint64(at) + 12 + length
		if end > uint64(len(b)) || crc32.ChecksumIEEE(b[at+4:end-4]) != binary.BigEndian.Uint32(b[end-4:]) {
			return false
		}
		if string(b[at+4:at+8]) == "IEND" {
			return length == 0 && end == uint64(len(b))
		}
		at = int(end)
	}
	return false
}

var (
	// pdfEnd is the end of a PDF (ISO 32000-1, 7.5.5): where its cross-reference table
	// is, and the mark; nothing but a line's end behind it.
	pdfEnd = regexp.MustCompile(`startxref[\r\n\t ]+(\d{1,10})[\r\n\t ]+%%EOF[\r\n\t \x00]{0,4}$`)
	// pdfTable is what stands there: the table, or the object of a stream that is one.
	pdfTable = regexp.MustCompile(`^[\r\n\t ]*(?:xref[\r\n\t ]|\d{1,10} \d{1,5} obj)`)
)

// tail is as much of a PDF's end as its last lines take.
const tail = 256

func isPDF(b []byte) bool {
	m := pdfEnd.FindSubmatch(b[max(0, len(b)-tail):])
	if m == nil {
		return false
	}
	at, err := strconv.Atoi(string(m[1]))
	if err != nil || at >= len(b) {
		return false
	}
	return pdfTable.Match(b[at:min(len(b), at+64)])
}

const (
	mostParts    = 5_000
	mostUnpacked = 200 << 20
	zipEnd       = 22 // bytes of the record that ends an archive, without a comment
)

// officeKind is what a document of Word or Excel is (ECMA-376): an archive that begins
// with its first part and ends with its directory, without macros.
func officeKind(b []byte) Kind {
	if len(b) < zipEnd || string(b[len(b)-zipEnd:len(b)-zipEnd+4]) != "PK\x05\x06" {
		return "" // a comment, or something else, stands behind the directory
	}
	end := b[len(b)-zipEnd:]
	size, at := uint64(binary.LittleEndian.Uint32(end[12:])), uint64(binary.LittleEndian.Uint32(end[16:]))
	if at+size+zipEnd != uint64(len(b)) {
		return ""
	}
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil || len(z.File) > mostParts {
		return ""
	}
	var kind Kind
	var types bool
	var unpacked uint64
	for _, f := range z.File {
		unpacked += f.UncompressedSize64
		name := strings.ToLower(f.Name)
		switch {
		case f.Flags&1 != 0, unpacked > mostUnpacked, strings.HasSuffix(name, "vbaproject.bin"):
			return "" // sealed, a bomb, or with a program in it
		case name == "[content_types].xml":
			types = true
		case name == "word/document.xml":
			kind = DOCX
		case name == "xl/workbook.xml":
			kind = XLSX
		}
	}
	if !types {
		return ""
	}
	return kind
}

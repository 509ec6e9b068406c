package rating

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"strings"
)

// Bounds of what an xlsx file unpacks to, before anything is read of it: a file of some
// kilobytes can be made to unpack to one cell of hundreds of megabytes. Excel itself
// knows cells of 32,767 characters and rows of 16,384 cells.
const (
	mostTag      = 64 << 10  // bytes of one tag with its attributes
	mostBetween  = 256 << 10 // bytes between two tags
	mostCell     = 512 << 10 // bytes of a cell, or of a text that cells share, with its tags
	mostRow      = 4 << 20   // bytes of a row
	mostShared   = 48 << 20  // bytes of the texts that cells share, held while a file is read
	mostRest     = 32 << 20  // bytes of all that is no sheet and no shared text
	mostUnpacked = 200 << 20 // bytes of all
)

// errUnpacks is told of a workbook over the bounds.
var errUnpacks = badFile("Excel 文件里有过大的单元格或行，或解压后过大。请删去多余的内容，在 Excel 里另存后再导入。",
	"The Excel file holds cells or rows that are too big, or unpacks to too much. Delete what is not needed, save it anew in Excel and import that.", nil)

// unpacked looks through a workbook once, holding nothing of it: one over the bounds is
// refused before it is opened. What else is wrong with a file is package sheet's to say.
func unpacked(file []byte, gone func() error) error {
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		return nil //nolint:nilerr // see above
	}
	left, shared, rest := int64(mostUnpacked), int64(mostShared), int64(mostRest)
	for _, f := range z.File {
		in, err := f.Open()
		if err != nil {
			return nil //nolint:nilerr // see above
		}
		name := strings.ToLower(f.Name)
		of := &rest
		switch {
		case strings.Contains(name, "worksheets"):
			of = new(int64(mostUnpacked))
		case strings.Contains(name, "sharedstrings"):
			of = &shared
		}
		n, err := io.Copy(&sizes{}, io.LimitReader(in, min(left, *of)+1))
		_ = in.Close() // only read
		if err := gone(); err != nil {
			return err
		}
		left, *of = left-n, *of-n
		if errors.Is(err, errSize) || left < 0 || *of < 0 {
			return errUnpacks
		}
	}
	return nil
}

var errSize = errors.New("rating: a cell or a row is too big")

// sizes measures the XML that is written to it.
type sizes struct {
	tag            bool   // inside a tag
	name           []byte // of the tag's element, as far as it is needed
	named          bool
	run, cell, row int
}

func (s *sizes) Write(b []byte) (int, error) {
	for _, c := range b {
		s.run++
		s.cell++
		s.row++
		most := mostBetween
		switch {
		case c == '<':
			s.tag, s.named, s.run, s.name = true, false, 0, s.name[:0]
		case c == '>':
			s.element()
			s.tag, s.run = false, 0
		case s.tag && !s.named:
			if c == ' ' || c == '/' && len(s.name) > 0 || c == '\t' || c == '\n' || c == '\r' {
				s.named = true
			} else if len(s.name) < 64 {
				s.name = append(s.name, c)
			}
		}
		if s.tag {
			most = mostTag
		}
		if s.run > most || s.cell > mostCell || s.row > mostRow {
			return 0, errSize
		}
	}
	return len(b), nil
}

// element begins to measure anew at a cell's, a shared text's and a row's beginning and
// end; of what has none of them (column widths, styles) each element counts alone.
func (s *sizes) element() {
	name := strings.TrimPrefix(string(s.name), "/")
	if i := strings.IndexByte(name, ':'); i >= 0 {
		name = name[i+1:]
	}
	switch name {
	case "r", "t", "rPr", "v", "f", "is": // parts of a cell or of a shared text
	case "c":
		s.cell = 0
	default:
		s.cell, s.row = 0, 0
	}
}

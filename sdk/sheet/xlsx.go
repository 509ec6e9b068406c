package sheet

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strconv"
	"strings"
)

// workbook is a workbook's parts.
type workbook struct {
	parts   map[string]*zip.File // by name in lower case
	strings []string
	limits  Limits
}

func openXLSX(file []byte, limits Limits) (*Book, error) {
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		return nil, broken(err)
	}
	w := &workbook{parts: map[string]*zip.File{}, limits: limits}
	var unpacked uint64
	for _, f := range z.File {
		if f.Flags&1 != 0 {
			return nil, sealed()
		}
		w.parts[partName(f.Name)] = f
		if unpacked += f.UncompressedSize64; unpacked > uint64(limits.Unpacked) {
			return nil, tooBig()
		}
	}
	main, types, err := w.main()
	if err != nil {
		return nil, damaged(err)
	}
	if w.parts[main] == nil {
		return nil, otherZip(z)
	}
	b := &Book{Format: XLSX, limits: limits, xlsx: w}
	if err := w.sheets(b, main); err != nil {
		return nil, damaged(err)
	}
	if len(b.Sheets) == 0 {
		return nil, damaged(errors.New("a workbook without sheets"))
	}
	if err := w.shared(types["sharedStrings"], main); err != nil {
		return nil, damaged(err)
	}
	for i := range b.Sheets {
		s := &b.Sheets[i]
		if s.merges, s.damage = w.merged(s.part); errors.Is(s.damage, errTooBig) {
			return nil, tooBig()
		}
	}
	return b, nil
}

// partName is a part's name as parts are looked for: programs differ in case and
// slashes.
func partName(s string) string {
	return strings.TrimPrefix(strings.ToLower(strings.ReplaceAll(s, `\`, "/")), "/")
}

// relation is where a part leads.
type relation struct {
	ID     string `xml:"Id,attr"`
	Type   string `xml:"Type,attr"`
	Target string `xml:"Target,attr"`
}

// relations are a part's, their targets as names of parts.
func (w *workbook) relations(of string) ([]relation, error) {
	name := path.Join(path.Dir(of), "_rels", path.Base(of)+".rels")
	if of == "" {
		name = "_rels/.rels"
	}
	if w.parts[name] == nil {
		return nil, nil
	}
	var all struct {
		Relations []relation `xml:"Relationship"`
	}
	if err := w.unmarshal(name, &all); err != nil {
		return nil, err
	}
	for i := range all.Relations {
		r := &all.Relations[i]
		if target := strings.ReplaceAll(r.Target, `\`, "/"); strings.HasPrefix(target, "/") {
			r.Target = partName(target)
		} else {
			r.Target = partName(path.Join(path.Dir(of), target))
		}
		r.Type = path.Base(r.Type)
	}
	return all.Relations, nil
}

// main is the part that has the list of sheets, and the targets of its relations
// by their type.
func (w *workbook) main() (name string, targets map[string]string, err error) {
	name = "xl/workbook.xml"
	root, err := w.relations("")
	if err != nil {
		return "", nil, err
	}
	for _, r := range root {
		if r.Type == "officeDocument" && strings.HasSuffix(r.Target, ".xml") && w.parts[r.Target] != nil && !strings.HasPrefix(r.Target, "word/") && !strings.HasPrefix(r.Target, "ppt/") {
			name = r.Target
		}
	}
	all, err := w.relations(name)
	targets = map[string]string{}
	for _, r := range all {
		targets[r.Type] = r.Target
	}
	return name, targets, err
}

// sheets lists the sheets with cells; charts have none.
func (w *workbook) sheets(b *Book, main string) error {
	var book struct {
		Props struct {
			Date1904 string `xml:"date1904,attr"`
		} `xml:"workbookPr"`
		Sheets []struct {
			Name  string     `xml:"name,attr"`
			State string     `xml:"state,attr"`
			Attrs []xml.Attr `xml:",any,attr"`
		} `xml:"sheets>sheet"`
	}
	if err := w.unmarshal(main, &book); err != nil {
		return err
	}
	b.Date1904 = book.Props.Date1904 == "1" || strings.EqualFold(book.Props.Date1904, "true")
	all, err := w.relations(main)
	if err != nil {
		return err
	}
	byID := map[string]relation{}
	for _, r := range all {
		byID[r.ID] = r
	}
	for _, s := range book.Sheets {
		for _, a := range s.Attrs {
			if r, ok := byID[a.Value]; ok && a.Name.Local == "id" && a.Name.Space != "" && r.Type == "worksheet" {
				b.Sheets = append(b.Sheets, Sheet{Name: s.Name, Hidden: s.State != "" && !strings.EqualFold(s.State, "visible"), part: r.Target})
			}
		}
	}
	return nil
}

// errTooBig ends the reading of a part that unpacks to more than it may.
var errTooBig = errors.New("sheet: a part is too big once unpacked")

// open opens a part. It ends with an error where it unpacks to more than it may,
// whatever the archive says of its size, or where a text in it has no end.
func (w *workbook) open(name string) (io.ReadCloser, error) {
	f := w.parts[name]
	if f == nil {
		return nil, errors.New("the part " + name + " is missing")
	}
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	return &bounded{r: r, left: w.limits.Unpacked, run: w.limits.Cell, longest: w.limits.Cell}, nil
}

// bounded bounds how much is read, and how much without a tag in it: a cell of
// hundreds of megabytes would be held in memory several times over.
type bounded struct {
	r            io.ReadCloser
	left         int64
	run, longest int
}

func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.r.Read(p)
	if b.left -= int64(n); b.left < 0 {
		return 0, errTooBig
	}
	for rest := p[:n]; ; {
		i := bytes.IndexByte(rest, '<')
		if i < 0 {
			if b.run -= len(rest); b.run < 0 {
				return 0, errLongCell
			}
			return n, err
		}
		if b.run < i {
			return 0, errLongCell
		}
		b.run, rest = b.longest, rest[i+1:]
	}
}

func (b *bounded) Close() error { return b.r.Close() }

var errLongCell = refuse("Excel 文件里有一个单元格过大（Excel 自己最多 32,767 个字符）。请删去它的内容后另存，再导入。",
	"The Excel file has a cell that is too big (Excel itself takes 32,767 characters). Empty it, save the file, and import that.")

func (w *workbook) unmarshal(name string, into any) error {
	r, err := w.open(name)
	if err != nil {
		return err
	}
	defer r.Close()
	return xml.NewDecoder(r).Decode(into)
}

// shared reads the texts that cells share.
func (w *workbook) shared(name, main string) error {
	if name == "" {
		name = path.Join(path.Dir(main), "sharedstrings.xml")
	}
	if w.parts[name] == nil {
		return nil // all of its texts stand in its cells
	}
	r, err := w.open(name)
	if err != nil {
		return err
	}
	defer r.Close()
	d := xml.NewDecoder(r)
	var size int64
	for {
		t, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if start, ok := t.(xml.StartElement); ok && start.Name.Local == "si" {
			s, err := richText(d, "si", w.limits.Cell)
			if err != nil {
				return err
			}
			if size += int64(len(s)) + 16; size > w.limits.Strings {
				return tooBig()
			}
			w.strings = append(w.strings, s)
		}
	}
}

// richText reads a text with or without runs of different fonts, to its end. How
// it is pronounced is no part of it.
func richText(d *xml.Decoder, end string, longest int) (string, error) {
	var out strings.Builder
	in, aside := false, 0
	for {
		t, err := d.RawToken()
		if err != nil {
			return "", unended(err)
		}
		switch t := t.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "t":
				in = true
			case "rPh":
				aside++
			}
		case xml.EndElement:
			switch t.Name.Local {
			case end:
				return unescaped(out.String()), nil
			case "t":
				in = false
			case "rPh":
				aside--
			}
		case xml.CharData:
			if in && aside == 0 {
				if out.Write(t); out.Len() > longest {
					return "", errLongCell
				}
			}
		}
	}
}

// unended is the error of a part that ends where it may not.
func unended(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// unescaped is a text with the characters that XML cannot hold, which Excel
// writes as _x000D_.
func unescaped(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	var out strings.Builder
	for {
		i := strings.Index(s, "_x")
		if i < 0 || i+7 > len(s) {
			out.WriteString(s)
			return out.String()
		}
		n, err := strconv.ParseUint(s[i+2:i+6], 16, 16)
		if err != nil || s[i+6] != '_' {
			out.WriteString(s[:i+2])
			s = s[i+2:]
			continue
		}
		out.WriteString(s[:i])
		out.WriteRune(rune(n))
		s = s[i+7:]
	}
}

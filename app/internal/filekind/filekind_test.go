package filekind

import (
	"archive/zip"
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"
)

// samples are files as programs write them.
func samples(t testing.TB) map[Kind][]byte {
	t.Helper()
	var j, p bytes.Buffer
	if err := jpeg.Encode(&j, image.NewGray(image.Rect(0, 0, 8, 8)), nil); err != nil {
		t.Fatal(err)
	}
	if err := png.Encode(&p, image.NewGray(image.Rect(0, 0, 8, 8))); err != nil {
		t.Fatal(err)
	}
	return map[Kind][]byte{JPEG: j.Bytes(), PNG: p.Bytes(), PDF: pdf(), DOCX: office(t, "word/document.xml"), XLSX: office(t, "xl/workbook.xml")}
}

func pdf() []byte {
	body := "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
	return []byte(body + fmt.Sprintf("xref\n0 3\n0000000000 65535 f \n0000000009 00000 n \n0000000052 00000 n \ntrailer<</Size 3/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(body)))
}

func office(t testing.TB, parts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range append([]string{"[Content_Types].xml"}, parts...) {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte("<x/>"))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestMinor15AFileIsWhatIsInItAndNothingBehindItsEnd(t *testing.T) {
	all := samples(t)
	for kind, content := range all {
		if got := Of(content); got != kind {
			t.Errorf("%s is taken for %q", kind, got)
		}
		for other, tail := range all {
			if kind == PDF && other == PDF {
				continue // that is how a PDF is added to (ISO 32000-1, 7.5.6)
			}
			if got := Of(append(bytes.Clone(content), tail...)); got != "" {
				t.Errorf("%s with %s behind it is taken for %q", kind, other, got)
			}
		}
		if got := Of(append(bytes.Clone(content), "anything"...)); got != "" {
			t.Errorf("%s with a word behind it is taken for %q", kind, got)
		}
		if got := Of(content[:len(content)-6]); got != "" {
			t.Errorf("a part of %s is taken for %q", kind, got)
		}
		if got := Of(append([]byte("x"), content...)); got != "" {
			t.Errorf("%s behind a letter is taken for %q", kind, got)
		}
	}
	for name, content := range map[string][]byte{
		"nothing": nil, "a program": []byte("MZ\x90\x00"), "a page": []byte("<!doctype html><script>"), "a picture of lines": []byte("<svg xmlns='http://www.w3.org/2000/svg'/>"),
		"an archive":                             office(t, "a.txt"),
		"a document with macro":                  office(t, "word/document.xml", "word/vbaProject.bin"),
		"a PDF's end alone":                      []byte("%PDF-1.4\nhello\nstartxref\n999999\n%%EOF\n"),
		"a PDF with an archive and an end again": append(append(pdf(), office(t, "a.txt")...), "\n%%EOF\n"...),
		"a wide picture": func() []byte {
			var b bytes.Buffer
			if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, MostPixels+1, 1))); err != nil {
				t.Fatal(err)
			}
			return b.Bytes()
		}(),
	} {
		if got := Of(content); got != "" {
			t.Errorf("%s is taken for %q", name, got)
		}
	}
	if !strings.HasPrefix(DOCX.Media(), "application/vnd.openxml") || JPEG.Extension() != ".jpg" || PDF.Extension() != ".pdf" {
		t.Error("kinds have other names")
	}
}

func FuzzOf(f *testing.F) {
	for _, b := range samples(f) {
		f.Add(b)
	}
	f.Fuzz(func(_ *testing.T, b []byte) { Of(b) })
}

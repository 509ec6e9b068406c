package runtime

import (
	"bytes"
	"encoding/base64"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/mingcha-console/mingcha/app/internal/intake"
	"github.com/mingcha-console/mingcha/app/internal/journal"
	"github.com/mingcha-console/mingcha/app/internal/list"
)

// Whatever is exported says what the journal was then, in a form that verify
// takes: a sheet of its own, or beside a file that programs read.
func TestJ2EveryFileCarriesTheJournalsState(t *testing.T) {
	p := makePast(t)
	c, err := Open(t.Context(), Options{Dir: p.copy(t).dir})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	j, err := c.desk().Journal(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	cp, err := journal.Open(j.Note, j.PublicKey)
	if err != nil || cp.Origin != j.Origin || cp.Size > j.Head.Size {
		t.Fatalf("%+v, %v", j, err)
	}
	var b bytes.Buffer
	if err := writeNamed(&b, list.File{Format: list.XLSX, Journal: j}); err != nil {
		t.Fatal(err)
	}
	x, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	sheets := x.GetSheetList()
	rows, err := x.GetRows(list.JournalSheet)
	if err != nil || sheets[len(sheets)-1] != list.JournalSheet || len(sheets) != 2 || x.GetActiveSheetIndex() != 0 {
		t.Fatalf("sheets %q, %v", sheets, err)
	}
	var text strings.Builder
	for _, r := range rows {
		text.WriteString(strings.Join(r, "\n") + "\n")
	}
	for name, said := range map[string]string{"a sheet": text.String(), "a file beside it": j.Text(), "a header": j.Line() + "\n" + decoded(t, base64.StdEncoding.EncodeToString([]byte(j.Note)))} {
		kept, err := intake.ReadKept(said, name)
		if err != nil || len(kept) != 2 {
			t.Errorf("%s: %d states, %v", name, len(kept), err)
		}
		if zh, en := found(t.Context(), p.dir, kept...); name == "a sheet" && zh+en != "" {
			t.Errorf("%s: %s %s", name, zh, en)
		}
	}
}

func decoded(t *testing.T, s string) string {
	t.Helper()
	b, err := base64.StdEncoding.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

type row struct{ name string }

var named = list.List[row, struct{}]{Name: "named", ZH: "名单", Columns: []list.Column[row]{list.Text("name", "姓名", "name", 12, func(r *row) string { return r.name })}}

// writeNamed writes a list of one row.
func writeNamed(b *bytes.Buffer, f list.File) error {
	return named.Write(b, f, func(each func(*row) error) error { return each(&row{"王"}) })
}

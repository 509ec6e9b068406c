package ratings

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/intake"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// File is an electronic rater's export as the office hands it over.
type File struct {
	Name       string
	Bytes      []byte
	Department string // code; of a file that does not say
	FiveBest   bool   // levels in numbers count up to the best, and not down as in GB/T 39046-2020
}

// Preview is what was understood of a file, before anything is taken.
type Preview struct {
	SHA256      string
	Format      string // "csv" or "xlsx"
	Encoding    string // of csv
	Sheet       string // of xlsx
	Columns     []Column
	Rows        int
	Usable      int
	Levels      [5]int // of usable rows, the best first
	Numeric     bool   // levels are numbers
	Departments []DepartmentRows
	First, Last time.Time // of usable rows
	Callable    int       // usable rows with a telephone
	NoItem      int       // usable rows whose item is not listed
	Sample      []SampleRow
	Wrong       []WrongRow // at most mostWrong
	Before      []Import   // of the same file
}

// DepartmentRows are a file's usable rows of a department.
type DepartmentRows struct {
	Department string // code
	Rows       int
}

// SampleRow is one of a file's first rows as it was understood. Who rated is not
// shown.
type SampleRow struct {
	Line       int
	Department string
	Window     string
	Handler    string
	CaseNo     string
	Level      int
	RatedAt    time.Time
	Callable   bool
	Text       string
}

// WrongRow is a row that cannot be used.
type WrongRow struct {
	Line   int
	ZH, EN string
}

const (
	sampleRows = 10
	mostWrong  = 5000
	batch      = 2000 // rows that are taken in one transaction
)

// Preview reads a file and takes nothing.
func (s *Ratings) Preview(ctx context.Context, f File) (*Preview, error) {
	r, err := s.reader(ctx, &f)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(f.Bytes)
	p := &Preview{SHA256: hex.EncodeToString(sum[:]), Format: r.format, Encoding: r.encoding, Sheet: r.sheet, Columns: r.columns}
	if err := r.read(func(x *row) error {
		p.add(x)
		return ctx.Err()
	}); err != nil {
		return nil, err
	}
	slices.SortFunc(p.Departments, func(a, b DepartmentRows) int { return strings.Compare(a.Department, b.Department) })
	p.Before, err = s.imports(ctx, p.SHA256)
	return p, err
}

func (p *Preview) add(x *row) {
	p.Rows++
	if x.wrong.zh != "" {
		if len(p.Wrong) < mostWrong {
			p.Wrong = append(p.Wrong, WrongRow{x.line, x.wrong.zh, x.wrong.en})
		}
		return
	}
	p.Usable++
	p.Levels[x.Level-1]++
	p.Numeric = p.Numeric || x.numeric
	i := slices.IndexFunc(p.Departments, func(d DepartmentRows) bool { return d.Department == x.Department })
	if i < 0 {
		i = len(p.Departments)
		p.Departments = append(p.Departments, DepartmentRows{Department: x.Department})
	}
	p.Departments[i].Rows++
	at := x.RatedAt.AsTime()
	if p.First.IsZero() || at.Before(p.First) {
		p.First = at
	}
	if at.After(p.Last) {
		p.Last = at
	}
	if x.RaterPhone != "" {
		p.Callable++
	}
	if x.item {
		p.NoItem++
	}
	if len(p.Sample) < sampleRows {
		p.Sample = append(p.Sample, SampleRow{Line: x.line, Department: x.Department, Window: x.Window, Handler: x.Handler.GetName(), CaseNo: x.CaseNo,
			Level: int(x.Level), RatedAt: at, Callable: x.RaterPhone != "", Text: x.Text})
	}
}

// Imported is what became of a file's rows.
type Imported struct {
	Rows      int
	Taken     int // new
	Known     int // stand in the journal already
	Corrected int // change one that stands there
	Refused   int // cannot be used; in quarantine
}

// Import takes a file's ratings. What stands in the journal already changes
// nothing, so the same file and one that overlaps it may be imported again; also
// after an import that broke off.
func (s *Ratings) Import(ctx context.Context, by access.Principal, f File) (*Imported, error) {
	r, err := s.reader(ctx, &f)
	if err != nil {
		return nil, err
	}
	var all []*pb.RatingRecord
	sum := sha256.Sum256(f.Bytes)
	if err := r.read(func(x *row) error {
		all = append(all, x.record(hex.EncodeToString(sum[:8])))
		return ctx.Err()
	}); err != nil {
		return nil, err
	}
	out := &Imported{Rows: len(all)}
	for some := range slices.Chunk(all, batch) {
		n, err := s.journal.ImportRatings(ctx, some)
		if err != nil {
			return nil, err
		}
		out.Taken, out.Known, out.Corrected, out.Refused = out.Taken+n.Taken, out.Known+n.Known, out.Corrected+n.Corrected, out.Refused+n.Refused
	}
	_, _, err = s.journal.Act(ctx, intake.Act{Key: imported + "/" + rand.Text(), Type: imported, By: by.Account, Data: importedData{Name: fileName(f.Name), SHA256: hex.EncodeToString(sum[:]),
		Rows: out.Rows, Taken: out.Taken, Known: out.Known, Corrected: out.Corrected, Refused: out.Refused}})
	return out, err
}

// record is what is handed to intake of a row: also one that cannot be used is
// kept, in quarantine.
func (x *row) record(file string) *pb.RatingRecord {
	if x.wrong.zh == "" {
		return &pb.RatingRecord{Record: &pb.RatingRecord_Rating{Rating: x.Rating}}
	}
	var raw bytes.Buffer
	w := csv.NewWriter(&raw)
	_ = w.Write(x.cells) // to memory
	w.Flush()
	return &pb.RatingRecord{Record: &pb.RatingRecord_Unreadable{Unreadable: &pb.Unreadable{SourceId: fmt.Sprintf("file/%s/%d", file, x.line),
		Raw: raw.Bytes(), RawSize: uint64(raw.Len()), ReasonZh: fmt.Sprintf("第 %d 行：%s。", x.line, x.wrong.zh), ReasonEn: fmt.Sprintf("Line %d: %s.", x.line, x.wrong.en)}}}
}

// fileName is a file's name without where it lay.
func fileName(name string) string {
	name = tidy(path.Base(strings.ReplaceAll(name, `\`, "/")))
	if r := []rune(name); len(r) > 120 {
		name = string(r[:120])
	}
	return name
}

// reader gets ready to read a file.
func (s *Ratings) reader(ctx context.Context, f *File) (*reader, error) {
	t, err := open(f.Bytes)
	if err != nil {
		return nil, err
	}
	h, err := findHead(t.each)
	if err != nil {
		return nil, err
	}
	if err := h.check(f.Department); err != nil {
		return nil, err
	}
	r := &reader{table: t, head: h, department: f.Department, fiveBest: f.FiveBest, zone: s.journal.Calendar().Zone(), now: s.now(),
		departments: map[string]string{}, items: map[string]string{}}
	departments, items, err := s.store.Catalogue(ctx)
	if err != nil {
		return nil, err
	}
	codes := map[int64]string{}
	for _, d := range departments {
		codes[d.ID] = d.Code
		for _, name := range []string{d.Code, d.Name, d.NameEN} {
			if name != "" {
				r.departments[plain(name)] = d.Code
			}
		}
	}
	if _, known := r.departments[plain(f.Department)]; !known && f.Department != "" {
		return nil, invalid("department", "没有这个部门", "there is no such department")
	}
	for _, it := range items {
		r.items[codes[it.Dept]+"/"+plain(it.Code)] = it.Code
		r.items[codes[it.Dept]+"/"+plain(it.Name)] = it.Code
	}
	return r, nil
}

// Import is an import that was made.
type Import struct {
	At      time.Time
	Account uint64
	Name    string
	SHA256  string
	Imported
}

// Imports lists the imports, newest first.
func (s *Ratings) Imports(ctx context.Context) ([]Import, error) { return s.imports(ctx, "") }

func (s *Ratings) imports(ctx context.Context, sum string) ([]Import, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT at, account, name, sha256, lines, taken, known, corrected, refused FROM rating_imports
		WHERE ?1 = '' OR sha256 = ?1 ORDER BY id DESC LIMIT 50`, sum)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := []Import{}
	for rows.Next() {
		var x Import
		var at int64
		if err := rows.Scan(&at, &x.Account, &x.Name, &x.SHA256, &x.Rows, &x.Taken, &x.Known, &x.Corrected, &x.Refused); err != nil {
			return nil, err
		}
		x.At = when(at)
		out = append(out, x)
	}
	return out, rows.Err()
}

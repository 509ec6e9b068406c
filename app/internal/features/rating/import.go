package rating

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/act"
	"github.com/mingcha-console/mingcha/app/internal/store"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
	"github.com/mingcha-console/mingcha/sdk/sheet"
)

// File is an electronic rater's export as the office hands it over, and what
// somebody said of it that it does not say itself.
type File struct {
	Name       string
	Bytes      []byte
	Department string // code; of a file that does not say
	// DepartmentColumn is the heading of the column that says the department
	// though it is not called so; notAny: none that looks like one is.
	DepartmentColumn string
	Meaning          Meaning  // what the levels mean that leave a doubt
	Sheets           []string // those to read; none: all that are not hidden
	// FollowOld makes matters, too, of bad ratings that were given too long ago for that.
	FollowOld bool
}

// Preview is what was understood of a file, before anything is taken.
type Preview struct {
	SHA256      string
	Format      string // "csv" or "xlsx"
	Encoding    string // of csv
	Sheets      []SheetRows
	Columns     []Column // of the first sheet that is read
	Values      []LevelValue
	Asks        []Ask // what must be said before anything is taken
	Warnings    []Warning
	Rows        int // ratings, as it seems: Usable and those in Wrong
	Usable      int
	Notes       []Note // rows that are no ratings: totals, notes; at most mostNotes
	NoteRows    int
	Levels      [5]int // of usable rows, the best first
	Departments []DepartmentRows
	First, Last time.Time // of usable rows
	Callable    int       // usable rows with a telephone
	NoItem      int       // usable rows whose item is not listed
	Old         int       // usable rows with bad ratings too old to be followed up by themselves

	Sample []SampleRow
	Wrong  []WrongRow // at most mostWrong
	Before []Import   // of the same file
}

// SheetRows is a sheet of a file.
type SheetRows struct {
	Name       string `json:"name" doc:"empty: of csv"`
	Hidden     bool   `json:"hidden"`
	Read       bool   `json:"read"`
	ZH         string `json:"zh,omitempty" doc:"why it is not read"`
	EN         string `json:"en,omitempty"`
	Rows       int    `json:"rows" doc:"ratings in it, usable or not"`
	Department string `json:"department,omitempty" doc:"code; of a sheet whose name says whose ratings it has"`
}

// SchemaName is its name in the API's description.
func (SheetRows) SchemaName() string { return "RatingFileSheet" }

// LevelValue is what stands in the column of levels, and what it means.
type LevelValue struct {
	Key    string `json:"key" doc:"what a meaning is given to"`
	Text   string `json:"text" doc:"as it stands in the file"`
	Rows   int    `json:"rows"`
	Kind   string `json:"kind,omitempty" enum:",number,letter,stars" doc:"empty: it is a word; a number or a letter is of a scale that nobody can know"`
	Number int    `json:"number,omitempty" doc:"which number it is, of letters from 1; absent: 0, or it is none"`
	Stars  int    `json:"stars,omitempty" doc:"it is so many stars"`
	Level  string `json:"level" enum:",very_satisfied,satisfied,fair,dissatisfied,very_dissatisfied,left_out" doc:"empty: not known"`
	Asked  bool   `json:"asked" doc:"somebody must say what it means before the file is imported"`
}

// SchemaName is its name in the API's description.
func (LevelValue) SchemaName() string { return "RatingFileLevel" }

// Ask is something that a file does not say and nobody may guess.
type Ask struct {
	Of      string   `json:"of" enum:"level,department"`
	Sheet   string   `json:"sheet,omitempty"`
	Columns []string `json:"columns,omitempty" doc:"headings of columns that may be the department"`
	ZH      string   `json:"zh"`
	EN      string   `json:"en"`
}

// SchemaName is its name in the API's description.
func (Ask) SchemaName() string { return "RatingFileQuestion" }

// Warning is something that does not agree in a file, or with what was said of it, and
// that hinders nothing.
type Warning struct {
	ZH string `json:"zh"`
	EN string `json:"en"`
}

// SchemaName is its name in the API's description.
func (Warning) SchemaName() string { return "RatingFileWarning" }

// Note is a row that is no rating.
type Note struct {
	Sheet string `json:"sheet,omitempty"`
	Line  int    `json:"line"`
	Text  string `json:"text"`
}

// SchemaName is its name in the API's description.
func (Note) SchemaName() string { return "RatingFileNote" }

// DepartmentRows are a file's usable rows of a department.
type DepartmentRows struct {
	Department string `json:"department"`
	Rows       int    `json:"rows"`
}

// SchemaName is its name in the API's description.
func (DepartmentRows) SchemaName() string { return "RatingFileCount" }

// SampleRow is one of a file's first rows as it was understood. Who rated is not
// shown.
type SampleRow struct {
	Sheet      string
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

// WrongRow is a row that cannot be used, and where in it the fault lies.
type WrongRow struct {
	Sheet  string `json:"sheet,omitempty"`
	Line   int    `json:"line"`
	Column string `json:"column,omitempty" doc:"its letters and its heading; empty: the row as a whole"`
	ZH     string `json:"zh"`
	EN     string `json:"en"`
}

// SchemaName is its name in the API's description.
func (WrongRow) SchemaName() string { return "RatingFileFault" }

const (
	sampleRows = 10
	mostWrong  = 5000
	mostNotes  = 100
	batch      = 2000 // rows that are taken in one transaction
)

// Preview reads a file and takes nothing.
func (s *Ratings) Preview(ctx context.Context, f File) (*Preview, error) {
	r, err := s.reader(ctx, &f)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(f.Bytes)
	p := &Preview{SHA256: hex.EncodeToString(sum[:]), Format: r.Format, Encoding: r.Encoding}
	sheets := map[*part]int{}
	for _, x := range r.parts {
		sheets[x] = len(p.Sheets)
		p.Sheets = append(p.Sheets, SheetRows{Name: x.name, Hidden: x.hidden, Read: x.read, ZH: x.why.zh, EN: x.why.en})
		if x.byName {
			p.Sheets[sheets[x]].Department = x.department
		}
		if x.read && p.Columns == nil {
			p.Columns = x.columns
		}
	}
	p.Values, p.Asks, p.Warnings = r.values(), r.asked(), r.warned()
	if err := r.read(func(x *row) error {
		if !x.note {
			p.Sheets[sheets[x.part]].Rows++
		}
		p.add(x, r.now)
		return ctx.Err()
	}); err != nil {
		return nil, err
	}
	slices.SortFunc(p.Departments, func(a, b DepartmentRows) int { return strings.Compare(a.Department, b.Department) })
	p.Before, err = s.imports(ctx, p.SHA256)
	return p, err
}

func (p *Preview) add(x *row, now time.Time) {
	if x.note {
		if p.NoteRows++; len(p.Notes) < mostNotes {
			p.Notes = append(p.Notes, Note{x.name, x.line, x.first()})
		}
		return
	}
	p.Rows++
	if x.wrong.zh != "" {
		if len(p.Wrong) < mostWrong {
			p.Wrong = append(p.Wrong, WrongRow{x.name, x.line, x.place(), x.wrong.zh, x.wrong.en})
		}
		return
	}
	p.Usable++
	p.Levels[x.Level-1]++
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
	if isOld(int(x.Level), at, now) {
		p.Old++
	}
	if len(p.Sample) < sampleRows {
		p.Sample = append(p.Sample, SampleRow{Sheet: x.name, Line: x.line, Department: x.Department, Window: x.Window, Handler: x.Handler.GetName(), CaseNo: x.CaseNo,
			Level: int(x.Level), RatedAt: at, Callable: x.RaterPhone != "", Text: x.Text})
	}
}

// Imported is what became of a file's rows.
type Imported struct {
	Rows      int `json:"rows"`
	Taken     int `json:"taken" doc:"new"`
	Known     int `json:"known" doc:"stand in the journal already"`
	Corrected int `json:"corrected" doc:"change one that stands there"`
	Refused   int `json:"refused" doc:"cannot be used; in quarantine"`
	Notes     int `json:"notes,omitempty" doc:"rows that are no ratings, such as totals; not among rows"`
	Old       int `json:"old,omitempty" doc:"bad ratings among the rows that were given more than 30 days before they came in, and so are no matters; see follow_old"`
	Followed  int `json:"followed,omitempty" doc:"such bad ratings that went to their departments, since follow_old asked for it"`
}

// SchemaName is its name in the API's description.
func (Imported) SchemaName() string { return "RatingImported" }

// Import takes a file's ratings. What stands in the journal already changes
// nothing, so the same file and one that overlaps it may be imported again; also
// after an import that broke off.
func (s *Ratings) Import(ctx context.Context, by access.Principal, f File) (*Imported, error) {
	r, err := s.reader(ctx, &f)
	if err != nil {
		return nil, err
	}
	if len(r.asks) > 0 {
		return nil, unsaid(r.asks)
	}
	var all []*pb.RatingRecord
	notes := 0
	sum := sha256.Sum256(f.Bytes)
	if err := r.read(func(x *row) error {
		if x.note {
			notes++
			return nil
		}
		all = append(all, x.record(hex.EncodeToString(sum[:8])))
		return ctx.Err()
	}); err != nil {
		return nil, err
	}
	if err := s.again(ctx, all); err != nil {
		return nil, err
	}
	out := &Imported{Rows: len(all), Notes: notes}
	for some := range slices.Chunk(all, batch) {
		n, err := s.records.ImportRatings(ctx, some)
		if err != nil {
			if out.Taken+out.Corrected+out.Refused > 0 { // what was taken is told, though nobody may wait for it
				err = errors.Join(err, s.tell(context.WithoutCancel(ctx), by, &f, out))
			}
			return nil, err
		}
		out.Taken, out.Known, out.Corrected, out.Refused = out.Taken+n.Taken, out.Known+n.Known, out.Corrected+n.Corrected, out.Refused+n.Refused
	}
	old, err := s.old(ctx, all)
	if err != nil {
		return nil, err
	}
	if out.Old = len(old); f.FollowOld {
		if err := s.followOld(ctx, old); err != nil {
			return nil, err
		}
		out.Old, out.Followed = 0, len(old)
	}
	return out, s.tell(ctx, by, &f, out)
}

// tell journals what was taken of a file.
func (s *Ratings) tell(ctx context.Context, by access.Principal, f *File, out *Imported) error {
	sum := sha256.Sum256(f.Bytes)
	_, _, err := imported.Do(ctx, s.office.Journal, act.Once(imported.Name(), by.Account), by.Account, importedData{Name: fileName(f.Name), SHA256: hex.EncodeToString(sum[:]),
		Rows: out.Rows, Taken: out.Taken, Known: out.Known, Corrected: out.Corrected, Refused: out.Refused, Followed: out.Followed})
	return err
}

// record is what is handed to intake of a row: also one that cannot be used is
// kept, in quarantine.
func (x *row) record(file string) *pb.RatingRecord {
	if x.wrong.zh == "" {
		return &pb.RatingRecord{Record: &pb.RatingRecord_Rating{Rating: x.Rating}}
	}
	var raw bytes.Buffer
	w := csv.NewWriter(&raw)
	cells := make([]string, len(x.cells))
	for i, c := range x.cells {
		cells[i] = c.Text
	}
	_ = w.Write(cells) // to memory
	w.Flush()
	id := fmt.Sprintf("file/%s/%d", file, x.line)
	if x.n > 0 {
		id = fmt.Sprintf("file/%s/%d/%d", file, x.n, x.line)
	}
	zh, en := x.where()
	return &pb.RatingRecord{Record: &pb.RatingRecord_Unreadable{Unreadable: &pb.Unreadable{SourceId: id,
		Raw: raw.Bytes(), RawSize: uint64(raw.Len()), ReasonZh: fmt.Sprintf("%s：%s。", zh, x.wrong.zh), ReasonEn: fmt.Sprintf("%s: %s.", en, x.wrong.en)}}}
}

// place is the column in which a row is wrong, as spreadsheets call it, with its
// heading; empty: it is the row as a whole.
func (x *row) place() string {
	i, ok := x.column[x.wrong.of]
	if x.wrong.of == fieldDepartment && x.whose >= 0 {
		i, ok = x.whose, true
	}
	if !ok {
		return ""
	}
	return fmt.Sprintf("%s %s", sheet.Column(i), x.columns[i].Heading)
}

// where is the place of a row's fault in words.
func (x *row) where() (zh, en string) {
	zh, en = fmt.Sprintf("第 %d 行", x.line), fmt.Sprintf("Line %d", x.line)
	if x.name != "" {
		zh, en = fmt.Sprintf("工作表“%s”%s", x.name, zh), fmt.Sprintf("Sheet “%s”, line %d", x.name, x.line)
	}
	if p := x.place(); p != "" {
		zh, en = fmt.Sprintf("%s %s 列", zh, p), fmt.Sprintf("%s, column %s", en, p)
	}
	return zh, en
}

// first is the first text of a row.
func (x *row) first() string {
	for i := range x.cells {
		if t := x.at(i); t != "" {
			return cut(t)
		}
	}
	return ""
}

// fileName is a file's name without where it lay.
func fileName(name string) string {
	name = tidy(path.Base(strings.ReplaceAll(name, `\`, "/")))
	if r := []rune(name); len(r) > 120 {
		name = string(r[:120])
	}
	return name
}

var errNoRows = badFile("文件里只有列名，没有一行评价。请核对导出的日期范围和部门，重新导出。", "The file has headings and not one rating below them. Check the dates and the department of the export, and export it again.", nil)

var errDepartment = Invalid("department", "没有这个部门", "there is no such department")

// reader gets ready to read a file.
func (s *Ratings) reader(ctx context.Context, f *File) (*reader, error) {
	t, err := openTable(f.Bytes, f.Sheets, ctx.Err)
	if err != nil {
		return nil, err
	}
	r := &reader{table: t, meaning: f.Meaning, none: f.DepartmentColumn == notAny, now: s.office.Now(), times: timeReader{s.office.Calendar().Zone(), t.Date1904}}
	if err := s.catalogue(ctx, r); err != nil {
		return nil, err
	}
	if f.Department != "" && r.names.called[f.Department] == "" {
		return nil, errDepartment
	}
	if err := r.survey(f); err != nil {
		return nil, err
	}
	if r.empty() {
		return nil, errNoRows
	}
	return r, s.casesOf(ctx, r)
}

// casesOf looks up whose the cases are that a file names, where it does not say the
// department itself.
func (s *Ratings) casesOf(ctx context.Context, r *reader) error {
	var numbers []string
	for _, p := range r.parts {
		numbers = append(numbers, slices.Collect(maps.Keys(p.seen.cases))...)
	}
	r.cases = map[string][]string{}
	for some := range slices.Chunk(numbers, batch) {
		list, err := json.Marshal(some)
		if err != nil {
			return err
		}
		if err := store.EachRow(ctx, s.office.Store.Readers(), func(row *sql.Rows) error {
			var number, code string
			err := row.Scan(&number, &code)
			r.cases[number] = append(r.cases[number], code)
			return err
		}, `SELECT c.case_no, d.code FROM json_each(?) n CROSS JOIN cases c ON c.case_no = n.value JOIN departments d ON d.id = c.dept ORDER BY 1, 2`, string(list)); err != nil {
			return err
		}
	}
	return nil
}

// catalogue brings the names of departments and items.
func (s *Ratings) catalogue(ctx context.Context, r *reader) error {
	departments, items, err := s.office.Store.Catalogue(ctx)
	if err != nil {
		return err
	}
	r.names, r.items = &names{newCodebook(), map[string]string{}}, map[string]*codebook{}
	codes := map[int64]string{}
	for _, d := range departments {
		codes[d.ID] = d.Code
		r.names.called[d.Code] = d.Code
		for _, name := range []string{d.Code, d.NameEN, d.Name} {
			if name != "" {
				r.names.add(name, d.Code)
				r.names.called[d.Code] = name
			}
		}
	}
	for _, it := range items {
		of := codes[it.Dept]
		if r.items[of] == nil {
			r.items[of] = newCodebook()
		}
		r.items[of].add(it.Code, it.Code)
		r.items[of].add(it.Name, it.Code)
	}
	return nil
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
	rows, err := s.office.Store.Readers().QueryContext(ctx, `SELECT at, account, name, sha256, lines, taken, known, corrected, refused FROM rating_imports
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
		x.At = store.Time(at)
		out = append(out, x)
	}
	return out, rows.Err()
}

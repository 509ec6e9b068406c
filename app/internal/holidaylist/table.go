package holidaylist

import (
	"encoding/csv"
	"regexp"
	"strings"
)

// column is what a table's column holds.
type column uint8

const (
	other    column = iota
	festival        // 节日
	resting         // 放假时间
	working         // 调休上班
	dated           // 日期, which another column says what it is
	kind            // 放假 or 上班
	begins          // 开始日期
	ends            // 结束日期
	length          // 天数
)

var headed = []struct {
	form *regexp.Regexp
	is   column
}{
	{regexp.MustCompile(`天数|几天`), length},
	{regexp.MustCompile(`上班|补班`), working},
	{regexp.MustCompile(`开始|起始|起$`), begins},
	{regexp.MustCompile(`结束|截止|止$`), ends},
	{regexp.MustCompile(`类型|类别|状态|性质|是否|^安排$`), kind},
	{regexp.MustCompile(`放假|休假|休息`), resting},
	{regexp.MustCompile(`调休`), working},
	{regexp.MustCompile(`节日|节假日|名称|假期$|假日$`), festival},
	{regexp.MustCompile(`日期|时间`), dated},
}

// bar parts the columns of a table that came as text.
var bar = regexp.MustCompile(`\s*[|｜│]\s*`)

// isTable tells tables from sentences: Word and Excel part columns by tabs.
func isTable(text string) bool {
	return strings.Contains(text, "\t") || len(bar.FindAllString(text, 4)) >= 4
}

// cells are a table's rows. Excel puts cells of several lines into quotes.
func cells(text string) ([][]string, error) {
	if !strings.Contains(text, "\t") {
		lines := strings.Split(text, "\n")
		for i, l := range lines {
			lines[i] = bar.ReplaceAllString(strings.Trim(strings.TrimSpace(l), "|｜│"), "\t")
		}
		text = strings.Join(lines, "\n")
	}
	in := csv.NewReader(strings.NewReader(text))
	in.Comma, in.LazyQuotes, in.FieldsPerRecord = '\t', true, -1
	rows, err := in.ReadAll()
	if err != nil {
		return nil, wrong("表格读不懂（%v）。请把通知的文字粘贴进来。", "The table cannot be read (%v). Paste the notice's sentences.", err)
	}
	return rows, nil
}

// table reads a table, of a holiday a row or a day a row.
func (r *reader) table(text string) error {
	rows, err := cells(text)
	if err != nil || len(rows) == 0 {
		return err
	}
	if festivalsAcross(rows[0]) {
		rows = turned(rows)
	}
	var columns []column
	for _, row := range rows {
		if c := heading(row); c != nil && columns == nil {
			columns = c
			continue
		}
		if err := r.row(row, columns); err != nil {
			return err
		}
	}
	return nil
}

// festivalsAcross tells a table with a festival a column by its first row.
func festivalsAcross(row []string) bool {
	n := 0
	for _, cell := range row {
		if _, at := festivalsIn(cell); at >= 0 && !dateForm.MatchString(plain(cell)) {
			n++
		}
	}
	return n > 1
}

// turned is a table with its columns as rows.
func turned(rows [][]string) [][]string {
	out := make([][]string, len(rows[0]))
	for _, row := range rows {
		for i := range out {
			cell := ""
			if i < len(row) {
				cell = row[i]
			}
			out[i] = append(out[i], cell)
		}
	}
	return out
}

// heading tells what a row's columns are, if it is a table's heading; else nil.
func heading(row []string) []column {
	out, known := make([]column, len(row)), 0
	for i, cell := range row {
		cell = plain(cell)
		if dateForm.MatchString(cell) {
			return nil
		}
		for _, h := range headed {
			if h.form.MatchString(cell) {
				out[i] = h.is
				known++
				break
			}
		}
	}
	if known < 2 {
		return nil
	}
	return out
}

// row reads a row; a festival's cell that is empty is merged with the one above.
func (r *reader) row(row []string, columns []column) error {
	of := func(i int) column {
		if i < len(columns) {
			return columns[i]
		}
		return other
	}
	if alone := strings.TrimSpace(strings.Join(row, "")); alone == strings.TrimSpace(row[0]) {
		for _, line := range sentences.Split(alone, -1) { // a title, or a sentence beneath
			if err := r.sentence(line); err != nil {
				return err
			}
		}
		return nil
	}
	given := map[column]string{} // by column
	add := func(c column, text string) { given[c] += text + "；" }
	for i, cell := range row {
		cell = plain(strings.ReplaceAll(strings.TrimSpace(cell), "\n", "、"))
		if name, at := festivalsIn(cell); at >= 0 && (of(i) == festival || !dateForm.MatchString(cell)) {
			r.festival = name
		}
		if c := of(i); c != other && c != resting && c != working && c != dated && c != begins && c != ends && dateForm.MatchString(cell) {
			return wrong("“%s”和表头对不上。单元格里有换行时，请改为粘贴通知的文字。", "%q does not stand under its heading. Where cells have several lines, paste the notice's sentences.", cell)
		}
		if cell != "" {
			add(of(i), cell)
		}
	}
	if from, to := strings.TrimSuffix(given[begins], "；"), strings.TrimSuffix(given[ends], "；"); from != "" {
		if to != "" && to != from {
			from += "至" + to
		}
		add(resting, from)
	}
	if dates := given[dated]; dates != "" {
		switch said(strings.TrimSuffix(given[kind], "；")) {
		case worked:
			add(working, dates)
		case off:
			add(resting, dates)
		default:
			add(other, dates)
		}
	}
	days := 0
	for _, part := range []struct {
		text string
		is   role
	}{{given[resting], off}, {given[working], worked}, {given[other], unsaid}} {
		n, err := r.cell(part.text, part.is)
		if err != nil {
			return err
		}
		days += n
	}
	if n := strings.TrimSuffix(given[length], "；"); n != "" && days > 0 {
		return r.counted(strings.TrimSuffix(n, "天")+"天", days)
	}
	return nil
}

// cell reads the dates of a cell; its own words go before its heading's. It tells
// how many days of rest it has.
func (r *reader) cell(text string, is role) (resting int, err error) {
	for _, part := range sentences.Split(text, -1) {
		for _, clause := range clauses.Split(part, -1) {
			all, rest, err := r.spans(clause, r.festival)
			if err != nil || len(all) == 0 {
				if err != nil {
					return 0, err
				}
				continue
			}
			what := said(rest)
			if what == unsaid {
				what = is
			}
			switch what {
			case unsaid:
				return 0, wrong("“%s”没有写明是放假还是上班。请连表头一起粘贴。", "%q does not say whether these days are of rest or of work. Paste the table with its heading.", text)
			case passed:
				continue
			case off:
				for _, s := range all {
					resting += s.days()
				}
			}
			if err := r.put(all, what); err != nil {
				return 0, err
			}
		}
	}
	return resting, nil
}

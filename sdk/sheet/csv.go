package sheet

import (
	"bytes"
	"fmt"
	"strings"
)

func openCSV(file []byte, limits Limits) (*Book, error) {
	text, name, ok := decoded(file)
	if zeros := bytes.Count(file, []byte{0}); !ok && zeros > 0 {
		line := 1 + bytes.Count(file[:bytes.IndexByte(file, 0)], []byte("\n"))
		return nil, refuse(fmt.Sprintf("文件读不懂：既不是 CSV 文本，也不是 Excel 文件，里面夹着零字节（从第 %d 行起共 %d 个），也可能是复制或下载中断。请从来源系统重新导出。", line, zeros),
			fmt.Sprintf("The file cannot be read: it is neither CSV text nor an Excel file, and has zero bytes in it (%d from line %d on); a copy or a download may have broken off. Export it again.", zeros, line))
	}
	if !ok {
		return nil, refuse("文件读不懂：既不是 CSV 文本，也不是 Excel 文件。请从来源系统重新导出。", "The file cannot be read: it is neither CSV text nor an Excel file. Export it again.")
	}
	if bytes.IndexByte(text, '\n') < 0 {
		text = bytes.ReplaceAll(text, []byte("\r"), []byte("\n")) // old Macintoshes
	}
	b := &Book{Format: CSV, Encoding: name, Sheets: []Sheet{{}}, limits: limits, text: text}
	b.comma = separator(text)
	return b, nil
}

// separators are what may stand between cells.
var separators = []rune{',', '\t', ';', '|'}

// excelSeparator is the line with which a file tells Excel its separator.
const excelSeparator = "sep="

// separator is what stands between the cells: what the file says, or what there
// is most of in its first lines outside quotes.
func separator(text []byte) rune {
	if line, _, _ := bytes.Cut(text, []byte("\n")); len(line) <= 6 && bytes.HasPrefix(bytes.ToLower(line), []byte(excelSeparator)) {
		if r := []rune(strings.TrimRight(string(line[len(excelSeparator):]), "\r")); len(r) == 1 {
			return r[0]
		}
	}
	counts, quoted := map[rune]int{}, false
	for _, c := range string(text[:min(len(text), 8192)]) {
		if c == '"' {
			quoted = !quoted
		}
		if !quoted {
			counts[c]++
		}
	}
	best := separators[0]
	for _, c := range separators {
		if counts[c] > counts[best] {
			best = c
		}
	}
	return best
}

// csvRows calls f with the rows. A quote that is never closed would swallow all
// that follows: such a row is told of, and the next line is read on.
func (b *Book) csvRows(f func(*Row) error) error {
	text, line := b.text, 1
	if b.comma != 0 && bytes.HasPrefix(bytes.ToLower(text[:min(len(text), 4)]), []byte(excelSeparator)) {
		_, text, _ = bytes.Cut(text, []byte("\n"))
		line++
	}
	row := &Row{}
	columns, unclosed := 0, 0
	for len(text) > 0 {
		row.Line, row.Fault, row.Own = line, nil, false
		var size int
		var closed bool
		row.Cells, size, closed = record(text, b.comma, row.Cells[:0])
		if lines := bytes.Count(text[:size], []byte("\n")); !closed || lines > 1 && swallowed(text[:size], b.comma, columns) {
			if unclosed++; unclosed > mostUnclosed {
				return refuse(fmt.Sprintf("读到第 %d 行，太多行的引号没有配对，分不清各列。请用 Excel 打开检查后另存。", line), fmt.Sprintf("Up to line %d, too many rows have a quotation mark that is never closed. Open the file in Excel, check it and save it anew.", line))
			}
			size = len(text)
			if end := bytes.IndexByte(text, '\n'); end >= 0 {
				size = end + 1
			}
			row.Cells = row.Cells[:0]
			for cell := range strings.SplitSeq(strings.TrimRight(string(text[:size]), "\r\n"), string(b.comma)) {
				row.Cells = append(row.Cells, Cell{Text: cell})
			}
			row.Fault = refuse("这一行的引号没有配对，分不清各列", "a quotation mark of this row is never closed, so its cells cannot be told apart")
		}
		line += bytes.Count(text[:size], []byte("\n"))
		text = text[size:]
		for i := range row.Cells {
			if len(row.Cells[i].Text) > b.limits.Cell {
				row.Cells[i].Text = row.Cells[i].Text[:b.limits.Cell]
				row.Fault = refuse(fmt.Sprintf("%s 列的内容过长", Column(i)), fmt.Sprintf("what stands in column %s is too long", Column(i)))
			}
			row.Cells[i].Text = unwrapped(row.Cells[i].Text)
			row.Own = row.Own || strings.TrimSpace(row.Cells[i].Text) != ""
		}
		if row.Fault == nil {
			columns = max(columns, len(row.Cells))
		}
		if !row.Own {
			continue
		}
		if err := f(row); err != nil {
			return err
		}
	}
	return nil
}

// record splits the first row of a text into cells. A cell that begins with a
// quote ends with one that a separator or the line's end follows; any other quote
// is a character like others, as Excel has it.
func record(text []byte, comma rune, cells []Cell) (out []Cell, size int, closed bool) {
	sep := []byte(string(comma))
	i := 0
	for {
		if i < len(text) && text[i] == '"' {
			cell, n, ok := quoted(text[i:], sep)
			if !ok {
				return cells, len(text), false
			}
			cells, i = append(cells, Cell{Text: cell}), i+n
		} else {
			end := i
			for end < len(text) && text[end] != '\n' && !bytes.HasPrefix(text[end:], sep) {
				end++
			}
			cells, i = append(cells, Cell{Text: strings.TrimSuffix(string(text[i:end]), "\r")}), end
		}
		switch {
		case i >= len(text):
			return cells, i, true
		case bytes.HasPrefix(text[i:], sep):
			i += len(sep)
			continue
		}
		// a line's end, perhaps after a return
		if text[i] == '\r' {
			i++
		}
		return cells, min(i+1, len(text)), true
	}
}

// Bounds of what is looked for where a quote ends: lines of a cell, and rows of
// which it was looked for in vain.
const (
	mostLines    = 500
	mostUnclosed = 1000
)

// quoted reads a cell in quotes, up to what follows it.
func quoted(text, sep []byte) (cell string, size int, closed bool) {
	var out []byte
	lines := 0
	for i := 1; i < len(text); i++ {
		if text[i] != '"' {
			out = append(out, text[i])
			if text[i] == '\n' {
				if lines++; lines > mostLines {
					break
				}
			}
			continue
		}
		rest := text[i+1:]
		switch {
		case len(rest) > 0 && rest[0] == '"':
			out = append(out, '"')
			i++
		case len(rest) == 0, rest[0] == '\n', bytes.HasPrefix(rest, []byte("\r\n")), bytes.Equal(rest, []byte("\r")), bytes.HasPrefix(rest, sep):
			return string(out), i + 1, true
		default:
			out = append(out, '"')
		}
	}
	return "", len(text), false
}

// swallowed tells whether a quoted cell of several lines looks as if it had eaten
// whole rows: a line in its midst has as many separators as a row has.
func swallowed(record []byte, comma rune, columns int) bool {
	if columns < 3 {
		return false
	}
	lines := bytes.Split(bytes.TrimRight(record, "\r\n"), []byte("\n"))
	for _, line := range lines[1:] {
		if bytes.Count(line, []byte(string(comma))) >= columns-1 {
			return true
		}
	}
	return false
}

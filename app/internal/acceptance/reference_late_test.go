//go:build unix

package acceptance

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"
)

// registeredLate are the reference's cases that are judged otherwise since R2:
// each was decided, it says, on the day it came, and entered days later. Rows
// about them leave both sides; TestR2CasesOfTheReferenceRunToTheirRegistration
// says what is right of them.
var registeredLate = []string{"GS-2026-06-00006", "GS-2026-06-00008", "GS-2026-07-00007", "RS-2026-08-00006"}

func isLate(v any) bool {
	s, ok := v.(string)
	return ok && slices.Contains(registeredLate, s)
}

// withoutLate are both sides of an answer without rows about such cases.
func withoutLate(was, is []byte) (a, b []byte) {
	headA, bodyA, _ := bytes.Cut(was, []byte("\n"))
	headB, bodyB, _ := bytes.Cut(is, []byte("\n"))
	join := func(head, body []byte) []byte { return bytes.Join([][]byte{head, body}, []byte("\n")) }
	if bytes.Contains(headA, []byte("application/json")) && !bytes.Contains(headA, []byte("attachment")) {
		var x, y any
		if json.Unmarshal(bodyA, &x) != nil || json.Unmarshal(bodyB, &y) != nil {
			return was, is
		}
		x, y = settle(x, y)
		return join(headA, indented(x)), join(headB, indented(y))
	}
	return join(headA, rowsWithoutLate(bodyA)), join(headB, rowsWithoutLate(bodyB))
}

// settle leaves rows about such cases out of lists. A page that is full by them
// has as many fewer of the others: those are left out, too.
func settle(was, is any) (a, b any) {
	switch x := was.(type) {
	case map[string]any:
		if y, ok := is.(map[string]any); ok {
			for k := range x {
				if _, both := y[k]; both {
					x[k], y[k] = settle(x[k], y[k])
				}
			}
		}
	case []any:
		y, ok := is.([]any)
		if !ok {
			return was, is
		}
		late := func(v any) bool {
			m, ok := v.(map[string]any)
			return ok && isLate(m["case_no"])
		}
		nx, ny := len(x), len(y)
		x, y = slices.DeleteFunc(x, late), slices.DeleteFunc(y, late)
		if pushed := (ny - len(y)) - (nx - len(x)); nx == ny && len(x)-len(y) == pushed {
			x, y = x[:min(len(x), len(y))], y[:min(len(x), len(y))]
		}
		if len(x) == len(y) {
			for i := range x {
				x[i], y[i] = settle(x[i], y[i])
			}
		}
		return x, y
	}
	return was, is
}

func indented(v any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	e.Encode(v) //nolint:errcheck // what was decoded encodes
	return b.Bytes()
}

// rowsWithoutLate is a file without such rows: of a list in JSON, one a line, or
// of a table.
func rowsWithoutLate(body []byte) []byte {
	if !slices.ContainsFunc(registeredLate, func(no string) bool { return bytes.Contains(body, []byte(no)) }) {
		return body
	}
	if bytes.HasPrefix(body, []byte("{")) || bytes.HasPrefix(body, []byte("[")) {
		lines := slices.DeleteFunc(strings.Split(string(body), "\n"), func(line string) bool {
			return slices.ContainsFunc(registeredLate, func(no string) bool { return strings.Contains(line, `"case_no":"`+no+`"`) })
		})
		return []byte(strings.Join(lines, "\n"))
	}
	rows, err := csv.NewReader(bytes.NewReader(body)).ReadAll()
	if err != nil {
		return body
	}
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.WriteAll(sheetWithoutLate(rows)) //nolint:errcheck // to memory
	return b.Bytes()
}

func sheetWithoutLate(rows [][]string) [][]string {
	return slices.DeleteFunc(rows, func(r []string) bool {
		return slices.ContainsFunc(r, func(cell string) bool { return isLate(cell) })
	})
}

// Of a limit of one working day, with the days on which each was entered: three
// working days over, and no longer early. The registration counts, since it is
// more than a working day behind the day that is claimed. A folder that an older
// program wrote is judged anew when it is opened, and not by who only reads it.
func TestR2CasesOfTheReferenceRunToTheirRegistration(t *testing.T) {
	t.Parallel()
	s := serve(t, unpackFolder(t))
	var rows map[string]map[string]string
	for begun := time.Now(); ; time.Sleep(100 * time.Millisecond) { // it is open while it judges
		_, rows = readCSV(t, strings.NewReader(s.export("cases")))
		if rows["RS-2026-08-00006"]["overdue"] == "1" || time.Since(begun) > time.Minute {
			break
		}
	}
	for no, want := range map[string]string{
		"GS-2026-06-00006": "2026-06-12 2026-06-17 1 0 3", // Friday, Wednesday
		"GS-2026-06-00008": "2026-06-17 2026-06-23 1 0 3", // Wednesday; the Dragon Boat festival; Tuesday
		"GS-2026-07-00007": "2026-07-16 2026-07-21 1 0 3", // Thursday, Tuesday
		"RS-2026-08-00006": "2026-08-17 2026-08-20 1 0 3", // Monday, Thursday
	} {
		r := rows[no]
		if got := strings.Join([]string{r["due"], r["ended"], r["overdue"], r["early"], r["over_by"]}, " "); got != want {
			t.Errorf("%s: due, ended, overdue, early, over by: %s, want %s", no, got, want)
		}
	}
}

//go:build unix

package acceptance

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

// golden is an answer as it is kept: status, kind and name of the file, then
// the body. Answers in JSON are kept with their keys in order, since objects
// have none; files are kept as they are. What differs from run to run is cut
// out by the rules of cuts and varying, and nothing else.
func golden(path string, r reply) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%d %s %s\n", r.status, r.header.Get("Content-Type"), r.header.Get("Content-Disposition"))
	if strings.Contains(path, "/exports/") && r.status == 200 || !strings.Contains(r.header.Get("Content-Type"), "json") {
		if strings.HasPrefix(path, "/api/exports/acts") && !bytes.HasPrefix(r.body, []byte("PK")) {
			r.body = []byte(cutPorts(string(r.body)))
		}
		b.Write(r.body)
		return b.Bytes()
	}
	var v any
	if err := json.Unmarshal(r.body, &v); err != nil {
		return fmt.Appendf(nil, "%snot JSON: %v: %s", b.String(), err, r.body)
	}
	plain, _, _ := strings.Cut(path, "?")
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	e.Encode(cut(plain, v)) //nolint:errcheck // what was decoded encodes
	return b.Bytes()
}

// cuts are fields that differ from run to run, by address: tokens, sessions and
// certificates are made anew; the version is the build's; locks and sessions run
// by the real clock, not the office's.
var cuts = map[string][]string{
	"/api/session":     {"live_token", "live_url", "console", "version", "data_folder"},
	"/api/my/sessions": {"begun_at"},
	"/api/accounts":    {"locked_until"},
	"/api/network":     {"port", "addresses", "certificate"},
	// New since the reference, and longer than a line:
	"/api/adapters": {"since"},    // silent loss: what became of the records of a running adapter
	"/api/board":    {"due_days"}, // M26: what comes due on the next working days
}

const varies = "(varies)"

// cut leaves out what differs from run to run.
func cut(path string, v any) any {
	switch x := v.(type) {
	case map[string]any:
		for k, inner := range x {
			if slices.Contains(cuts[path], k) {
				delete(x, k)
			} else {
				x[k] = cut(path, inner)
			}
		}
	case []any:
		x = slices.DeleteFunc(x, pressing)
		v = x
		for i := range x {
			x[i] = cut(path, x[i])
		}
	case string:
		if strings.HasPrefix(path, "/api/acts") {
			return cutPorts(x)
		}
	}
	return v
}

// pressing is an action that matters have since the reference: M5, a department
// whose deadline has passed is pressed for what it owes.
func pressing(v any) bool {
	m, ok := v.(map[string]any)
	action, _ := m["action"].(string)
	return ok && m["fields"] != nil && (action == "urge" || action == "urge_rectify")
}

// ports are in the words of acts: a server takes whichever is free.
var ports = regexp.MustCompile(`(端口 |port )\d+`)

func cutPorts(s string) string { return ports.ReplaceAllString(s, "${1}"+varies) }

// answerDifferences are those of answers from the goldens that were decided on,
// by line: the golden's name, " > " and the line without what indents it, such as
//
//	signed in: * /api/session > "savedFilters",
//
// Lines that are named are left out of both sides before they are compared. Of a
// workbook they are cells as they were.
var answerDifferences = []*named{
	{where: `* > "figures": "*"*`, reason: "M1: whether what both report of a case is the same figure"},
	{where: `* > "since_report": *`, reason: "M1: how much further a case ran over since its department reported it"},
	{where: `* > "reported_clock": *`, reason: "M1: a report belongs to the limit that had run out when it was made"},
	{where: `* > "reported_n": *`, reason: "M1: the figure that a department reports, in any language"},
	{where: `* > "reported_unit": *`, reason: "as above"},
	{where: `* > "agreement": "only_ours"*`, reason: "R14: what no department undertook to report is not left out"},
	{where: `* > "agreement": "no_duty"*`, reason: "R14: as above"},
	{where: `*/api/registers/overdue?agreement=only_ours > *`, reason: "R14: as above"},
	{where: `*/api/exports/overdue?format=csv > N003,*`, reason: "R14: the department of N003 undertook to report nothing"},
	{where: `*/api/exports/overdue?format=json > *"case_no":"N003"*`, reason: "R14: as above"},
	{where: `*/api/exports/overdue?*xlsx* > 漏报`, reason: "R14: as above"},
	{where: `*/api/exports/cases?*sort=due* > *`, reason: "M12: a file comes in the order that is asked for"},
	{where: `*/api/exports/ratings?*xlsx* > 0`, reason: "M12: the number of no matter is nothing in a sheet for people"},
	{where: `*/api/exports/reviews?*xlsx* > 0`, reason: "M12: the number of no draw is nothing in a sheet for people"},
	{where: `* > "over_by": *`, reason: "M12: how far a case is over stands in the list of cases, too"},
	{where: `* /api/visits/plans* > "filed_at": *`, reason: "M23: a sealed visit is told beside names only as sent"},
	{where: `* /api/visits/plans* > "findings": *`, reason: "M23: a sealed visit is told beside names only as sent"},
	{where: `* /api/visits/plans* > "filed": *`, reason: "M23: a sealed visit is told beside names only as sent"},
	{where: `*/api/exports/cases?*xlsx* > sheet`, reason: "M12: a sheet of cases says what the list says"},
	{where: `*/api/exports/findings?*xlsx* > sheet`, reason: "M12: a sheet of findings says what the list says, in Chinese"},
	{where: `*/api/ratings/figures* > "followed": *`, reason: "M3: what came of bad ratings adds up"},
	{where: `*/api/ratings/figures* > "contacted": *`, reason: "M3: what came of bad ratings adds up"},
	{where: `*/api/ratings/figures* > "late": *`, reason: "M3: figures count what came of calls, as their lists do"},
	{where: `*/api/ratings/figures* > "waiting": *`, reason: "M3: as above"},
	{where: `* > "averaged": *`, reason: "the mean says of how many cases it is"},
	{where: `* > "average_days": *`, reason: "the mean of working days is of limits in working days"},
	{where: `* > "committed": *`, reason: "the early-finish rate is of items with one limit alone, too"},
	{where: `* > "early_rate": *`, reason: "as above"},
	{where: `* > "committed_early": *`, reason: "as above"},
	{where: `* /api/ratings* > "called": *`, reason: "what the rater said when called back stands beside what the department reported"},
	{where: `* /api/ratings* > "counts": *`, reason: "the level that figures count, where it is another"},
	{where: `* /api/ratings/figures* > *`, reason: "figures count what raters said when called back, and say so"},
	{where: `* /api/ratings?bad=true > *`, reason: "lists hold what figures count"},
	{where: `* /api/ratings?level=* > *`, reason: "lists hold what figures count"},
	{where: `* /api/exports/ratings?*bad=true > *`, reason: "files hold what figures count"},
	{where: `* /api/ratings/887 > *`, reason: "what was told of a rating more than once"},
	{where: `*/api/exports/ratings?*xlsx* > sms`, reason: "minor 23: ways of rating are words in a sheet for people"},
	{where: `* > *超出批准时间*`, reason: "wording: how far a pause went beyond its approval is said in its unit"},
	{where: `* > *It lasted more than *`, reason: "wording: how far a pause went beyond its approval is said in its unit"},
	{where: `*/api/checkpoint > "origin": *`, reason: "J5: a checkpoint says which journal it is of"},
	{where: `*/api/session > "checkpointConsistency"*`, reason: "J2: whoever kept a checkpoint is given the proof that today's extends it"},
	{where: `* > *转部门处理：*`, reason: "minor 12: acts name departments and not their codes"},
	{where: `* > *went to its department: *`, reason: "minor 12: acts name departments and not their codes"},
	{where: "signed in: * /api/adapters > \"offers\": *", reason: "M16: an adapter says what it can be told"},
	{where: "signed in: * /api/adapters > \"caught_up\": *", reason: "M16: what does not run has not caught up"},
	{where: `signed in: * /api/rules > "code": "V12",`, reason: "R8: pauses near the end of a limit, and pauses again and again, are looked at"},
	{where: `signed in: * /api/rules > "basis_en": "*the time that the procedure needs",`, reason: "R8: V12"},
	{where: `signed in: * /api/rules > "basis_zh": "*扣除时限限于法定程序所需时间",`, reason: "R8: V12"},
	{where: `signed in: * /api/rules > "name_en": "Paused near the end, or again and again",`, reason: "R8: V12"},
	{where: `signed in: * /api/rules > "name_zh": "临期或反复挂起"`, reason: "R8: V12"},
	{where: `signed in: * /api/rules > "level": "review",`, reason: "R8: V12 is the second rule of this level"},
	{where: `signed in: * /api/rules > {`, reason: "R8: V12 is one rule more"},
	{where: `signed in: * /api/rules > },`, reason: "R8: V12 is one rule more"},
	{where: `signed in: * /api/calendar/2030 > *`, reason: "R16: holidays of fixed date are known where the year's list is missing"},
	{where: `signed in: * /api/cases/658 > *`, reason: "R2: decided on 14 August, it says, and entered on the 20th: a limit of one day runs to the entry"},
	{where: `command line: verify > *`, reason: "R2: the folder was judged by an older version of the rules"},
	{where: `command line: verify --json > *`, reason: "R2: the folder was judged by an older version of the rules"},
	{where: `*/api/exports/ratings?*xlsx* > phone`, reason: "minor 23: ways of rating are words in a sheet for people"},
	{where: `signed in: * /api/findings* > "total": *`, reason: "R2: three findings more of each case that was registered late"},
	{where: `signed in: * /api/registers/overdue* > "total": *`, reason: "R2: cases that were registered late ran over"},
	{where: `signed in: * /api/cases?level=* > "total": *`, reason: "R2: cases that were registered late ran over"},
	{where: `signed in: * /api/cases?overdue=true > "total": *`, reason: "R2: cases that were registered late ran over"},
	{where: `signed in: * /api/cases/658/reviews > *`, reason: "R2: what it ran over can be looked at"},
	{where: `* /api/registers/rejections* > "agreement": "both"*`, reason: "a filing that came when its time had passed is late"},
	{where: `* /api/registers/rejections* > "agreement": "late"*`, reason: "as above"},
	{where: `* /api/registers/rejections?agreement=both > *`, reason: "as above"},
	{where: `*/api/exports/rejections?format=csv* > GH-2026-06-00002,*`, reason: "as above"},
	{where: `*/api/exports/rejections?format=json* > *"case_no":"GH-2026-06-00002"*`, reason: "as above"},
	{where: `*/api/exports/rejections?*xlsx* > 双方都报`, reason: "as above"},
	{where: `* > "overdue_by_registration": *`, reason: "R2: what ran over by what was registered alone stands in the lists, and says so"},
	{where: `* > "begun": "*`, reason: "a strip's first day says what the clocks run from"},
	{where: `signed in: gh /api/cases/* > "code": "not_found"*`, reason: "L: another's case is answered like one that is not there"},
	{where: `signed in: gh /api/cases/* > "code": "unknown_case"*`, reason: "L: another's case is answered like one that is not there"},
	{where: `signed in: gh /api/cases/* > "detail": "Not found. You can see your own *`, reason: "L: another's case is answered like one that is not there"},
	{where: `signed in: gh /api/cases/* > "detail": "There is no such case. *`, reason: "L: another's case is answered like one that is not there"},
	{where: `signed in: gh /api/cases/* > "en": "Not found. You can see your own *`, reason: "L: another's case is answered like one that is not there"},
	{where: `signed in: gh /api/cases/* > "en": "There is no such case. *`, reason: "L: another's case is answered like one that is not there"},
	{where: `signed in: gh /api/cases/* > "zh": "没有找到。您只能查看本部门的内容。"*`, reason: "L: another's case is answered like one that is not there"},
	{where: `signed in: gh /api/cases/* > "zh": "没有这个办件。*`, reason: "L: another's case is answered like one that is not there"},
	{where: `*/api/acts* > "seq": *`, reason: "opening an older folder journals by what its cases are judged: what is done in the test comes later by as much"},
	{where: `*/api/board > "act_seq": *`, reason: "as above"},
	{where: `*/api/board > "seq": *`, reason: "as above"},
	{where: `*/api/reviews* > "case_no": *`, reason: "minor 1: a review of a case has its number"},
	{where: `*/api/search* > "authorizations": []*`, reason: "minor 10: people, matters and authorizations are found as well"},
	{where: `*/api/search* > "matters": []*`, reason: "minor 10: as above"},
	{where: `*/api/search* > "people": []*`, reason: "minor 10: as above"},
	{where: `*/api/session > "matterAttachment"*`, reason: "minor 15: files come with a department's reply"},
	{where: `*/api/session > "putAttachment"*`, reason: "minor 15: as above"},
	{where: `*/api/matters/* > "files": *`, reason: "minor 15: how many files may come with an action"},
	{where: `*/api/session > "calendarList"*`, reason: "M14: an operation that is new"},
	{where: `*/api/session > "previewCalendar"*`, reason: "M14: an operation that is new"},
	{where: `*/api/session > "readCalendar"*`, reason: "M14: an operation that is new"},
	{where: `*/api/session > "holdItemFrom"*`, reason: "an operation that is new"},
	{where: `*/api/session > "itemChanges"*`, reason: "an operation that is new"},
	{where: `*/api/session > "quarantineSums"*`, reason: "an operation that is new"},
	{where: `*/api/session > "transferDepartment"*`, reason: "an operation that is new"},
	{where: `*/api/exports/acts?format=csv > *,access.*`, reason: "as above"},
	{where: `*/api/exports/acts?format=json > *"type":"access.*`, reason: "as above"},
	{where: `*/api/exports/acts?*xlsx* > sheet`, reason: "M12: a sheet of acts is for people, without codes and English"},
	{where: `* > *送交评议：*`, reason: "M12: the reason of an act stands beside its words and is told once"},
	{where: `* > *Put up for review: *`, reason: "M12: the reason of an act stands beside its words and is told once"},
	{where: `* > *更正聘任：*`, reason: "M12: the reason of an act stands beside its words and is told once"},
	{where: `* > *Corrected an appointment: *`, reason: "M12: the reason of an act stands beside its words and is told once"},
	{where: `* > *撤销培训登记*`, reason: "M12: the reason of an act stands beside its words and is told once"},
	{where: `* > *Withdrew a training*`, reason: "M12: the reason of an act stands beside its words and is told once"},
	{where: `* > *提前结束任期*`, reason: "M12: the reason of an act stands beside its words and is told once"},
	{where: `* > *Ended a term early*`, reason: "M12: the reason of an act stands beside its words and is told once"},
}

// compare names the first difference of what was given and what is; empty if
// there is none.
func compare(name string, was, is []byte) string {
	if bytes.Equal(was, is) {
		return ""
	}
	if i := bytes.IndexByte(was, '\n'); i > 0 && bytes.HasPrefix(was[i+1:], []byte("PK")) {
		return compareWorkbooks(name, was, is)
	}
	was, is = withoutLate(sameColumns(name, was, is))
	a, b := unnamed(name, was), unnamed(name, is)
	if reordered.MatchString(name) {
		a, b = inNoOrder(a), inNoOrder(b)
	}
	for i := range max(len(a), len(b)) {
		x, y := lineAt(a, i), lineAt(b, i)
		if x != y {
			return fmt.Sprintf("line %d%s\n- was %s\n+ is  %s", i+1, whereIn(a, i), around(x, y), around(y, x))
		}
	}
	return ""
}

// reordered are files whose rows came in an order of their own where none was asked for.
// They come as the list shows them since (M12); what they hold is what it was.
var reordered = regexp.MustCompile(`/api/exports/(cases|findings)\?format=(csv|json)`)

func inNoOrder(lines []string) []string {
	for i := range lines {
		lines[i] = strings.TrimSuffix(lines[i], ",")
	}
	slices.Sort(lines)
	return lines
}

// unnamed are the lines that no difference is named for. Where one is, commas at
// the ends of lines mean nothing: they depend on what comes after.
func unnamed(name string, content []byte) []string {
	var about []*named
	for _, n := range answerDifferences {
		if n.about(name) {
			about = append(about, n)
		}
	}
	lines := strings.Split(string(content), "\n")
	for i, line := range lines {
		lines[i] = retold(line)
	}
	left := slices.DeleteFunc(slices.Clone(lines), func(line string) bool {
		return isNamed(about, name+" > "+strings.TrimSpace(line))
	})
	if len(about) > 0 {
		for i := range left {
			left[i] = strings.TrimSuffix(left[i], ",")
		}
	}
	return left
}

// cellAt is a row's cell; a row ends with its last cell that holds something.
func cellAt(row []string, i int) string {
	if i < len(row) {
		return row[i]
	}
	return ""
}

func lineAt(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return "(nothing)"
}

// around shows a line from shortly before its first difference.
func around(s, other string) string {
	r, o := []rune(s), []rune(other)
	i := 0
	for i < min(len(r), len(o)) && r[i] == o[i] {
		i++
	}
	i = max(0, i-60)
	return string(r[i:min(len(r), i+200)])
}

// opening is a line of JSON that opens an object or list.
var opening = regexp.MustCompile(`^( *)"([^"]+)": [\[{]$`)

// whereIn is where in an answer a line lies, as far as its indentation tells.
func whereIn(lines []string, i int) (where string) {
	depth := len(lines[min(i, len(lines)-1)]) - len(strings.TrimLeft(lines[min(i, len(lines)-1)], " "))
	for ; i >= 0; i-- {
		if i < len(lines) {
			if m := opening.FindStringSubmatch(lines[i]); m != nil && len(m[1]) < depth {
				where, depth = "/"+m[2]+where, len(m[1])
			}
		}
	}
	if where != "" {
		where = " in " + where
	}
	return where
}

// compareWorkbooks compares two workbooks by what their cells say: how they look
// is no part of an answer. A heading may have lost the name that programs know a
// column by, and columns may have come at the end.
func compareWorkbooks(name string, was, is []byte) string {
	if isNamed(answerDifferences, name+" > sheet") {
		return ""
	}
	headA, bodyA, _ := bytes.Cut(was, []byte("\n"))
	headB, bodyB, _ := bytes.Cut(is, []byte("\n"))
	if !bytes.Equal(headA, headB) {
		return fmt.Sprintf("- was %s\n+ is  %s", headA, headB)
	}
	a, err := cellsOf(bodyA)
	if err != nil {
		return err.Error()
	}
	b, err := cellsOf(bodyB)
	if err != nil {
		return err.Error()
	}
	a, b = sheetWithoutLate(a), sheetWithoutLate(b)
	if len(a) != len(b) {
		return fmt.Sprintf("the sheet had %d rows and has %d", len(a), len(b))
	}
	for r := range a {
		for c := range a[r] {
			x, y := cutPorts(retold(a[r][c])), cutPorts(retold(cellAt(b[r], c)))
			if r == 0 {
				x = x[:max(strings.LastIndex(x, " "), 0)]
			}
			if where := fmt.Sprintf("%s > %s", name, x); x != y && !isNamed(answerDifferences, where) {
				return fmt.Sprintf("row %d, column %d\n- was %s\n+ is  %s", r+1, c+1, x, y)
			}
		}
	}
	return ""
}

func cellsOf(workbook []byte) ([][]string, error) {
	f, err := excelize.OpenReader(bytes.NewReader(workbook))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return f.GetRows(f.GetSheetName(0))
}

//go:build unix

package acceptance

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"regexp"
	"strings"
	"sync"
	"testing"
)

// Lists gain columns at their end, which who reads a file by its columns does not
// notice. Only the columns that a golden has are compared with what is today.

// sameColumns gives both sides of a file with the columns that the first one has;
// what is no file of a list stays as it is.
func sameColumns(name string, was, is []byte) (a, b []byte) {
	headA, bodyA, okA := bytes.Cut(was, []byte("\n"))
	headB, bodyB, okB := bytes.Cut(is, []byte("\n"))
	if !okA || !okB || !bytes.Contains(headA, []byte("attachment")) && !strings.Contains(name, " --format ") {
		return was, is
	}
	of := name + " > " + string(headA)
	switch {
	case strings.Contains(of, "text/csv"), strings.Contains(of, " --format csv"):
		bodyB = csvColumns(bodyA, bodyB)
	case strings.Contains(of, "application/json"), strings.Contains(of, " --format json"):
		bodyA, bodyB = jsonColumns(bodyA, bodyB)
	}
	join := func(head, body []byte) []byte { return bytes.Join([][]byte{head, body}, []byte("\n")) }
	return join(headA, bodyA), join(headB, bodyB)
}

func csvColumns(was, is []byte) []byte {
	head, err := csv.NewReader(bytes.NewReader(was)).Read()
	rows, err2 := csv.NewReader(bytes.NewReader(is)).ReadAll()
	if err != nil || err2 != nil {
		return is
	}
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	for _, r := range rows {
		w.Write(r[:min(len(r), len(head))]) //nolint:errcheck // to memory
	}
	w.Flush()
	return b.Bytes()
}

func jsonColumns(was, is []byte) (a, b []byte) {
	var x, y []map[string]any
	if json.Unmarshal(was, &x) != nil || json.Unmarshal(is, &y) != nil {
		return was, is
	}
	known := map[string]bool{}
	for _, r := range x {
		for k := range r {
			known[k] = true
		}
	}
	for _, r := range y {
		for k := range r {
			if !known[k] {
				delete(r, k)
			}
		}
	}
	return rowByRow(x), rowByRow(y)
}

func rowByRow(rows []map[string]any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	for _, r := range rows {
		e.Encode(r) //nolint:errcheck // what was decoded encodes
	}
	return b.Bytes()
}

// reworded are words that people read and that were changed on purpose; they are
// taken for each other on both sides.
var reworded = strings.NewReplacer(
	// What is under no named law cites none. The English had commas, and in CSV quotes.
	`,The statutory limit published for the item (not under the Administrative Licensing Law),`, `,"Administrative Licensing Law arts. 42, 43 and 74",`,
	"The statutory limit published for the item (not under the Administrative Licensing Law)", "Administrative Licensing Law arts. 42, 43 and 74",
	"该事项公布的法定时限（不适用行政许可法）", "行政许可法第42条、第43条、第74条",
	"The limit published for the item; the published promise", "Administrative Licensing Law art. 42; the published promise",
	"该事项公布的时限；本单位公开的承诺时限", "行政许可法第42条；本单位公开的承诺时限",

	"双方一致", "双方都报", // M1: that both report is not yet that they agree
	"证据（账簿编号）", "证据（存证编号）", "记入账簿", "记入存证", "写入账簿", "记入存证", "账簿", "存证", // 台账 is a department's own ledger
	"隔离区", "问题数据", "适配器", "数据接口", "登录名", "账号", "分到评议", "应评",
	"部门的说明站得住脚吗？", "部门的说明是否成立？",
	"records claim a date", "record claims a date", "before their registration", "before registration", // one is no plural
	"records were entered", "record was entered", "papers listed", "paper listed",
	"发现时间", "成立时间", // minor 7: the console may have seen it later
)

// arithmetic writes the days of a verdict as both sides can be compared: "09-23–09-24 =
// 1…2" is told as clerks write it since then (minor 6).
func arithmetic(s string) string {
	for _, r := range daysAsTold {
		s = r.is.ReplaceAllString(s, r.to)
	}
	return s
}

var daysAsTold = []struct {
	is *regexp.Regexp
	to string
}{
	{regexp.MustCompile(`(\d\d-\d\d) ?(?:–|至|to) ?((?:\d{4}-)?\d\d-\d\d)`), "$1~$2"},
	{regexp.MustCompile(`( \(make-up working day\)|（调休上班）)? ?(?:= |为第 |: days? )(\d+)(?:[…–](\d+))?(?: 日)?([；;。.])`), "$1#$2#$3$4"},
	{regexp.MustCompile(` (?:= |累计 )(\d+:\d\d(?::\d\d)?)([；;。.])|: (\d+:\d\d(?::\d\d)?) in all([;.])`), "#$1$3$2$4"},
	{regexp.MustCompile(`:? (paused|moved on|weekend|incomplete|holiday )`), " $1"},
}

// retold is a line in the words and the arithmetic that both sides can be compared in.
// Most lines come again and again, with every person who asks.
func retold(line string) string {
	if known, ok := retoldLines.Load(line); ok {
		return known.(string)
	}
	told := arithmetic(reworded.Replace(line))
	retoldLines.Store(line, told)
	return told
}

var retoldLines sync.Map

func TestColumnsAtTheEndOfAFileAreNoDifference(t *testing.T) {
	head := "200 text/csv; charset=utf-8 attachment; filename=x.csv\n"
	for is, same := range map[string]bool{
		"a,b\n1,2\n":     true,
		"a,b,c\n1,2,3\n": true,
		"a,c,b\n1,3,2\n": false,
		"a,b\n1,3\n":     false,
		"a\n1\n":         false,
	} {
		if got := compare("x", []byte(head+"a,b\n1,2\n"), []byte(head+is)) == ""; got != same {
			t.Errorf("%q: the same is %v", is, got)
		}
	}
	head = "200 application/json attachment; filename=x.json\n"
	for is, same := range map[string]bool{
		"[\n{\"a\":1}\n]": true, "[\n{\"a\":1,\"b\":2}\n]": true, "[\n{\"a\":2,\"b\":2}\n]": false, "[]": false, "[\n{\"b\":2}\n]": false,
	} {
		if got := compare("x", []byte(head+"[\n{\"a\":1}\n]"), []byte(head+is)) == ""; got != same {
			t.Errorf("%q: the same is %v", is, got)
		}
	}
}

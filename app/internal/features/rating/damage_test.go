package rating_test

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/mingcha-console/mingcha/app/internal/fault"
)

// said are the warnings of a preview.
func (o *office) said(text string) string {
	var out []string
	for _, w := range o.preview(file(text)).Warnings {
		out = append(out, w.ZH)
	}
	return strings.Join(out, "\n")
}

// Two columns of levels: the second is told, stands in where the first is empty, and where
// the two cannot both be meant, no level is taken for the applicant's.
func TestTwoColumnsOfLevelsThatContradictEachOtherAreTold(t *testing.T) {
	o := open(t)
	const head = "部门,评价结果,满意度,评价时间\n"
	p := o.preview(file(head + `规划局,满意,不满意,2026-09-21 09:05:10
规划局,非常满意,满意,2026-09-21 09:06:10
规划局,,不满意,2026-09-21 09:07:10
规划局,差评,非常不满意,2026-09-21 09:08:10
规划局,非常满意,一般,2026-09-21 09:09:10
规划局,满意,3,2026-09-21 09:10:10
规划局,满意,,2026-09-21 09:11:10
`))
	if p.Usable != 5 || len(p.Wrong) != 2 || p.Levels != [5]int{1, 2, 0, 2, 0} {
		t.Errorf("%d usable, levels %v, wrong %+v", p.Usable, p.Levels, p.Wrong)
	}
	for i, want := range []string{"“评价结果”是“满意”，“满意度”却是“不满意”，两者矛盾", "“评价结果”是“非常满意”，“满意度”却是“一般”"} {
		if i < len(p.Wrong) && (!strings.Contains(p.Wrong[i].ZH, want) || p.Wrong[i].Line != []int{2, 6}[i] || !strings.Contains(p.Wrong[i].EN, "contradict each other")) {
			t.Errorf("%+v, want %s", p.Wrong[i], want)
		}
	}
	if w := o.said(head + "规划局,满意,满意,2026-09-21 09:05:10\n"); !strings.Contains(w, "“评价结果”和“满意度”两列都是满意度") {
		t.Errorf("the second column is not told: %q", w)
	}
	if w := o.said(head + "规划局,满意,,2026-09-21 09:05:10\n"); w != "" {
		t.Errorf("of a column with nothing in it: %s", w)
	}
	p = o.preview(file("部门,评价结果,评分（1差 2中 3好）,评价时间\n规划局,满意,1,2026-09-21 09:05:10\n规划局,满意,3,2026-09-21 09:05:11\n"))
	if p.Usable != 1 || len(p.Wrong) != 1 || !strings.Contains(p.Wrong[0].ZH, "“1”") {
		t.Errorf("by a scale that the heading states: %+v", p.Wrong)
	}
}

// What is wrong with a file is told for what it is: a character of number 0, a file without
// a byte, without a rating.
func TestADamagedOrEmptyRatingFileIsToldForWhatItIs(t *testing.T) {
	o := open(t)
	const head = "部门,办件编号,满意度,评价时间,意见\n"
	p := o.preview(file(head + "规划局,GH-1,满意,2026-09-21 09:05:10,不\x00错\n规划局,GH-\x002,满意,2026-09-21 09:06:10,\n规划局,GH-3,满意,2026-09-21 09:06:10,\n"))
	if p.Usable != 2 || len(p.Sample) == 0 || p.Sample[0].Text != "不错" || len(p.Wrong) != 1 || p.Wrong[0].Line != 3 || p.Encoding != "UTF-8" {
		t.Errorf("%d usable, %s, %+v, %+v", p.Usable, p.Encoding, p.Sample, p.Wrong)
	}
	if w := o.said(head + "规划局,GH-1,满意,2026-09-21 09:05:10,不\x00错\n"); !strings.Contains(w, "有 1 行夹着看不见的零字符（NUL），第一处在第 2 行") {
		t.Errorf("the character is not told: %q", w)
	}
	for text, want := range map[string]string{"": "文件是空的", head: "只有列名，没有一行评价", head + "合计,,0,,\n": "只有列名，没有一行评价", head + strings.Repeat("\x00\x01", 2000): "零字节（从第 2 行起共 2000 个）"} {
		for what, err := range map[string]error{"preview": second(o.Preview(ctx, file(text))), "import": second(o.Import(ctx, o.Staff, file(text)))} {
			if f, ok := fault.As(err); !ok || !strings.Contains(f.ZH, want) || f.Kind != fault.Invalid {
				t.Errorf("%s of %.60q: %v, want %s", what, text, err, want)
			}
		}
	}
}

func second[T any](_ T, err error) error { return err }

// leaving is the context of somebody who leaves once it has been asked so often.
type leaving struct {
	context.Context
	asked, after atomic.Int64
}

func (l *leaving) Err() error {
	if l.asked.Add(1) > l.after.Load() {
		return context.Canceled
	}
	return nil
}

// The work of a preview and of an import ends with the row in which its client has left: of
// a file of 20,000 rows no more than those up to it are read.
func TestTheWorkOnAFileEndsWhenItsClientHasLeft(t *testing.T) {
	o := open(t)
	f := file("部门,满意度,评价时间\n" + strings.Repeat("规划局,满意,2026-09-21 09:05:10\n", 20_000))
	for _, after := range []int64{0, 100, 25_000} { // before, in the first reading, in the second
		for what, read := range map[string]func(context.Context) error{
			"preview": func(ctx context.Context) error { return second(o.Preview(ctx, f)) },
			"import":  func(ctx context.Context) error { return second(o.Import(ctx, o.Staff, f)) },
		} {
			l := &leaving{Context: ctx}
			l.after.Store(after)
			if err := read(l); !errors.Is(err, context.Canceled) || l.asked.Load() > after+10 {
				t.Errorf("%s, left after %d: %v, asked %d times", what, after, err, l.asked.Load())
			}
		}
	}

}

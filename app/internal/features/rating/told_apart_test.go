package rating_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/features/rating"
)

// column is a file whose column of levels has a heading and some values.
func column(heading string, values ...string) rating.File {
	text := "部门,\"" + heading + "\",时间\n"
	for i, v := range values {
		text += fmt.Sprintf("规划局,\"%s\",2026-09-05 09:%02d\n", v, i)
	}
	return file(text)
}

// Levels that people tell apart are asked about one by one: no answer is of two.
func TestLevelsThatPeopleTellApartHaveTwoKeys(t *testing.T) {
	o := open(t)
	for _, pair := range [][2]string{{"1/4", "14"}, {"1分", "1级"}, {"5", "5分"}, {"2.5", "25"}, {"1-5", "15"}, {"甲+", "甲"}, {"甲?", "甲"}, {"4²", "42"}, {"a+", "a-"}, {"赞!", "赞"}, {"★★", "★★☆☆☆"}, {"(甲)", "甲"}, {"-1", "1"}, {"1,4", "1.4"}} {
		p := o.preview(column("满意度", pair[0], pair[1]))
		if len(p.Values) != 2 || p.Values[0].Key == p.Values[1].Key {
			t.Errorf("%q: %+v", pair, p.Values)
			continue
		}
		for i, v := range p.Values {
			f := column("满意度", pair[0], pair[1])
			f.Meaning = rating.Meaning{v.Key: 5}
			q := o.preview(f)
			if other := q.Values[1-i]; q.Values[i].Level != "very_dissatisfied" || other.Level != "" {
				t.Errorf("%q: to say what %q means says it of %q: %+v", pair, v.Text, other.Text, q.Values)
			}
		}
	}
	// What people do not tell apart is asked about once.
	for _, pair := range [][2]string{{"Ａ", "a"}, {"１分", "1分"}, {"还 行", "还　行"}, {"5分", "5 分"}} {
		if p := o.preview(column("满意度", pair[0], pair[1])); len(p.Values) > 1 && pair[0] != "5分" {
			t.Errorf("%q: %+v", pair, p.Values)
		}
	}
}

// A word that says more than a level is no level until somebody says so, and its
// words are kept.
func TestARemarkBesideALevelIsAskedAbout(t *testing.T) {
	o := open(t)
	for _, text := range []string{"不满意（误点）", "不满意(误点)", "（误点）不满意", "不满意【点错了】", "不满意-误点", "不满意，误点", "不满意 误点", "不满意?", "误点：不满意", "不满意/满意", "满意（其实不满意）", "非常满意（代评）", "1-不满意（误点）"} {
		f := column("满意度", "满意", "满意", "满意", text)
		p := o.preview(f)
		i := slices.IndexFunc(p.Values, func(v rating.LevelValue) bool { return v.Text == text })
		if i < 0 || !p.Values[i].Asked || p.Values[i].Level != "" || asks(p) != "level" || !strings.Contains(p.Asks[0].ZH, text) || !strings.Contains(p.Asks[0].ZH, "别的话") || levels(p) != "[0 3 0 0 0] 1" {
			t.Errorf("%s: %+v %+v %s", text, p.Values, p.Asks, levels(p))
			continue
		}
		_, err := o.Import(ctx, o.Staff, f)
		if e, ok := fault.As(err); !ok || e.Code != "rating_file" {
			t.Errorf("%s: %v", text, err)
		}
		f.Meaning = rating.Meaning{p.Values[i].Key: 4}
		if p := o.preview(f); levels(p) != "[0 3 0 1 0] 0" || asks(p) != "" || p.Sample[3].Text != text {
			t.Errorf("%s: %+v", text, p)
		}
		f.Meaning = rating.Meaning{p.Values[i].Key: rating.LeftOut}
		if p := o.preview(f); levels(p) != "[0 3 0 0 0] 1" || asks(p) != "" {
			t.Errorf("%s: %+v", text, p)
		}
	}
	// What scales write around a word says nothing more.
	p := o.preview(column("满意度", "满意（4分）", "【满意】", "满意。", "4-满意", "满意(satisfied)", "√满意", "满意（二级）", "very-satisfied", "满 意", "“满意”"))
	if levels(p) != "[1 9 0 0 0] 0" || asks(p) != "" {
		t.Errorf("%s %+v", levels(p), p.Wrong)
	}
	// Ratings that were read in before as their level alone are the same ratings.
	f := file("部门,窗口,满意度,时间,意见\n规划局,3号,不满意,2026-09-05 09:30,慢\n")
	o.imports(f)
	f = file("部门,窗口,满意度,时间,意见\n规划局,3号,不满意（误点）,2026-09-05 09:30,慢\n")
	f.Meaning = rating.Meaning{"不满意(误点)": 4}
	if got := o.imports(f); got != (rating.Imported{Rows: 1, Corrected: 1}) {
		t.Errorf("%+v", got)
	}
	o.Verify()
}

// A column of levels is known by how its heading begins, and a scale that the
// heading states is what its levels are.
func TestAHeadingThatStatesItsScale(t *testing.T) {
	o := open(t)
	const five = "[1 1 1 1 1] 0"
	for _, c := range []struct{ heading, values, want, asks string }{
		{"满意度（1-5分）", "5 4 3 2 1", "", "level"}, // how many, and not which end is best
		{"满意度(1~5)", "5分 1分", "", "level"},
		{"满意度（5分制）", "5 1", "", "level"},
		{"评分（满分100）", "98 60", "", "level"},
		{"评价（非常满意/满意/基本满意/不满意/非常不满意）", "非常满意 满意 基本满意 不满意 非常不满意", five, ""},
		{"满意度：很满意、满意、一般、不满意、很不满意", "很满意 满意 一般 不满意 很不满意", five, ""},
		{"评分（1非常满意，2满意，3基本满意，4不满意，5非常不满意）", "1 2 3 4 5", five, ""},
		{"评分（5=非常满意 4=满意 3=一般 2=不满意 1=非常不满意）", "5 4 3 2 1", five, ""},
		{"评分（5=非常满意 4=满意 3=一般 2=不满意 1=非常不满意）", "5分 4 3 2 1", five, ""},
		{"评价（满意3 基本满意2 不满意1）", "3 2 1", "[0 1 1 1 0] 0", ""},
		{"满意度（1-5分，5分最高）", "5 4 3 2 1", five, ""},
		{"满意度(1最差 5最好)", "5 4 3 2 1", five, ""},
		{"满意度(1-3,1为最好)", "1 2 3", "[0 1 1 1 0] 0", ""},
		{"评分（1分非常不满意，5分非常满意）", "5 4 3 2 1", five, ""},
		{"满意度（1-3星）", "3星 2星 1星", "[0 1 1 1 0] 0", ""},
		{"满意度（五星制）", "三星 二星 一星", "[0 0 1 1 1] 0", ""},
		{"满意度（必填）", "满意 不满意", "[0 1 0 1 0] 0", ""},
		{"*满意度", "满意 不满意", "[0 1 0 1 0] 0", ""},
		{"请您评价（单选）", "满意 不满意", "[0 1 0 1 0] 0", ""},
		{"satisfaction (1=very dissatisfied, 5=very satisfied)", "5 4 3 2 1", five, ""},
	} {
		p, err := o.Preview(ctx, column(c.heading, strings.Fields(c.values)...))
		if err != nil {
			t.Errorf("%s: %v", c.heading, err)
			continue
		}
		if p.Columns[1].Field != "level" || asks(p) != c.asks || c.asks == "" && levels(p) != c.want || c.asks != "" && (p.Usable > 0 || !strings.Contains(p.Asks[0].ZH, "表头写着")) || len(p.Warnings) > 0 {
			t.Errorf("%s: %+v, asks %+v, %s; %+v", c.heading, p.Columns, p.Asks, levels(p), p.Warnings)
		}
	}
	// What is no scale is another column.
	for _, heading := range []string{"评价（原因）", "评价（其他意见）", "满意度说明", "评价人数（1-5）", "评价时间（1-5日）", "满意率（100）"} {
		if p, err := o.Preview(ctx, column(heading, "满意")); err == nil {
			t.Errorf("%s is taken for the levels: %+v", heading, p.Columns)
		}
	}
	// Where what is said or found is not what the heading states, it is told.
	f := column("评分（1非常满意，2满意，3基本满意，4不满意，5非常不满意）", "1", "2", "7")
	f.Meaning = rating.Meaning{"1": 5, "2": 2, "7": rating.LeftOut}
	p := o.preview(f)
	if levels(p) != "[0 1 0 0 1] 1" || len(p.Warnings) != 1 || !strings.Contains(p.Warnings[0].ZH, "“1”是非常满意；您选的是非常不满意") || !strings.Contains(p.Warnings[0].EN, "you chose") {
		t.Errorf("%s %+v", levels(p), p.Warnings)
	}
	if f.Meaning = nil; asks(o.preview(f)) != "level" || len(o.preview(f).Warnings) != 1 || !strings.Contains(o.preview(f).Warnings[0].ZH, "“7”不在其内") {
		t.Errorf("%+v", o.preview(f))
	}
	if p := o.preview(column("评价（满意/基本满意/不满意）", "满意", "非常满意")); levels(p) != "[1 1 0 0 0] 0" || len(p.Warnings) != 1 || !strings.Contains(p.Warnings[0].ZH, "“非常满意”不在其内") {
		t.Errorf("%s %+v", levels(p), p.Warnings)
	}
	// In two rows of headings, too.
	p = o.preview(workbook(t, tab{"评价", [][]any{{"部门", "评价", nil}, {nil, "满意度（1最差 5最好）", "时间"}, {"规划局", 5, "2026-09-05 09:30"}}, []string{"A1:A2", "B1:C1"}}))
	if levels(p) != "[1 0 0 0 0] 0" {
		t.Errorf("%+v", p)
	}
}

package rating_test

import (
	"strings"
	"testing"

	"github.com/mingcha-console/mingcha/app/internal/features/rating"
)

// A case number that hides a character is not put right in silence: its row waits in
// the quarantine, which names the character; so is one that only looks like a case's.
func TestCaseNumbersThatAreNotWhatTheyLookLike(t *testing.T) {
	o := open(t)
	head := "部门,办件编号,满意度,时间\n"
	for no, want := range map[string]string{
		"GН-01":        "第 2 个字符是 U+041D（西里尔字母），看上去是 H",
		"GH-\u200B01":  "第 4 个字符是 U+200B（零宽空格）",
		"GH-01\uFEFF":  "第 6 个字符是 U+FEFF（字节顺序标记）",
		"G\u00ADH-01":  "第 2 个字符是 U+00AD（软连字符）",
		"GH-\u202E01":  "第 4 个字符是 U+202E（双向排列控制符）",
		"GH\u00A0-01":  "第 3 个字符是 U+00A0（不换行空格）",
		"’GH-01":       "第 1 个字符是 U+2019（右单引号）",
		"`GH-01":       "第 1 个字符是 U+0060（反引号）",
		"‘GH-01":       "第 1 个字符是 U+2018（左单引号）",
		"GH-\u001F01":  "第 4 个字符是 U+001F",
		"\u200BGH-01":  "第 1 个字符是 U+200B（零宽空格）",
		"GH-01\u200D ": "第 6 个字符是 U+200D（零宽连字）",
	} {
		p := o.preview(file(head + "规划局," + no + ",满意,2026-09-05 09:30\n"))
		if p.Usable != 0 || len(p.Wrong) != 1 || p.Wrong[0].Column != "B 办件编号" || !strings.Contains(p.Wrong[0].ZH, want) || !strings.Contains(p.Wrong[0].EN, "U+") {
			t.Errorf("%q: %+v, want %s", no, p.Wrong, want)
		}
	}
	// Excel's own mark, blanks around and numbers of an office's own style are as they are.
	for _, no := range []string{"'GH-01", " GH-01 ", "规划〔2026〕１号", "\u3000GH-01"} {
		if p := o.preview(file(head + "规划局," + no + ",满意,2026-09-05 09:30\n")); p.Usable != 1 {
			t.Errorf("%q: %+v", no, p.Wrong)
		}
	}
	if got := o.imports(file(head + "规划局,GH–01,满意,2026-09-05 09:30\n规划局,GH-\u200B01,满意,2026-09-05 09:31\n规划局,GH-01,满意,2026-09-05 09:32\n")); got != (rating.Imported{Rows: 3, Taken: 1, Refused: 2}) {
		t.Errorf("%+v", got)
	}
	var reasons string
	o.Must(o.Store.Readers().QueryRowContext(ctx, `SELECT group_concat(reason_zh) FROM quarantine`).Scan(&reasons))
	if !strings.Contains(reasons, "U+200B（零宽空格）") || !strings.Contains(reasons, `"GH–01" 与该部门已有的办件 "GH-01" 看上去相同：第 3 个字符是 U+2013`) {
		t.Error(reasons)
	}
	o.Verify()
}

package intake

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/mingcha-console/mingcha/app/internal/fault"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// Two cases that look the same are not two: the second waits in the quarantine,
// which names the character. Numbers of an office's own style are as they are.
func TestTwoCasesThatLookTheSameAreNotTwo(t *testing.T) {
	r := newRig(t, t.TempDir(), at("2026-03-11 09:00:00"))
	r.catalogue()
	when := at("2026-03-09 10:00:00")
	received := pb.EventKind_EVENT_KIND_RECEIVED
	good := []string{"GH-417", "规划（2026）0017 号", "Ａ１", "gh-417", "GH-41７", "GH-500"}
	odd := map[string]string{
		"ＧH-417":             "U+FF27（全角字符），看上去是 G",
		"GH\u2011417":        "U+2011，看上去是 -",
		"GH-417 ":            "第 7 个字符是 U+0020（空格）",
		"规划(2026)0017 号":     "已有的第 3 个字符是 U+FF08（全角字符）",
		"A1":                 "已有的第 1 个字符是 U+FF21（全角字符）",
		"GН-500":             "第 2 个字符是 U+041D（西里尔字母），看上去是 H",
		"GН-999":             "第 2 个字符是 U+041D（西里尔字母），看上去是 H", // the only one of its look, and none to be found by it
		"GH-\uFE0F600":       "U+FE0F（看不见的字符）",
		"GH-\u3164600":       "U+3164（韩文填充符）",
		"GH-\u200B600":       "不可显示的字符：第 4 个字符是 U+200B（零宽空格）",
		"\uFEFFGH-600":       "U+FEFF（字节顺序标记）",
		"GH-\u00AD600":       "U+00AD（软连字符）",
		"GH-\u2066600\u2069": "U+2066（双向排列控制符）",
	}
	for i, no := range good[:4] {
		r.take(event(fmt.Sprint("good", i), no, received, when))
	}
	r.take(event("good5", "GH-500", received, when))
	for no, want := range odd {
		r.take(event("odd"+no, no, received, when))
		found := false
		for _, q := range r.quarantineOf("a") {
			found = found || strings.Contains(q, want)
		}
		if !found {
			t.Errorf("%q: no reason has %q in\n%s", no, want, strings.Join(r.quarantineOf("a"), "\n"))
		}
	}
	if got := r.in.Tally("a", Events); got.Taken != 5 {
		t.Errorf("%+v", got)
	}
	// The case goes on under its own number, and so does one of odd looks.
	r.take(event("more", "GH-417", pb.EventKind_EVENT_KIND_ACCEPTED, when), event("more2", "Ａ１", pb.EventKind_EVENT_KIND_ACCEPTED, when))
	if got := r.in.Tally("a", Events); got.Taken != 7 {
		t.Errorf("%+v", got)
	}
	r.verify("")
}

// quarantineOf are the Chinese reasons for which an adapter's records wait.
func (r *rig) quarantineOf(adapter string) []string {
	return r.query(`SELECT reason_zh FROM quarantine WHERE adapter = '` + adapter + `'`)
}

// A folder of before knows its cases by the numbers that they have, whatever
// these look like, and lets no third one look like them.
func TestOlderFoldersKeepTheirCases(t *testing.T) {
	dir := t.TempDir()
	r := newRig(t, dir, at("2026-03-11 09:00:00"))
	r.catalogue()
	when := at("2026-03-09 10:00:00")
	r.take(event("1", "Ａ１", pb.EventKind_EVENT_KIND_RECEIVED, when), event("2", "B2", pb.EventKind_EVENT_KIND_RECEIVED, when))
	r.close()
	r.alter(`DELETE FROM case_lookalikes`, `INSERT INTO case_lookalikes (dept, skeleton, case_no) VALUES (0, '', '')`)
	r.again()
	r.take(event("3", "Ａ１", pb.EventKind_EVENT_KIND_ACCEPTED, when), event("4", "A1", pb.EventKind_EVENT_KIND_RECEIVED, when))
	if got := r.query(`SELECT case_no FROM cases ORDER BY id`); len(got) != 2 {
		t.Errorf("%q", got)
	}
	if got := r.query(`SELECT dept || skeleton FROM case_lookalikes`); len(got) != 1 || got[0] != "1A1" {
		t.Errorf("%q", got)
	}
	r.verify("")
}

// A table that was tampered with so that a look-alike passes is found.
func TestVerifyNamesAMissingLook(t *testing.T) {
	r := newRig(t, t.TempDir(), at("2026-03-11 09:00:00"))
	r.catalogue()
	r.take(event("1", "Ａ１", pb.EventKind_EVENT_KIND_RECEIVED, at("2026-03-09 10:00:00")))
	r.close()
	r.alter(`DELETE FROM case_lookalikes`)
	r.again()
	r.verify("case_lookalikes")
}

// Items and departments that look alike are not two either; the whole
// description waits, and the sentence names the character.
func TestItemsAndDepartmentsThatLookAlike(t *testing.T) {
	r := newRig(t, t.TempDir(), at("2026-03-11 09:00:00"))
	r.catalogue()
	dep := []*pb.Department{{Code: "GH", Name: "规划局"}}
	for code, want := range map[string]string{
		"І1": "事项编码 \"І1\" 与看上去的不同：第 1 个字符是 U+0406（西里尔字母），看上去是 I",
		"I１": "事项编码 \"I１\" 与 \"I1\" 看上去相同：第 2 个字符是 U+FF11（全角字符），看上去是 1",
	} {
		items := []*pb.Item{{Department: "GH", Code: "I1", Name: "建设用地规划许可", CaseType: pb.CaseType_CASE_TYPE_ON_THE_SPOT}, {Department: "GH", Code: code, Name: "另一个", CaseType: pb.CaseType_CASE_TYPE_ON_THE_SPOT}}
		err := r.in.Catalogue(context.Background(), "a", &pb.DescribeResponse{Name: "a"}, dep, items)
		if f, ok := fault.As(err); !ok || !strings.Contains(f.ZH, want) {
			t.Errorf("%s: %v, want %s", code, err, want)
		}
	}
	err := r.in.Catalogue(context.Background(), "b", &pb.DescribeResponse{Name: "b"}, []*pb.Department{{Code: "ＧＨ", Name: "假规划局"}}, nil)
	if err == nil {
		t.Error("a department that looks like another was taken")
	}
	r.take(event("1", "GH-1", pb.EventKind_EVENT_KIND_RECEIVED, at("2026-03-09 10:00:00"), func(e *pb.Event) { e.ItemCode = "І1" }))
	if got := r.quarantineOf("a"); len(got) != 1 || !strings.Contains(got[0], `清单里的 "I1" 与它看上去相同：第 1 个字符是 U+0406（西里尔字母），看上去是 I`) {
		t.Errorf("%q", got)
	}
	r.verify("")
}

package rating

import (
	"bytes"
	"errors"
	"strconv"
	"testing"
	"time"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/mingcha-console/mingcha/app/internal/fault"
)

// A rater's export is somebody else's file: whatever stands in it, it is refused
// in words, or each of its rows is a rating or says what is wrong with it.
func FuzzCSV(f *testing.F) {
	const export = "9月评价明细,,,\n部门,窗口号,工号,姓名,满意度,评价时间,意见,流水号\n规划局,3,0107,李窗口,非常满意,2026-09-21 09:05:10,,1\n" +
		"GH,3,,,5-非常不满意,2026.9.22 下午3:05,\"说\"\"再来\"\"，\n来了三次\",2\n规 划 局,,,,4,46286.5,,2\n"
	gbk, err := simplifiedchinese.GB18030.NewEncoder().String(export)
	if err != nil {
		f.Fatal(err)
	}
	f.Add([]byte(export), false)
	f.Add([]byte("\ufeff"+export), true)
	f.Add([]byte(gbk), false)
	f.Add([]byte("\xff\xfe-N;\x00"), false)
	f.Add([]byte("部门\t日期\t时间\t评价结果\nGH\t2026年9月21日\t0.5\t5星\nGH\t20260921\t9:7\t默认好评\n"), true)
	f.Add([]byte("满意度;日期\n\"满意;2026-09-21\n"), false)
	zone := time.FixedZone("Asia/Shanghai", 8*3600)
	now := time.Date(2026, 11, 23, 10, 0, 0, 0, zone)
	f.Fuzz(func(t *testing.T, in []byte, fiveBest bool) {
		if bytes.HasPrefix(in, []byte("PK\x03\x04")) {
			return // a workbook, which has a reader of its own
		}
		table, err := openTable(in, nil, t.Context().Err)
		if err != nil {
			inWords(t, err)
			return
		}
		r := &reader{table: table, times: timeReader{zone: zone}, now: now, meaning: Meaning{},
			names: &names{newCodebook(), map[string]string{"GH": "规划局"}}, items: map[string]*codebook{"GH": newCodebook()}}
		r.names.add("GH", "GH")
		r.names.add("规划局", "GH")
		r.items["GH"].add("规划许可", "I1")
		for n := 1; fiveBest && n <= 5; n++ {
			r.meaning[strconv.Itoa(n)] = 6 - n
		}
		if err := r.survey(&File{Department: "GH"}); err != nil {
			inWords(t, err)
			return
		}
		err = r.read(func(x *row) error {
			if x.note {
				return nil
			}
			if x.wrong.zh != "" {
				if x.wrong.en == "" {
					t.Errorf("line %d is refused in one language: %s", x.line, x.wrong.zh)
				}
				return nil
			}
			at := x.RatedAt.AsTime()
			if x.Level < 1 || x.Level > 5 || at.Before(earliest) || at.After(now) || x.Department != "GH" || x.SourceId == "" || !utf8.ValidString(x.Text) {
				t.Errorf("line %d is the rating %v", x.line, x.Rating)
			}
			return nil
		})
		if err != nil {
			inWords(t, err)
		}
	})
}

func inWords(t *testing.T, err error) {
	t.Helper()
	var e *fault.Error
	if !errors.As(err, &e) || e.ZH == "" || e.EN == "" {
		t.Errorf("refused without words for the clerk: %v", err)
	}
}

package datetime

import (
	"errors"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

var shanghai = time.FixedZone("CST", 8*3600)

// Times as the programs of offices write them, each with the instant that it
// stands for in an office at UTC+8 (or as "refused" with a word of the reason).
func TestTimesAsOtherToolsWriteThem(t *testing.T) {
	const nine30 = "2026-03-02T09:30:00+08:00"
	for text, want := range map[string]string{
		// ISO 8601, long and short
		"2026-03-02T09:30:00+08:00":                nine30,
		"2026-03-02T01:30:00Z":                     nine30,
		"2026-03-02T01:30:00.000z":                 nine30,
		"2026-03-02T09:30:00.000+0800":             nine30,
		"2026-03-02T09:30+08:00":                   nine30,
		"2026-03-02T09:30+08":                      nine30,
		"2026-03-02T09:30:00":                      nine30,
		"2026-03-02t09:30":                         nine30,
		"2026-03-02 09:30:00":                      nine30,
		"2026-03-02 09:30:00 +0800":                nine30,
		"2026-03-02 09:30:00 GMT+8":                nine30,
		"2026-03-02 01:30:00 UTC":                  nine30,
		"2026-03-02T09:30:00+08:00[Asia/Shanghai]": nine30,
		"2026-03-02T09:30:00[Asia/Shanghai]":       nine30,
		"2026-03-02T09:30:00,000":                  nine30,
		"2026-03-02T09:30:00.250":                  "2026-03-02T09:30:00.25+08:00",
		"20260302T093000+0800":                     nine30,
		"20260302T0930":                            nine30,
		"20260302 093000":                          nine30,
		"20260302093000":                           nine30,
		"202603020930":                             nine30,
		"20260302093000123":                        "2026-03-02T09:30:00.123+08:00",
		"20260302":                                 "2026-03-02T00:00:00+08:00",
		"2026-03-02":                               "2026-03-02T00:00:00+08:00",
		"2026-03-02+08:00":                         "2026-03-02T00:00:00+08:00",
		"1772415000000":                            nine30,
		// slashes, dots, Chinese
		"2026/03/02 09:30:00.000": nine30,
		"2019/11/03 01:11:19.000": "2019-11-03T01:11:19+08:00",
		"2026/3/2 9:30":           nine30,
		"2026/3/2 9:30:00":        nine30,
		"2026.3.2 9:30":           nine30,
		"2026/3/2":                "2026-03-02T00:00:00+08:00",
		"2026年3月2日":               "2026-03-02T00:00:00+08:00",
		"2026年03月02日 09:30":       nine30,
		"2026年3月2日9:30":           nine30,
		"2026年3月2日9时30分":          nine30,
		"2026年3月2日 9时30分00秒":      nine30,
		"2026年3月2日 星期一 9:30":      nine30,
		"2026/3/2 周一 9:30":        nine30,
		"２０２６－０３－０２　０９：３０":        nine30,
		"  2026-03-02   09:30 ":   nine30,
		// the end of a day, which is in time for a limit that ends on it (Civil Code art. 203)
		"2026-03-02T24:00:00":       "2026-03-02T23:59:59+08:00",
		"2026-03-02 24:00":          "2026-03-02T23:59:59+08:00",
		"2026-02-28T24:00:00+08:00": "2026-02-28T23:59:59+08:00",
		// a leap second is of its own minute and day
		"2026-03-02T23:59:60+08:00": "2026-03-02T23:59:59+08:00",
		"2026-03-02 23:59:60":       "2026-03-02T23:59:59+08:00",
		"2026-03-02 23:59:60.250":   "2026-03-02T23:59:59+08:00",
		"2026-12-31T23:59:60Z":      "2027-01-01T07:59:59+08:00",
		"20260302T235960":           "2026-03-02T23:59:59+08:00",
		"20260302235960":            "2026-03-02T23:59:59+08:00",
		"2026年3月2日 23时59分60秒":       "2026-03-02T23:59:59+08:00",
		"2026/3/2 下午11:59:60":       "2026-03-02T23:59:59+08:00",
		"2026/3/2 11:59:60 PM":      "2026-03-02T23:59:59+08:00",
		// clocks of twelve hours
		"2026-03-02 09:30 AM":  nine30,
		"3/13/2026 9:30 AM":    "2026-03-13T09:30:00+08:00",
		"2026/3/2 上午9:30":      nine30,
		"2026/3/2 上午 9:30:00":  nine30,
		"2026-03-02 12:30 AM":  "2026-03-02T00:30:00+08:00",
		"2026-03-02 12:30 PM":  "2026-03-02T12:30:00+08:00",
		"2026-03-02 12:30PM":   "2026-03-02T12:30:00+08:00",
		"2026-03-02 上午12:05":   "2026-03-02T00:05:00+08:00",
		"2026-03-02 下午12:05":   "2026-03-02T12:05:00+08:00",
		"2026-03-02 中午12:05":   "2026-03-02T12:05:00+08:00",
		"2026-03-02 凌晨12:05":   "2026-03-02T00:05:00+08:00",
		"2026-03-02 下午3:05":    "2026-03-02T15:05:00+08:00",
		"2026-03-02 下午 15:05":  "2026-03-02T15:05:00+08:00",
		"2026-03-02 3:05 p.m.": "2026-03-02T15:05:00+08:00",
		"2026年3月2日 下午3时05分":    "2026-03-02T15:05:00+08:00",
		// months by name, one reading only
		"02-Mar-2026 09:30:00":                       nine30,
		"2 March 2026 09:30":                         nine30,
		"Mar 2, 2026 9:30:00 AM":                     nine30,
		"Mon, 02 Mar 2026 01:30:00 GMT":              nine30,
		"Mon Mar 02 2026 09:30:00 GMT+0800 (中国标准时间)": nine30,
		"Mon Mar 02 09:30:00 +0800 2026":             nine30,
		"23/11/2026 09:30":                           "2026-11-23T09:30:00+08:00",
		"23-11-2026":                                 "2026-11-23T00:00:00+08:00",
		"11/23/2026 09:30":                           "2026-11-23T09:30:00+08:00",
		"3/3/2026 09:30":                             "2026-03-03T09:30:00+08:00",
		// refused
		"03/02/2026 09:30":           "refused: may be month 3, day 2 or month 2, day 3",
		"3-2-2026":                   "refused: may be",
		"26/3/2 9:30":                "refused: two digits",
		"02-MAR-26 09.30.00":         "refused: two digits",
		"2026-02-30":                 "refused: no such day",
		"2026-13-01":                 "refused: no such day",
		"31/31/2026":                 "refused: no such day",
		"2026-03-02 25:00":           "refused: no such time of day",
		"2026-03-02 24:01":           "refused: no such time of day",
		"2026-03-02 23:59:61":        "refused: no such time of day",
		"2026-03-02 24:00:60":        "refused: no such time of day",
		"2026-03-02 上午15:05":         "refused: contradict",
		"2026-03-02 上午 3:05 PM":      "refused: two words",
		"2026-03-02 09:30 CST":       "refused: more than one meaning",
		"2026-03-02 09:30 ist":       "refused: more than one meaning",
		"2026-03-02 09:30 XX":        "refused: the zone XX is unknown",
		"2026-03-02T09:30:00QQQ":     "refused: the zone QQQ is unknown",
		"2026-03-02 09:30 [Mars/Xx]": "refused: the zone Mars/Xx is unknown",
		"1772415000":                 "refused: row of digits",
		"46083.3958":                 "refused: row of digits",
		"2026-03-021":                "refused: cannot be read",
		"2026-03-02 09:30 yesterday": "refused: cannot be read",
		"tomorrow":                   "refused: cannot be read",
		"":                           "refused: empty",
		"9:30":                       "refused: cannot be read",
		"2026-03-02 上午":              "refused: cannot be read",
	} {
		at, err := (&Reader{Zone: shanghai}).Read(text)
		if reason, refused := strings.CutPrefix(want, "refused: "); refused {
			var p *Problem
			if !errors.As(err, &p) || !strings.Contains(p.EN, reason) || p.ZH == "" {
				t.Errorf("%q: %v, %v; want it refused: %s", text, at, err, reason)
			}
			continue
		}
		right, perr := time.Parse(time.RFC3339Nano, want)
		if perr != nil {
			t.Fatal(perr)
		}
		if err != nil || !at.Equal(right) {
			t.Errorf("%q: %v, %v; want %v", text, at, err, right)
		}
	}
}

// Case r_ampm: the words for parts of the day, as programs and people write them.
// Twelve at night is the beginning of the date that stands beside it.
func TestCaseRAmpmPartsOfTheDay(t *testing.T) {
	for text, want := range map[string]string{
		"晚上12:10": "00:10", "夜里12:10": "00:10", "半夜12:10": "00:10", "午夜12:00": "00:00", "晚12:00": "00:00", "凌晨12:10": "00:10", "凌晨 12:00:00": "00:00", "上午12:10": "00:10",
		"晚上0:10": "00:10", "晚上1:10": "01:10", "夜里2:30": "02:30", "夜里5:30": "05:30", "晚上5:30": "17:30", "晚上8:30": "20:30", "深夜11:30": "23:30", "夜间10点": "22:00", "夜里20:30": "20:30",
		"下午0:30": "12:30", "下午12:30": "12:30", "午后3:30": "15:30", "下午13:10": "13:10", "傍晚6:30": "18:30",
		"中午11:50": "11:50", "中午12:10": "12:10", "正午12:00": "12:00", "中午1:10": "13:10", "正午": "12:00", "午夜": "00:00",
		"早上8:30": "08:30", "早晨6:30": "06:30", "清晨5:05": "05:05", "上午0:10": "00:10", "AM 12:05": "00:05", "12:05:06 AM": "00:05", "12 AM": "00:00", "12 pm": "12:00", "3pm": "15:00",
		"12:30 a.m.": "00:30", "12:30 p.m.": "12:30", "12:00 noon": "12:00", "noon": "12:00", "12 noon": "12:00", "12:00 midnight": "00:00", "midnight": "00:00",
		"12:10 at night": "00:10", "9:05 at night": "21:05", "3:05 in the afternoon": "15:05", "8:05 in the morning": "08:05", "8:05 in the evening": "20:05",
		"晚上14:00": "", "凌晨15:00": "", "傍晚12:00": "", "中午6:00": "", "夜里": "", "上午晚上8:30": "", "下午24:00": "",
	} {
		at, err := (&Reader{Zone: shanghai}).Read("2026-03-05 " + text)
		if want == "" {
			if err == nil {
				t.Errorf("%s: %v, want it refused", text, at)
			}
			continue
		}
		if err != nil || at.Format("2006-01-02 15:04") != "2026-03-05 "+want {
			t.Errorf("%s: %v, %v; want %s", text, at, err, want)
		}
	}
}

func TestLayoutsDecideWhatHasTwoReadings(t *testing.T) {
	for _, c := range []struct{ layout, text, want string }{
		{"2/1/2006 15:04", "03/02/2026 09:30", "2026-02-03T09:30:00+08:00"},
		{"1/2/2006 15:04", "03/02/2026 09:30", "2026-03-02T09:30:00+08:00"},
		{"06/1/2 15:04", "26/3/2 9:30", "2026-03-02T09:30:00+08:00"},
		{"1/2/2006 3:04 PM", "3/2/2026 12:30 AM", "2026-03-02T00:30:00+08:00"},
		{"2/1/2006 PM3:04", "3/2/2026 上午12:05", "2026-02-03T00:05:00+08:00"},
		{"2/1/2006 15:04:05", "3/2/2026 24:00:00", "2026-02-03T23:59:59+08:00"},
		{"2/1/2006 15:04:05", "3/2/2026 23:59:60", "2026-02-03T23:59:59+08:00"},
		{"2/1/2006 15:04:05.999", "3/2/2026 23:59:60.500", "2026-02-03T23:59:59+08:00"},
		{"2/1/2006 3:04:05 PM", "3/2/2026 11:59:60 PM", "2026-02-03T23:59:59+08:00"},
		{"2006-01-02 150405", "2060-02-03 235960", "2060-02-03T23:59:59+08:00"},
		{"2/1/2006 15:04:05", "3/2/2026 23:60:00", ""},
		{"2/1/2006 15:04", "3/2/2026 23:60", ""},
		{"2/1/2006 PM3:04", "3/2/2026 晚上12:10", "2026-02-03T00:10:00+08:00"},
		{"2/1/2006 PM3:04", "3/2/2026 夜里11:10", "2026-02-03T23:10:00+08:00"},
		{"2/1/2006 PM3:04", "3/2/2026 中午12:10", "2026-02-03T12:10:00+08:00"},
		{"2/1/2006 3:04pm", "3/2/2026 12:10am", "2026-02-03T00:10:00+08:00"},
		{"2/1/2006 3:04PM", "3/2/2026 12:10PM", "2026-02-03T12:10:00+08:00"},
		{"2/1/2006 15:04:05 -0700", "3/2/2026 09:30:00 +0000", "2026-02-03T17:30:00+08:00"},
	} {
		at, err := (&Reader{Zone: shanghai, Layouts: []string{"2006年", c.layout}}).Read(c.text)
		if c.want == "" {
			if err == nil {
				t.Errorf("%s, %q: %v, want it refused", c.layout, c.text, at)
			}
			continue
		}
		want, perr := time.Parse(time.RFC3339, c.want)
		if perr != nil {
			t.Fatal(perr)
		}
		if err != nil || !at.Equal(want) {
			t.Errorf("%s, %q: %v, %v; want %v", c.layout, c.text, at, err, want)
		}
	}
	if _, err := (&Reader{Layouts: []string{"2006-01-02"}}).Read("2026/03/02"); err == nil || !strings.Contains(err.Error(), "2006-01-02") {
		t.Errorf("another form than the one given: %v", err)
	}
	for layout, good := range map[string]bool{"2006-01-02": true, "2-1-2006 15:04:05": true, "yyyy-mm-dd": false, "02/2006": false, "": false} {
		if err := CheckLayout(layout); (err == nil) != good {
			t.Errorf("%q: %v", layout, err)
		}
	}
}

// Whatever moment and zone: every form that says both gives it back.
func TestEveryFormGivesTheMomentBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		zone := time.FixedZone("", rapid.IntRange(-12*4, 14*4).Draw(t, "quarters of an hour")*900)
		at := time.Unix(rapid.Int64Range(200_000, 4_000_000_000).Draw(t, "second"), 0).In(zone)
		layout := rapid.SampledFrom([]string{time.RFC3339, "2006-01-02 15:04:05 -0700", "20060102T150405-0700", "2006/1/2 15:04:05-07:00",
			"2006年1月2日15时4分5秒 -07:00", "2006年1月2日 PM3:04:05 -0700", "2 Jan 2006 15:04:05 -0700", "Jan 2, 2006 3:04:05 PM -0700", time.RFC1123Z, time.RubyDate}).Draw(t, "form")
		text := at.Format(layout)
		text = strings.NewReplacer("PM", rapid.SampledFrom([]string{"PM", "pm", "下午"}).Draw(t, "word"), "AM", "上午").Replace(text)
		got, err := (&Reader{Zone: shanghai}).Read(text)
		if err != nil || !got.Equal(at) {
			t.Fatalf("%q: %v, %v; want %v", text, got, err, at)
		}
	})
}

func FuzzRead(f *testing.F) {
	f.Add("2026年3月2日 下午3:05:00.25 +0800")
	f.Fuzz(func(t *testing.T, text string) {
		at, err := (&Reader{Zone: shanghai}).Read(text)
		if p := (*Problem)(nil); err != nil && !errors.As(err, &p) {
			t.Fatalf("%q: %T", text, err)
		}
		if err == nil && (at.Year() < 1 || at.Year() > 9999) {
			t.Fatalf("%q: %v", text, at)
		}
	})
}

package datetime

import (
	"errors"
	"strings"
	"testing"
	"time"
)

// What programs write where they have no date is none, whatever its form, and is said so
// in the words that stand in the file.
func TestADateThatStandsForNoneIsNone(t *testing.T) {
	shanghai, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		t.Fatal(err)
	}
	none := []string{"0000-00-00", "0000-00-00 00:00:00", "0000/00/00", "00000000", "00000000000000", "0000-01-01", "0000-05-00", "0000年00月00日", "00/00/0000", "0", "0.0", "00:00:00",
		"0001-01-01", "0001-01-01T00:00:00Z", "0001/1/1 0:00:00", "1/1/0001 12:00:00 AM", "1601-01-01T00:00:00Z", "1753-01-01", "1899-12-30", "1899-12-29T15:54:17Z", "12/30/1899 0:00",
		"1899-12-31 00:00:00", "1900-01-00", "1900/1/0 0:00:00", "1/0/1900", "1900年1月0日", "1900-01-01", "1904-01-01",
		"1970-01-01", "1970-01-01 08:00:00", "1970-01-01T08:00:00+08:00", "1970-01-01T00:00:00Z", "1970-01-01T00:00:00.000+00:00", "1969-12-31T16:00:00Z", "1969-12-31T19:00:00-05:00",
		"Thu, 01 Jan 1970 00:00:00 GMT", "１９７０年１月１日 上午8:00", "19700101080000", "NULL", "null", "NaT", "-", "无", `\N`}
	for _, text := range none {
		_, err := (&Reader{Zone: shanghai}).Read(text)
		if !HasNone(err) {
			t.Errorf("%q: %v", text, err)
			continue
		}
		var p *Problem
		if errors.As(err, &p); !strings.Contains(p.ZH, text) && !strings.Contains(p.ZH, `\\N`) || strings.Contains(p.ZH, "1970") != strings.Contains(text, "1970") && !strings.ContainsRune(text, '９') {
			t.Errorf("%q is told as %s", text, p.ZH)
		}
	}
	for text, layout := range map[string]string{"0000-00-00": "2006-01-02", "1970-01-01 08:00:00": time.DateTime, "01-01-0001": "2-1-2006", "0": "2006-01-02"} {
		if at, err := (&Reader{Zone: shanghai, Layouts: []string{layout}}).Read(text); !HasNone(err) {
			t.Errorf("%q in the format %s: %s, %v", text, layout, at, err)
		}
	}
	for text, want := range map[string]string{"1970-01-02": "1970-01-02T00:00:00+08:00", "1969-12-30 09:00": "1969-12-30T09:00:00+08:00", "1900-01-02": "1900-01-02T00:00:00+08:00",
		"2000-01-01 00:00:00": "2000-01-01T00:00:00+08:00", "20000101": "2000-01-01T00:00:00+08:00", "1000000000000": "2001-09-09T09:46:40+08:00"} {
		if at, err := (&Reader{Zone: shanghai}).Read(text); err != nil || !strings.HasPrefix(at.Format(time.RFC3339), want[:19]) {
			t.Errorf("%q is %s, %v; want %s", text, at.Format(time.RFC3339), err, want)
		}
	}
	for _, text := range []string{"1900-01-32", "1900-02-00", "0x", "2000-00-00", "00001", "0000-13-45"} {
		if at, err := (&Reader{Zone: shanghai}).Read(text); err == nil || HasNone(err) {
			t.Errorf("%q is no date, and stands for none: %s, %v", text, at, err)
		}
	}
	if !IsNone(time.Time{}, nil) || !IsNone(time.Unix(0, 0), nil) || IsNone(time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC), shanghai) {
		t.Error("instants")
	}
}

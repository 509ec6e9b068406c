package cli

import (
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/mingcha-console/mingcha/app/internal/adapterhost"
	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/intake"
)

// tally sets what a stream's source holds against what became of it. Where the
// adapter counts its source, records = taken + known + corrections + refused +
// missing, and missing is 0.
type tally struct {
	Stream      string    `json:"stream"`
	Source      *source   `json:"source"` // null where the adapter does not count it
	Taken       int64     `json:"taken"`
	Known       int64     `json:"known"`
	Corrections int64     `json:"corrections"`
	Refused     int64     `json:"refused"`
	Reasons     []refusal `json:"reasons"`
	Missing     int64     `json:"missing"`
}

// source is what an adapter counted in its source.
type source struct {
	Entries    int64 `json:"entries"`
	Cases      int64 `json:"cases"`
	Records    int64 `json:"records"`
	Unreadable int64 `json:"unreadable"`
	Before     int64 `json:"before"` // of the records, those read in an earlier run
	Ignored    int64 `json:"ignored"`
	Notes      int64 `json:"notes"`
}

// refusal is a reason for which records were set aside, in the words of the
// first of them; where those of others are not the same, with some of theirs.
type refusal struct {
	Code  string `json:"code"`
	Count int64  `json:"count"`
	said
	Others []said `json:"others,omitempty"`
}

// said is a sentence in both languages.
type said struct {
	ZH string `json:"zh"`
	EN string `json:"en"`
}

// tallies are those of the streams that hold anything, or whose adapter counts
// its source.
func tallies(sent adapterhost.Totals, taken map[adapterhost.Stream]intake.Tally) []tally {
	out := []tally{}
	for _, stream := range []adapterhost.Stream{adapterhost.Events, adapterhost.Rejections, adapterhost.Overdue, adapterhost.Authorizations, adapterhost.Ratings} {
		of := taken[stream]
		t := tally{Stream: string(stream), Taken: of.Taken, Known: of.Known, Corrections: of.Corrections, Refused: of.RefusedCount(), Reasons: []refusal{}}
		for _, code := range slices.Sorted(maps.Keys(of.Refused)) {
			r := of.Refused[code]
			of := refusal{Code: code, Count: r.Count, said: said{r.ZH, r.EN}}
			for _, w := range r.Others {
				of.Others = append(of.Others, said(w))
			}
			t.Reasons = append(t.Reasons, of)
		}
		if s := sent.Sources[stream]; s != nil {
			t.Source = &source{int64(s.Entries), int64(s.Cases), int64(s.Records), int64(s.Unreadable), int64(s.Before), int64(s.Ignored), int64(s.Notes)}
			t.Known += t.Source.Before
			t.Missing = t.Source.Records - t.Taken - t.Known - t.Corrections - t.Refused
		}
		if t.Source != nil || t.records() > 0 {
			out = append(out, t)
		}
	}
	return out
}

// brokenOff are the tallies of a run that did not come to its end: what became of the
// records until then. What the adapter counted so far is not all that its source
// holds, and is left out.
func brokenOff(all []tally) []tally {
	out := []tally{}
	for _, t := range all {
		if t.Source, t.Missing = nil, 0; t.records() > 0 {
			out = append(out, t)
		}
	}
	return out
}

func (t *tally) records() int64 { return t.Taken + t.Known + t.Corrections + t.Refused }

var streamWords = map[string]string{"events": "事件", "rejections": "否定报备", "overdue": "超时自报", "authorizations": "授权", "ratings": "好差评"}

func (t *tally) print(w io.Writer) error {
	_, err := fmt.Fprintf(w, "%s %s：", streamWords[t.Stream], t.Stream)
	if s := t.Source; err == nil && s != nil {
		_, err = fmt.Fprintf(w, "来源共有 in the source %d（办件 cases %d）· 形成记录 records %d：", s.Entries, s.Cases, s.Records)
	}
	if err == nil {
		_, err = fmt.Fprintf(w, "新收 taken %d · 已有 already known %d · 更正 corrected %d · 拒收 refused %d", t.Taken, t.Known, t.Corrections, t.Refused)
	}
	if s := t.Source; err == nil && s != nil {
		_, err = fmt.Fprintf(w, "；映射不取 left out by the mapping %d · 无规则、作备注 no rule fits, as notes %d", s.Ignored, s.Notes)
	}
	if err == nil {
		_, err = fmt.Fprintln(w)
	}
	for i := 0; err == nil && i < len(t.Reasons); i++ {
		err = t.Reasons[i].print(w)
	}
	if err == nil && t.Missing != 0 {
		_, err = fmt.Fprintf(w, "  有 %d 条记录没有对上，请联系数据接口的提供方。 %d records are not accounted for: tell the adapter's supplier.\n", t.Missing, t.Missing)
	}
	return err
}

// print says of words that are not the same for all records that they are examples.
func (r *refusal) print(w io.Writer) error {
	if len(r.Others) == 0 {
		_, err := fmt.Fprintf(w, "  拒收 refused %d × %s：%s\n    %s\n", r.Count, r.Code, r.ZH, r.EN)
		return err
	}
	_, err := fmt.Fprintf(w, "  拒收 refused %d × %s，例如 such as：\n", r.Count, r.Code)
	for _, x := range append([]said{r.said}, r.Others...) {
		if err == nil {
			_, err = fmt.Fprintf(w, "    · %s\n      %s\n", x.ZH, x.EN)
		}
	}
	return err
}

func warnings(sent adapterhost.Totals) []said {
	out := []said{}
	for _, w := range sent.Warnings {
		out = append(out, said{w.GetMessageZh(), w.GetMessageEn()})
	}
	return out
}

// nothingTaken is the code of an ingest that took nothing; it ends with status 3.
const nothingTaken = "nothing_taken"

// tookNothing tells a run that took nothing, and was not just up to date, from
// others: nobody should take it for a success.
func tookNothing(all []tally) error {
	var fresh, known, refused, entries, records int64
	counted := false
	for i := range all {
		t := &all[i]
		fresh += t.Taken + t.Corrections
		known += t.Known
		refused += t.Refused
		records += t.records()
		if s := t.Source; s != nil {
			counted = true
			entries += s.Entries
			known -= min(s.Unreadable, s.Before) // read before and set aside then
		}
	}
	switch {
	case fresh > 0:
		return nil
	case refused > 0:
		return fault.New(fault.Unavailable, nothingTaken,
			fmt.Sprintf("没有收下任何新记录：%d 条全部被拒收，原因见上，原文在问题数据。请核对映射、文件和时间的写法。", refused),
			fmt.Sprintf("Nothing new was taken: all of %d records were refused, for the reasons above; they are kept in quarantine. Check the mapping, the file and how times are written.", refused), nil)
	case counted && entries == 0 && records == 0:
		return fault.New(fault.Unavailable, nothingTaken, "没有收下任何记录：来源是空的。请核对文件。", "Nothing was taken: the source holds nothing. Check the file.", nil)
	case counted && records == 0:
		return fault.New(fault.Unavailable, nothingTaken,
			fmt.Sprintf("没有收下任何记录：来源有 %d 条，映射一条也没有取。请核对映射。", entries),
			fmt.Sprintf("Nothing was taken: the source holds %d entries, and the mapping takes none of them. Check the mapping.", entries), nil)
	case counted && known <= 0:
		return fault.New(fault.Unavailable, nothingTaken, "没有收下任何记录：来源里的记录此前已全部被拒收，原文在问题数据。请核对映射和文件。",
			"Nothing was taken: all that the source holds was refused before and is kept in quarantine. Check the mapping and the file.", nil)
	}
	return nil
}

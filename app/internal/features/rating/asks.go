package rating

import (
	"fmt"
	"slices"
	"strings"

	"github.com/mingcha-console/mingcha/app/internal/fault"
)

// survey reads the file's sheets for the first time, and finds out what a person
// must say of them.
func (r *reader) survey(f *File) error {
	for _, p := range r.parts {
		if !p.read {
			continue
		}
		if err := r.look(p, r.names); err != nil {
			return err
		}
		if ask := p.whoseRows(f, r.names); ask.zh != "" {
			if len(p.seen.columns) == 0 && p.department == "" {
				return p.lacks([]string{noDepartment.zh}, []string{noDepartment.en})
			}
			p.ask = ask
			r.asks = append(r.asks, ask)
		}
	}
	r.most, r.scale, r.foreign = r.stars(), r.stated(), r.strangers()
	if v := r.unsure(); len(v) > 0 {
		var texts []string
		why := words{zh: "除了等级还写着别的话", en: "Other words stand beside the level"}
		for _, x := range v {
			if texts = append(texts, x.text); !x.remark {
				why = r.untold()
			}
		}
		r.asks = append(r.asks, words{
			fmt.Sprintf("满意度是这样写的：%s。%s，请选定每一个的意思", strings.Join(texts, "、"), why.zh),
			fmt.Sprintf("The levels are written so: %s. %s; choose what each means", strings.Join(texts, ", "), why.en), fieldLevel})
	}
	return nil
}

// unsure are the levels of which a person must say what they mean.
func (r *reader) unsure() []value {
	return slices.DeleteFunc(r.found(), func(v value) bool {
		_, said := r.meaning[v.key]
		return said || !r.doubtful(&v)
	})
}

// doubtful tells whether a level leaves a doubt: stars go up, but of one to three
// stars nobody knows of how many; one word that is not understood is a row's, most of
// them are a scale's of its own.
func (r *reader) doubtful(v *value) bool {
	switch {
	case r.scale.of(&v.mark) > 0:
		return false
	case v.remark:
		return !byNobody(v.text)
	}
	return v.unsure() || v.stars > 0 && r.most < 4 || r.foreign && v.strange(v.text)
}

// untold is what a file does not say of its levels.
func (r *reader) untold() words {
	if r.scale != nil {
		return words{zh: fmt.Sprintf("表头写着“%s”，没有说每一个的意思", cut(r.scale.text)), en: fmt.Sprintf("The heading has “%s”, and does not say what each means", cut(r.scale.text))}
	}
	return words{zh: "只看文件不知道一共几级、哪头最好", en: "The file does not say how many steps there are, nor which end is best"}
}

// stated is the scale that the headings state; nil where none does, or where those of
// several sheets differ.
func (r *reader) stated() (s *scale) {
	for _, p := range r.parts {
		switch {
		case !p.read || p.seen.scale == nil:
		case s == nil:
			s = p.seen.scale
		case !s.agrees(p.seen.scale):
			return nil
		}
	}
	return s
}

// warned is where the file, or what a person said of it, is not what its heading states.
func (r *reader) warned() (out []Warning) {
	for _, v := range r.found() {
		if w := r.scale.differs(&v, r.meaning[v.key]); w.zh != "" {
			out = append(out, Warning{ZH: w.zh + "。", EN: w.en + "."})
		}
	}
	for _, p := range r.parts {
		if p.read {
			out = append(out, p.otherLevels()...)
			out = append(out, p.withZeros()...)
		}
	}
	return out
}

// empty tells whether nothing that may be a rating stands in the sheets that are read: of
// rows that cannot be read people are told one by one.
func (r *reader) empty() bool {
	rows := 0
	for _, p := range r.parts {
		rows += p.seen.rows + p.seen.faults
	}
	return rows == 0
}

// strangers tells whether the words of half the ratings or more are not understood.
func (r *reader) strangers() bool {
	unknown, all := 0, 0
	for _, v := range r.found() {
		if all += v.rows; v.strange(v.text) && r.meaning[v.key] == 0 {
			unknown += v.rows
		}
	}
	return unknown > 0 && 2*unknown >= all
}

// stars are the most of the file.
func (r *reader) stars() (most int) {
	for _, p := range r.parts {
		most = max(most, p.seen.stars)
	}
	return most
}

// found are the levels of all sheets that are read.
func (r *reader) found() (all []value) {
	for _, p := range r.parts {
		for _, v := range p.seen.values {
			if i := slices.IndexFunc(all, func(o value) bool { return o.key == v.key }); i >= 0 {
				all[i].rows += v.rows
			} else {
				all = append(all, v)
			}
		}
	}
	return all
}

// values tells what each level of the file means.
func (r *reader) values() []LevelValue {
	out := []LevelValue{}
	for _, v := range r.found() {
		l := LevelValue{Key: v.key, Text: v.text, Rows: v.rows, Kind: v.kind, Number: v.number, Stars: v.stars}
		level, _, w := r.level(v.text)
		switch {
		case w.zh == "":
			l.Level = LevelWord(level)
		case r.meaning[v.key] == LeftOut:
			l.Level = leftOut
		default:
			l.Asked = r.doubtful(&v)
		}
		out = append(out, l)
	}
	return out
}

// leftOut is LeftOut's word.
const leftOut = "left_out"

// asked are the questions as they are told.
func (r *reader) asked() []Ask {
	out := []Ask{}
	for _, p := range r.parts {
		if p.ask.zh == "" {
			continue
		}
		a := Ask{Of: "department", Sheet: p.name, ZH: p.ask.zh + "。", EN: p.ask.en + "."}
		for _, w := range p.seen.columns {
			a.Columns = append(a.Columns, p.columns[w.column].Heading)
		}
		out = append(out, a)
	}
	for _, w := range r.asks {
		if w.of == fieldLevel {
			out = append(out, Ask{Of: "level", ZH: w.zh + "。", EN: w.en + "."})
		}
	}
	return out
}

// unsaid refuses a file of which something must be said first.
func unsaid(asks []words) error {
	var fields []fault.Field
	for _, w := range asks {
		fields = append(fields, fault.Field{Name: string(w.of), ZH: w.zh, EN: w.en})
	}
	f := fault.InvalidFields("rating_file", asks[0].zh+"。", asks[0].en+".", fields...)
	return f
}

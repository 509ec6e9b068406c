package rating

import (
	"fmt"
	"strings"
)

// otherLevel is a column that is called one of levels besides the one that is read.
type otherLevel struct {
	column int
	scale  *scale // that its heading states; nil: none
}

// saidLevel is what stands in a row's column of levels; where nothing does, in the first
// other one.
func (x *row) saidLevel() string {
	said := x.text(fieldLevel)
	for _, o := range x.seen.others {
		if strings.TrimSpace(said) != "" {
			break
		}
		said = x.at(o.column)
	}
	return said
}

// contradicted says that another column of levels has what cannot be meant together with a
// row's level: one is a bad rating and the other none, or two steps and more lie between.
// Which of them the applicant chose nobody can know. Of what leaves a doubt it says nothing,
// nor of steps side by side, which scales of three and of five have for one thing.
func (r *reader) contradicted(x *row, said string, level int) words {
	for _, o := range x.seen.others {
		text := x.at(o.column)
		m := marked(text)
		other := m.level
		if other == 0 {
			other = o.scale.of(&m)
		}
		if byNobody(text) || other == 0 || (other > Content) == (level > Content) && max(other, level)-min(other, level) < 2 {
			continue
		}
		here, there := x.columns[x.column[fieldLevel]].Heading, x.columns[o.column].Heading
		return words{fmt.Sprintf("“%s”是“%s”，“%s”却是“%s”，两者矛盾，不知以哪个为准", here, cut(said), there, cut(text)),
			fmt.Sprintf("“%s” says “%s”, and “%s” says “%s”: they contradict each other, and nobody can know which is meant", here, cut(said), there, cut(text)), fieldLevel}
	}
	return words{}
}

// otherLevels tells of a sheet's columns of levels that are not read.
func (p *part) otherLevels() (out []Warning) {
	here := p.columns[p.column[fieldLevel]].Heading
	for _, o := range p.seen.others {
		there := p.columns[o.column].Heading
		out = append(out, Warning{ZH: fmt.Sprintf("%s“%s”和“%s”两列都是满意度：按“%s”导入，没有填的看“%s”；两列矛盾的行不导入，逐行说明。", p.inZH(), here, there, here, there),
			EN: fmt.Sprintf("%s“%s” and “%s” are both columns of levels: “%s” counts, where it is empty “%s”; rows in which they contradict each other are not taken, and told one by one.", p.inEN(), here, there, here, there)})
	}
	return out
}

// withZeros tells of a sheet's rows in which a character of number 0 stood: programs leave
// it behind, and nothing shows of it. It is left out of texts.
func (p *part) withZeros() []Warning {
	if len(p.seen.zeros) == 0 {
		return nil
	}
	n, first := len(p.seen.zeros), p.seen.zeros[0]
	return []Warning{{ZH: fmt.Sprintf("%s有 %d 行夹着看不见的零字符（NUL），第一处在第 %d 行；文字里的已去掉，办件编号里的不导入。", p.inZH(), n, first),
		EN: fmt.Sprintf("%sCharacters of number 0 (NUL), which do not show, stand in %d rows, the first in line %d; they are left out of texts, and rows with one in the case number are not taken.", p.inEN(), n, first)}}
}

// inZH and inEN begin a sentence about a sheet that has a name.
func (p *part) inZH() string {
	if p.name == "" {
		return ""
	}
	return fmt.Sprintf("工作表“%s”：", p.name)
}

func (p *part) inEN() string {
	if p.name == "" {
		return ""
	}
	return fmt.Sprintf("Sheet “%s”: ", p.name)
}

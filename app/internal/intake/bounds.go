package intake

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/lookalike"
	"github.com/mingcha-console/mingcha/app/internal/workday"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// Bounds of what adapters declare. A city has some fifty departments and some
// thousand items; what is far beyond is a mistake, and every page would carry it.
const (
	mostDepartments = 500    // of the whole office
	mostItems       = 20_000 // of the whole office
	mostSteps       = 200    // of an item
	mostOfOne       = 2_000  // items that one authorization names
	mostCode        = 64     // bytes of a department's code
	mostItemCode    = 128    // bytes of an item's code or version
	mostCaseNo      = 256    // bytes of a case's number; the national standard has 50 (GB/T 39046-2020)
	mostSourceID    = 1024   // bytes of a source id, which an adapter may make of what a record says
	mostName        = 300    // characters of a name
)

func tooMany(what, whatEN string, n, most int) error {
	return fault.New(fault.Invalid, "catalogue_bounds",
		fmt.Sprintf("数据接口申报的%s有 %d 个，超过上限 %d 个，整份申报未予接收。请核对接口的设置；确需更多的，请分给多个明察台。", what, n, most),
		fmt.Sprintf("The adapter describes %d %s, more than the limit of %d, so nothing of its description was taken. Check the adapter's settings; an office that needs more uses several consoles.", n, whatEN, most), nil)
}

func unfit(what, whatEN, value, why, whyEN string) error {
	value = shortened(value)
	return fault.New(fault.Invalid, "catalogue_form",
		fmt.Sprintf("数据接口申报的%s %q %s，整份申报未予接收。请接口的提供方更正。", what, value, why),
		fmt.Sprintf("The adapter's %s %q %s, so nothing of its description was taken. Ask its supplier to correct it.", whatEN, value, whyEN), nil)
}

// form checks a code or a name: printable text of at most so many bytes.
func form(what, whatEN, value string, most int, needed bool) error {
	if value == "" && needed {
		return unfit(what, whatEN, value, "是空的", "is empty")
	}
	if zh, en := misshapen(value, most); zh != "" {
		return unfit(what, whatEN, value, zh, en)
	}
	return nil
}

// misshapen says what is wrong with a text that is no printable one of at most so
// many bytes; nothing where nothing is.
func misshapen(value string, most int) (zh, en string) {
	switch {
	case len(value) > most:
		return fmt.Sprintf("过长（%d 字节，上限 %d）", len(value), most), fmt.Sprintf("is too long (%d bytes, at most %d)", len(value), most)
	case !utf8.ValidString(value):
		return "含有不可显示的字符", "holds characters that cannot be shown"
	case strings.ContainsFunc(value, unprintable):
		m, _ := lookalike.Unprintable(value, unprintable)
		zh, en := m.Words()
		return "含有不可显示的字符：" + zh, "holds characters that cannot be shown: " + en
	}
	return "", ""
}

func unprintable(r rune) bool { return !unicode.IsPrint(r) && r != '\u3000' }

// checkNames refuses a record whose names would break what shows, stores and
// sorts them: a number of 60 kB on every page, a NUL that ends a text in one
// program and not in another.
func checkNames(dept, caseNo, sourceID string) *refusal {
	for _, f := range [...]struct {
		field, value string
		most         int
	}{{"department", dept, mostCode}, {"case_no", caseNo, mostCaseNo}, {"source_id", sourceID, mostSourceID}} {
		if zh, en := misshapen(f.value, f.most); zh != "" {
			return &refusal{"form_" + f.field,
				fmt.Sprintf("%s %q %s。请部门更正后重新报送。", f.field, shortened(f.value), zh),
				fmt.Sprintf("%s %q %s. Ask the department to correct it and send the record again.", f.field, shortened(f.value), en)}
		}
	}
	return nil
}

// checkScope refuses an authorization that names more items than an office has,
// or names that are none.
func checkScope(items []string) *refusal {
	if n := len(items); n > mostOfOne {
		return &refusal{"too_many_items",
			fmt.Sprintf("授权书列有 %d 个事项，超过上限 %d 个。授权全部事项的，请将 items 留空；否则请分为多份授权书报送。", n, mostOfOne),
			fmt.Sprintf("The authorization names %d items, more than the limit of %d. Leave items empty where it covers every item, or send several authorizations.", n, mostOfOne)}
	}
	for _, code := range items {
		if zh, en := misshapen(code, mostItemCode); zh != "" {
			return &refusal{"form_items",
				fmt.Sprintf("授权书所列的事项编码 %q %s。请部门更正后重新报送。", shortened(code), zh),
				fmt.Sprintf("Item code %q in the authorization %s. Ask the department to correct it and send the record again.", shortened(code), en)}
		}
	}
	return nil
}

// showable is a source id as the quarantine's list can show it.
func showable(sourceID string) string {
	if zh, _ := misshapen(sourceID, mostSourceID); zh == "" {
		return sourceID
	}
	return strings.Map(func(r rune) rune {
		if unprintable(r) {
			return '\uFFFD'
		}
		return r
	}, shortened(sourceID))
}

// shortened is a value as a sentence can hold it.
func shortened(value string) string {
	r := []rune(strings.ToValidUTF8(value, "?"))
	if len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return string(r)
}

// bounded refuses a catalogue that is out of bounds by itself.
func bounded(deps []*pb.Department, items []*pb.Item) error {
	if len(deps) > mostDepartments {
		return tooMany("部门", "departments", len(deps), mostDepartments)
	}
	if len(items) > mostItems {
		return tooMany("事项", "items", len(items), mostItems)
	}
	for _, d := range deps {
		if err := firstOf(form("部门代码", "department code", d.Code, mostCode, true), name("部门名称", "department name", d.Name), name("部门英文名", "department name", d.NameEn)); err != nil {
			return err
		}
	}
	type key struct{ department, code string }
	seen := make(map[key]string, len(items))
	for _, it := range items {
		if err := boundedItem(it); err != nil {
			return err
		}
		body, err := canonical.Marshal(it)
		if err != nil {
			return unfit("事项", "item", it.Code, "含有无法识别的文字编码", "holds text that is not UTF-8")
		}
		k := key{it.Department, it.Code}
		if before, twice := seen[k]; twice && before != string(body) {
			return unfit("事项编码", "item code", it.Code, "在同一份清单里出现两次而内容不同", "stands twice in one list, with different contents")
		}
		seen[k] = string(body)
	}
	return nil
}

func boundedItem(it *pb.Item) error {
	if err := firstOf(form("事项所属部门", "item's department", it.Department, mostCode, true), form("事项编码", "item code", it.Code, mostItemCode, true),
		form("事项版本", "item version", it.Version, mostItemCode, false), name("事项名称", "item name", it.Name)); err != nil {
		return err
	}
	if len(it.Steps) > mostSteps {
		return tooMany(fmt.Sprintf("事项 %s 的环节", it.Code), fmt.Sprintf("steps of item %s", it.Code), len(it.Steps), mostSteps)
	}
	for _, s := range it.Steps {
		if err := name("环节名称", "step name", s.GetName()); err != nil {
			return err
		}
	}
	return nil
}

// name checks a name, whose characters may take four bytes each.
func name(what, whatEN, value string) error {
	if utf8.RuneCountInString(value) > mostName {
		return unfit(what, whatEN, value, fmt.Sprintf("过长（上限 %d 字）", mostName), fmt.Sprintf("is too long (at most %d characters)", mostName))
	}
	return form(what, whatEN, value, 4*mostName, false)
}

func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// checkCatalogue refuses a catalogue with what is another's, that would be too
// much together with what is there, or that would be judged for an earlier
// moment than its departments' cases were. What adapter described is noted.
func (p *projector) checkCatalogue(adapter string, deps []*pb.Department, items []*pb.Item) error {
	p.guests[adapter] = &guest{source: p.sources[adapter]}
	fresh := 0
	for _, m := range deps {
		p.guests[adapter].departments = append(p.guests[adapter].departments, m.Code)
		switch d := p.reg.byCode[m.Code]; {
		case d == nil:
			fresh++
		case !p.serves(adapter, d):
			return &breach{adapter: adapter, department: d.row.Code, owner: d.row.Adapter}
		default:
			if err := p.earlier(d); err != nil {
				return err
			}
		}
	}
	if n := len(p.reg.byID) + fresh; n > mostDepartments {
		return tooMany("部门（连同已登记的）", "departments, those registered included", n, mostDepartments)
	}
	fresh = 0
	for _, m := range items {
		d := p.reg.byCode[m.Department]
		switch {
		case d == nil && !slices.ContainsFunc(deps, func(x *pb.Department) bool { return x.Code == m.Department }):
			return unfit("事项", "item", m.Code, fmt.Sprintf("属于它没有申报的部门 %q", m.Department), fmt.Sprintf("belongs to department %q, which it does not describe", m.Department))
		case d != nil && !p.serves(adapter, d):
			return &breach{adapter: adapter, department: d.row.Code, owner: d.row.Adapter, item: m.Code}
		case d == nil || d.items[m.Code] == nil:
			fresh++
		}
	}
	if n := len(p.reg.items) + fresh; n > mostItems {
		return tooMany("事项（连同已登记的）", "items, those registered included", n, mostItems)
	}
	return p.distinct(deps, items)
}

// earlier refuses to judge for an earlier moment than was judged for: time does
// not run backwards, and the later verdicts would stand without a word.
func (p *projector) earlier(d *department) error {
	judged := time.UnixMicro(d.row.JudgedAt).UTC()
	if p.asOf.IsZero() || !judged.After(p.asOf) {
		return nil
	}
	zone := workday.Default().Zone()
	return fault.New(fault.Invalid, "as_of_earlier",
		fmt.Sprintf("部门 %s 的办件已经核算到 %s，不能再核算到更早的 %s。请把 --as-of 改为不早于该日的日期，或另用一个数据文件夹。", d.row.Code,
			judged.In(zone).Format(time.DateOnly), p.asOf.In(zone).Format(time.DateOnly)),
		fmt.Sprintf("The cases of department %s were judged as of %s already and cannot be judged as of %s, which is earlier. Give --as-of a date not before that, or use another data folder.", d.row.Code,
			judged.In(zone).Format(time.DateOnly), p.asOf.In(zone).Format(time.DateOnly)), nil)
}

package holidaylist

import (
	"errors"
	"strings"
	"testing"

	"github.com/mingcha-console/mingcha/sdk/holidays"
)

// notice2026 is the State Council's notice for 2026, as far as it names days.
const notice2026 = `国务院办公厅关于2026年
部分节假日安排的通知
国办发明电〔2025〕7号
各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
经国务院批准，现将2026年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫、疫情防控等工作。
国务院办公厅
2025年11月4日`

// marks writes days as a wall calendar has them: + of rest, - worked.
func marks(y holidays.Year) string {
	var b strings.Builder
	for _, d := range y.Days {
		b.WriteString(map[bool]string{true: "+", false: "-"}[d.Off] + d.Date[2:4] + d.Date[5:7] + d.Date[8:] + " ")
	}
	return strings.TrimSpace(b.String())
}

func embedded(t testing.TB, year int) holidays.Year {
	t.Helper()
	for _, y := range holidays.Embedded() {
		if y.Year == year {
			return y
		}
	}
	t.Fatalf("no list of %d is shipped", year)
	return holidays.Year{}
}

// The notice's sentences give the very days of the list that others made of it.
func TestM14ANoticeIsReadAsItStands(t *testing.T) {
	y, how, err := Read(2026, notice2026)
	if err != nil || how != Notice {
		t.Fatalf("%v as %q", err, how)
	}
	if got, want := marks(y), marks(embedded(t, 2026)); got != want {
		t.Errorf("read\n%s\nthe list of 2026 is\n%s", got, want)
	}
	if len(y.Papers) != 1 || y.Papers[0] != "国办发明电〔2025〕7号" {
		t.Errorf("papers %v", y.Papers)
	}
	for _, d := range y.Days {
		if d.Date == "2026-09-20" && d.Name != "国庆节" || d.Date == "2026-01-04" && d.Name != "元旦" {
			t.Errorf("%s belongs to %s", d.Date, d.Name)
		}
	}
	// All in one paragraph, with wide digits and blanks as pages have them.
	one := strings.ReplaceAll(strings.ReplaceAll(notice2026, "\n", ""), "1月", "１ 月 ")
	if again, _, err := Read(2026, one); err != nil || marks(again) != marks(y) {
		t.Errorf("in one paragraph: %v\n%s", err, marks(again))
	}
}

// Sentences as the notices of other years have them.
func TestM14SentencesOfOtherYears(t *testing.T) {
	for name, c := range map[string]struct {
		year       int
		text, want string
	}{
		"two festivals together": {2025, "八、国庆节、中秋节：10月1日（周三）至8日（周三）放假调休，共8天。9月28日（周日）、10月11日（周六）上班。",
			"-250928 +251001 +251002 +251003 +251004 +251005 +251006 +251007 +251008 -251011"},
		"from the December before": {2019, "一、元旦：2018年12月30日至2019年1月1日放假调休，共3天。2018年12月29日（星期六）上班。", "-181229 +181230 +181231 +190101"},
		"the year is not said":     {2019, "一、元旦：12月30日至1月1日放假调休，共3天。12月29日（星期六）上班。", "-181229 +181230 +181231 +190101"},
		"joined with a weekend":    {2019, "三、清明节：4月5日放假，与周末连休。", "+190405"},
		"made up for on a Monday":  {2015, "五、端午节：6月20日放假，6月22日（星期一）补休。", "+150620 +150622"},
		"days moved, in many words": {2008, "一、元旦：2007年12月30日—2008年1月1日放假，共3天。其中，1月1日（星期二）为法定节假日，12月30日（星期日）为公休日，12月29日（星期六）公休日调至12月31日（星期一），12月29日（星期六）上班。",
			"-071229 +071230 +071231 +080101"},
		"a comma before the word": {2027, "元旦：1月1日（周五）至3日（周日），放假三天。", "+270101 +270102 +270103"},
		"no bracket":              {2027, "劳动节 5月1日 周六 至 5月5日 周三 放假，5月8日 星期六 上班", "+270501 +270502 +270503 +270504 +270505 -270508"},
		"numbers alone":           {2027, "国庆：10.1-10.7放假；9.26（周日）、10.9上班", "-270926 +271001 +271002 +271003 +271004 +271005 +271006 +271007 -271009"},
		"the day alone":           {2027, "春节：2月5日至11日放假，2月13日、20日上班", "+270205 +270206 +270207 +270208 +270209 +270210 +270211 -270213 -270220"},
	} {
		y, how, err := Read(c.year, c.text)
		if err != nil || marks(y) != c.want || how != Notice {
			t.Errorf("%s: %v, as %s\n%s, want\n%s", name, err, how, marks(y), c.want)
		}
	}
}

// Tables as they come out of Word and Excel.
func TestM14TablesAreReadByTheirHeadings(t *testing.T) {
	const want = "+270101 +270102 +270103 +270501 +270502 +270503 +270504 +270505 -270508"
	for name, text := range map[string]string{
		"a holiday a row":        "节日\t放假时间\t调休上班日期\t放假天数\n元旦\t1月1日（周五）至1月3日（周日）\t无\t3天\n劳动节\t5月1日（周六）至5月5日（周三）\t5月8日（周六）\t5天",
		"with a title and dates": "2027年节假日安排表\n序号\t节日名称\t放假日期\t调休\t共计天数\n1\t元旦\t2027-01-01至2027-01-03\t—\t3\n2\t劳动节\t2027/5/1-2027/5/5\t2027/5/8\t5",
		"from and to":            "假期\t开始日期\t结束日期\t补班\n元旦\t2027/1/1 0:00:00\t2027/1/3 0:00:00\t\n劳动节\t2027/5/1 0:00:00\t2027/5/5 0:00:00\t2027/5/8 0:00:00",
		"cells of two lines":     "节日\t放假时间\t上班\n元旦\t\"1月1日\n至3日\"\t\n劳动节\t5月1日—5日\t5月8日（周六）",
		"a day a row":            "日期\t节日\t安排\n2027年1月1日\t元旦\t放假\n2027年1月2日\t\t放假\n2027年1月3日\t\t放假\n2027年5月1日\t劳动节\t休\n5月2日\t\t休\n5月3日\t\t休\n5月4日\t\t休\n5月5日\t\t休\n5月8日\t\t上班",
		"a festival a column":    "节日\t元旦\t劳动节\n放假时间\t1月1日至3日\t5月1日至5日\n调休上班\t\t5月8日（周六）\n天数\t3天\t5天",
		"words in the cells":     "元旦\t1月1日至3日放假\n劳动节\t5月1日至5日放假，5月8日上班",
		"bars":                   "| 节日 | 放假 | 上班 |\n| --- | --- | --- |\n| 元旦 | 1月1日-3日 | 无 |\n| 劳动节 | 5月1日-5日 | 5月8日 |",
	} {
		y, how, err := Read(2027, text)
		if err != nil || marks(y) != want || how != Table {
			t.Errorf("%s: %v, as %s\n%s, want\n%s", name, err, how, marks(y), want)
		}
	}
}

func TestM14HolidayCNIsReadToo(t *testing.T) {
	y, how, err := Read(2027, "\ufeff"+` {"year":2027,"papers":["x"],"days":[{"name":"元旦","date":"2027-01-01","isOffDay":true}]}`)
	if err != nil || how != JSON || marks(y) != "+270101" {
		t.Errorf("%v as %s: %s", err, how, marks(y))
	}
}

// What is doubtful is refused, with the true reason.
func TestM14WhatIsDoubtfulIsRefused(t *testing.T) {
	for name, c := range map[string]struct{ text, zh, en string }{
		"empty":             {" \n", "没有内容", "nothing"},
		"another year":      {strings.ReplaceAll(notice2026, "2026年\n部分", "2026年部分"), "是 2026 年的，不是 2027 年的", "for 2026, not for 2027"},
		"another's weekday": {"元旦：1月1日（周四）至3日（周六）放假，共3天。", "2027 年 1 月 1 日是周五，这里写的是周四", "Friday"},
		"another's JSON":    {`{"year":2026,"days":[{"name":"元旦","date":"2026-01-01","isOffDay":true}]}`, "是 2026 年的", "for 2026"},
		"length":            {"春节：2月5日至11日放假，共8天。", "写明共 8 天，写出的日期却是 7 天", "8 days in all, but names 7"},
		"no festival":       {"1月1日至3日放假", "没有写是哪个节日", "which festival"},
		"no word":           {"元旦：1月1日至3日。", "没有写明是放假还是上班", "of rest or of work"},
		"table, no heading": {"元旦\t1月1日至3日\t1月9日", "请连表头一起粘贴", "with its heading"},
		"both":              {"元旦：1月1日至3日放假。1月2日上班。", "既写了放假，又写了上班", "and of work as well"},
		"no such day":       {"元旦：2月30日放假。", "没有“2月30”这一天", "no such day"},
		"wrong way round":   {"国庆：10月7日至1日放假", "前后颠倒", "wrong way round"},
		"a worked Tuesday":  {"元旦：1月1日放假。1月5日上班。", "不是周六或周日", "neither a Saturday"},
		"no days":           {"各地区、各部门要妥善安排好值班。", "没有读到放假或上班的日期", "No day of rest"},
		"broken cells":      {"节日\t放假时间\t上班\n元旦\t1月1日\n至1月3日\t无\t", "和表头对不上", "under its heading"},
	} {
		_, _, err := Read(2027, c.text)
		var e *holidays.Error
		if !errors.As(err, &e) || !strings.Contains(e.Zh, c.zh) || !strings.Contains(e.En, c.en) || strings.Contains(e.Error(), "%!") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Nothing that is pasted panics, and what is taken is a list.
func FuzzRead(f *testing.F) {
	f.Add(notice2026)
	f.Add("节日\t放假\t上班\n元旦\t1月1日\t1月3日")
	f.Fuzz(func(t *testing.T, text string) {
		y, _, err := Read(2026, text)
		if err == nil && y.Validate() != nil {
			t.Errorf("took %+v", y)
		}
		Check(y)
	})
}

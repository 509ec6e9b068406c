package terms

import (
	"fmt"

	"github.com/mingcha-console/mingcha/app/internal/intake"
)

var whyWords = map[Why][2]string{
	Resigned:  {"本人辞任", "resigned"},
	Moved:     {"工作或住处变动", "moved"},
	Inactive:  {"长期不履职", "inactive"},
	Dismissed: {"解聘", "dismissed"},
	Other:     {"其他", "other"},
}

var gradeWords = map[Grade][2]string{
	Excellent:  {"优秀", "excellent"},
	Competent:  {"称职", "competent"},
	Basic:      {"基本称职", "basically competent"},
	Inadequate: {"不称职", "not competent"},
}

// Words tell an act to people.
func Words(a *intake.RecordedAct) (zh, en string, known bool) {
	d, err := read(a)
	if err != nil {
		return "", "", false
	}
	switch d := d.(type) {
	case *appointedData:
		zh, en = fmt.Sprintf("聘任义务监督员 #%d：证书 %s，%s 至 %s", d.Account, d.Certificate, d.First, d.Last),
			fmt.Sprintf("Appointed the volunteer supervisor #%d: certificate %s, %s to %s", d.Account, d.Certificate, d.First, d.Last)
	case *correctedData:
		zh, en = fmt.Sprintf("更正聘任：证书 %s（%s）", d.Certificate, d.Reason), fmt.Sprintf("Corrected an appointment: certificate %s (%s)", d.Certificate, d.Reason)
	case *endedData:
		zh, en = fmt.Sprintf("提前结束任期，至 %s：%s（%s）", d.Until, whyWords[d.Why][0], d.Reason), fmt.Sprintf("Ended a term early, with %s: %s (%s)", d.Until, whyWords[d.Why][1], d.Reason)
	case *trainedData:
		zh, en = fmt.Sprintf("登记培训：%s %s，%d 人", d.Date, d.Topic, len(d.Accounts)), fmt.Sprintf("Recorded a training: %s %s, %d people", d.Date, d.Topic, len(d.Accounts))
	case *untrainedData:
		zh, en = fmt.Sprintf("撤销培训登记（%s）", d.Reason), fmt.Sprintf("Withdrew a training (%s)", d.Reason)
	case *appraisedData:
		zh, en = fmt.Sprintf("履职评价：义务监督员 #%d，%d 年度，%s", d.Account, d.Year, gradeWords[d.Grade][0]), fmt.Sprintf("Appraised the volunteer supervisor #%d for %d: %s", d.Account, d.Year, gradeWords[d.Grade][1])
	}
	return zh, en, true
}

package visit

import (
	"strings"
	"time"
	"unicode/utf8"

	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/vocab"
)

// Sheet is what a volunteer saw at a visit. Fields that were not looked at stay
// empty.
type Sheet struct {
	Mode          string         `json:"mode" enum:"open,unannounced,online" doc:"明察, 暗访, 线上"`
	Department    string         `json:"department" minLength:"1" maxLength:"64" doc:"code"`
	Plan          uint64         `json:"plan,omitempty" doc:"the planned visit that this was"`
	Stop          int            `json:"stop,omitempty" minimum:"0" doc:"which of the plan's stops"`
	Place         string         `json:"place,omitempty" maxLength:"100"`
	Window        string         `json:"window,omitempty" maxLength:"40"`
	Item          string         `json:"item,omitempty" maxLength:"200" doc:"what was tried"`
	ArrivedAt     time.Time      `json:"arrived_at"`
	LeftAt        time.Time      `json:"left_at"`
	StaffPresent  *int           `json:"staff_present,omitempty" minimum:"0" maximum:"200"`
	StaffRequired *int           `json:"staff_required,omitempty" minimum:"0" maximum:"200"`
	Badge         string         `json:"badge,omitempty" enum:",worn,missing,unseen"`
	ClosedSign    *bool          `json:"closed_sign,omitempty" doc:"an unmanned window says that it is closed"`
	WaitMinutes   *int           `json:"wait_minutes,omitempty" minimum:"0" maximum:"600"`
	Attitude      int            `json:"attitude,omitempty" minimum:"0" maximum:"5" doc:"1 worst, 5 best; 0 not judged"`
	ToldAllAtOnce string         `json:"told_all_at_once,omitempty" enum:",yes,no,not_tried"`
	Disclosed     []string       `json:"disclosed,omitempty" maxItems:"10" doc:"which of the ten disclosures were seen"`
	Note          string         `json:"note,omitempty" maxLength:"4000"`
	Suggestion    string         `json:"suggestion,omitempty" maxLength:"2000"`
	Findings      []VisitFinding `json:"findings,omitempty" maxItems:"20"`
}

// VisitFinding is something that was wrong.
type VisitFinding struct {
	Category string `json:"category" enum:"unmanned,late,no_sign,chatting,refused,attitude,disclosure,slow,other"`
	Severity string `json:"severity" enum:"minor,serious"`
	Fact     string `json:"fact" maxLength:"500" doc:"what was seen"`
}

// Photo is a photograph of a visit. The picture lies beside the database under
// its hash; where and when it was taken is kept here and not in the picture.
type Photo struct {
	SHA256 string    `json:"sha256"`
	Bytes  int       `json:"bytes"`
	At     time.Time `json:"at,omitzero"`
	Lat    float64   `json:"lat,omitempty"`
	Lon    float64   `json:"lon,omitempty"`
}

const (
	// leastFact is how many characters a finding's fact has at least. The page, which
	// works without a network, asks for as many (limits.ts); a test holds them equal.
	leastFact  = 2
	mostPhotos = 10
	oldest     = 30 * 24 * time.Hour // a sheet may wait so long in a phone without a network
	clockError = 10 * time.Minute    // of a phone
)

// problems names what is wrong with a sheet at a moment.
func (s *Sheet) problems(now time.Time) (out []fault.Field) {
	bad := func(name, zh, en string) { out = append(out, fault.Field{Name: name, ZH: zh, EN: en}) }
	one := func(name, value string, known *vocab.Vocabulary) {
		if !known.Has(value) {
			bad(name, "请从列出的选项中选择", "choose one of those listed")
		}
	}
	one("mode", s.Mode, vocab.VisitModes)
	if s.Badge != "" {
		one("badge", s.Badge, vocab.Badges)
	}
	if s.ToldAllAtOnce != "" {
		one("told_all_at_once", s.ToldAllAtOnce, vocab.ToldAtOnce)
	}
	for _, d := range s.Disclosed {
		one("disclosed", d, vocab.Disclosures)
	}
	for _, f := range s.Findings {
		one("findings", f.Category, vocab.FindingCategories)
		one("findings", f.Severity, vocab.Severities)
		if utf8.RuneCountInString(strings.TrimSpace(f.Fact)) < leastFact {
			bad("findings", "每个问题请写一句看到的事实", "write a sentence of fact for each finding")
		}
	}
	switch {
	case s.ArrivedAt.IsZero() || s.LeftAt.Before(s.ArrivedAt):
		bad("left_at", "离开时间早于到达时间，请核对", "one cannot leave before one arrives")
	case s.LeftAt.After(now.Add(clockError)):
		bad("left_at", "时间在将来，请核对手机时间", "this is in the future; check the phone's clock")
	case s.ArrivedAt.Before(now.Add(-oldest)):
		bad("arrived_at", "超过 30 天的暗访不能再提交，请联系效能办", "a visit more than 30 days ago cannot be filed; ask the office")
	}
	if s.Attitude < 0 || s.Attitude > 5 {
		bad("attitude", "请选 1 至 5", "choose 1 to 5")
	}
	if !s.saysSomething() {
		bad("findings", "请至少记下一点看到的情况", "note at least one thing that you saw")
	}
	if utf8.RuneCountInString(s.Note) > 4000 {
		bad("note", "说明不超过 4000 字", "at most 4000 characters")
	}
	return out
}

func (s *Sheet) saysSomething() bool {
	return len(s.Findings) > 0 || s.StaffPresent != nil || s.ClosedSign != nil || s.WaitMinutes != nil || s.Attitude > 0 || s.Badge != "" ||
		s.ToldAllAtOnce != "" || len(s.Disclosed) > 0 || strings.TrimSpace(s.Note) != "" || strings.TrimSpace(s.Suggestion) != ""
}

// stop is the number of a planned sheet's stop. Sheets of before plans had
// several stops name the plan alone, which had one.
func (s *Sheet) stop() int {
	if s.Plan > 0 && s.Stop == 0 {
		return 1
	}
	return s.Stop
}

package record

import (
	"encoding/json"
	"maps"
	"slices"

	"github.com/mingcha-console/mingcha/app/internal/intake"
)

// Group is what an act belongs to, as a clerk looks for it.
type Group string

const (
	SignIn   Group = "access"  // 登录与账户
	Exports  Group = "export"  // 导出
	Openings Group = "opening" // 查看受保护信息
	Reviews  Group = "review"  // 评议
	Visits   Group = "visit"   // 暗访与路线
	Matters  Group = "matter"  // 督办
	Ratings  Group = "rating"  // 评价与回访
	Terms    Group = "term"    // 任期与履职
	Setting  Group = "setting" // 设置
)

// Groups lists the groups.
var Groups = []Group{SignIn, Exports, Openings, Reviews, Visits, Matters, Ratings, Terms, Setting}

// kind is what is to be known of a type of acts before it is told.
type kind struct {
	group    Group
	own      bool   // the console does it by itself
	ownWhen  string // the console does it by itself where the data has this key; empty: see own
	sealed   bool   // a volunteer supervisor's by that office
	reasoned bool   // its data may say why
	about    func(*intake.RecordedAct) (Subject, error)
}

// kinds are all types of acts there are. What is sealed is told without what it
// was about, so nothing of that is said here.
var kinds = map[string]kind{

	"visit.planned":         {group: Visits, about: coded(ofDepartment, "department")},
	"visit.route_planned":   {group: Visits, about: itself(ofPlan)},
	"visit.route_changed":   {group: Visits, about: numbered(ofPlan, "plan")},
	"visit.route_cancelled": {group: Visits, reasoned: true, about: numbered(ofPlan, "plan")},
	"visit.route_declined":  {group: Visits, sealed: true},
	"visit.filed":           {group: Visits, sealed: true},
	"visit.supplemented":    {group: Visits, sealed: true},

	"note.rated": {group: Matters, about: numbered(ofMatter, "matter")},

	"rating.followed":   {group: Ratings, own: true, about: numbered(ofRating, "rating")},
	"rating.imported":   {group: Ratings},
	"callback.drawn":    {group: Ratings},
	"callback.recorded": {group: Ratings, about: numbered(ofCallback, "callback")},

	"term.appointed":      {group: Terms, about: numbered(ofAccount, "account")},
	"term.corrected":      {group: Terms, reasoned: true, about: numbered(ofTerm, "term")},
	"term.ended":          {group: Terms, reasoned: true, about: numbered(ofTerm, "term")},
	"training.recorded":   {group: Terms},
	"training.withdrawn":  {group: Terms, reasoned: true},
	"volunteer.appraised": {group: Terms, about: numbered(ofAccount, "account")},
}

// typesOf lists the types of which something holds, in order.
func (s *Acts) typesOf(holds func(t string, k *kind) bool) (out []string) {
	for t, k := range s.kinds() {
		if holds(t, &k) {
			out = append(out, t)
		}
	}
	slices.Sort(out)
	return out
}

// byItself tells whether the console did an act by itself.
func (k *kind) byItself(a *intake.RecordedAct) bool {
	if k.ownWhen == "" {
		return k.own
	}
	var d map[string]json.RawMessage
	return json.Unmarshal(a.Data, &d) == nil && d[k.ownWhen] != nil
}

// kinds are all types there are: those of the table, and those that
// features declare.
func (s *Acts) kinds() map[string]kind {
	declared := s.declared
	all := maps.Clone(kinds)
	for _, t := range declared.Types() {
		d := declared.Info(t)
		all[t] = kind{group: Group(d.Group), own: d.Own, ownWhen: d.OwnWhen, sealed: d.Sealed, reasoned: d.Reasoned, about: func(a *intake.RecordedAct) (Subject, error) {
			x, err := declared.About(a)
			return Subject(x), err
		}}
	}
	return all
}

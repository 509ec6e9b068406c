package acts

import (
	"encoding/json"
	"maps"
	"slices"

	"github.com/mingcha-console/mingcha/app/internal/act"
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

// drawn is the one type of act that is now a person's, now the console's.
const drawn = "review.put_up"

// kind is what is to be known of a type of acts before it is told.
type kind struct {
	group    Group
	own      bool // the console does it by itself
	sealed   bool // a volunteer supervisor's by that office
	reasoned bool // its data may say why
	about    func(*intake.RecordedAct) (Subject, error)
}

// kinds are all types of acts there are. What is sealed is told without what it
// was about, so nothing of that is said here.
var kinds = map[string]kind{
	"account.created":         {group: SignIn, about: itself(ofAccount)},
	"account.changed":         {group: SignIn, about: numbered(ofAccount, "id")},
	"access.signed_in":        {group: SignIn},
	"access.signed_out":       {group: SignIn},
	"access.locked_out":       {group: SignIn, own: true},
	"access.password_changed": {group: SignIn},
	"access.password_reset":   {group: SignIn, about: numbered(ofAccount, "id")},
	"access.sessions_revoked": {group: SignIn, about: numbered(ofAccount, "id")},
	"access.factor_on":        {group: SignIn},
	"access.factor_off":       {group: SignIn},
	"access.factor_removed":   {group: SignIn, about: numbered(ofAccount, "id")},
	"access.recovery_used":    {group: SignIn},

	"access.exported": {group: Exports, about: exported},
	"access.unmasked": {group: Openings, reasoned: true, about: opened},
	"access.unsealed": {group: Openings, reasoned: true, about: opened},

	drawn:             {group: Reviews, reasoned: true, about: putUp},
	"review.seated":   {group: Reviews, own: true, about: numbered(ofReview, "review")},
	"review.declared": {group: Reviews, sealed: true},
	"review.verdict":  {group: Reviews, sealed: true},
	"review.plan_set": {group: Reviews},

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

	"access.factor_required": {group: Setting},
	"access.network_opened":  {group: Setting},
	"access.network_closed":  {group: Setting},
}

// typesOf lists the types of which something holds, in order.
func (s *Acts) typesOf(holds func(t string, k *kind) bool) (out []string) {
	for t, k := range s.kinds {
		if holds(t, &k) {
			out = append(out, t)
		}
	}
	slices.Sort(out)
	return out
}

// planned tells whether a draw was made by the plan, which the console does by
// itself.
func planned(a *intake.RecordedAct) bool {
	var d struct {
		Period string `json:"period"`
	}
	return json.Unmarshal(a.Data, &d) == nil && d.Period != ""
}

// declaredKinds are all types there are: those of the table, and those that
// features declare.
func declaredKinds(declared *act.Registry) map[string]kind {
	all := maps.Clone(kinds)
	for _, t := range declared.Types() {
		d := declared.Info(t)
		all[t] = kind{group: Group(d.Group), own: d.Own, sealed: d.Sealed, reasoned: d.Reasoned, about: func(a *intake.RecordedAct) (Subject, error) {
			x, err := declared.About(a)
			return Subject(x), err
		}}
	}
	return all
}

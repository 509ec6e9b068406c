package demonstration

import (
	"slices"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/features/matter"
	"github.com/mingcha-console/mingcha/app/internal/list"
)

// mostAnswered bounds how many bad ratings a department answers at once.
const mostAnswered = 4

// answerRatings is what departments with a liaison do about bad ratings, and what
// the office makes of it: it is content with every other answer and has yet to look
// at the rest. Of some ratings nothing comes, so that they are late.
func (t *teller) answerRatings() {
	replies := 0
	for _, p := range office {
		if p.role != access.Liaison {
			continue
		}
		for i, m := range t.ratings(p.department) {
			switch {
			case i%4 == 3:
				continue
			case m.State == matter.Contact:
				t.step(p.login, m, "contacted", map[string]string{"said": "评价人说等的时间太长，窗口没有解释。已当面致歉并说明了后续办理时间。"})
			case m.State == matter.Rectify:
				t.step(p.login, m, "reply", map[string]string{"reply": "已在该窗口增加一名导办，叫号屏加上了预计等候时间。"})
				if replies++; replies%2 == 1 {
					t.step("banyi", m, "close", map[string]string{"conclusion": "现场看过，导办在岗，予以销号。"})
				}
			}
		}
	}
}

// ratings are a department's bad ratings that wait for it, the oldest first.
func (t *teller) ratings(department string) []matter.Matter {
	var all []matter.Matter
	t.done(t.Matters.Each(t.ctx, access.Here, list.Ask{Order: "opened", Texts: map[string][]string{"source": {string(matter.Rating)}, "department": {department}, "open": {"true"}}}, func(m *matter.Matter) error {
		if m.State == matter.Contact || m.State == matter.Rectify {
			all = append(all, *m)
		}
		return nil
	}))
	slices.SortFunc(all, func(a, b matter.Matter) int { return int(a.ID) - int(b.ID) })
	return all[:min(len(all), mostAnswered)]
}

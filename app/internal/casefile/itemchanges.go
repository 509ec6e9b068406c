package casefile

import (
	"fmt"
	"slices"
	"time"

	"google.golang.org/protobuf/proto"

	"github.com/mingcha-console/mingcha/app/internal/approval"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/vocab"
	"github.com/mingcha-console/mingcha/app/internal/wire"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// ItemChange is another version of an item than the one before: what changed,
// and from when it holds.
type ItemChange struct {
	Department string          `json:"department"`
	Item       string          `json:"item" doc:"item code"`
	ItemName   string          `json:"item_name"`
	Version    uint64          `json:"version" doc:"journal number"`
	Numbered   string          `json:"numbered,omitempty" doc:"as the department numbers it"`
	SeenAt     time.Time       `json:"seen_at" doc:"when the console saw it"`
	HoldsFrom  time.Time       `json:"holds_from" doc:"cases that began from then on are judged by it"`
	Declared   bool            `json:"declared" doc:"the office said from when it holds"`
	Changes    []ChangedDetail `json:"changes"`
	OpenBefore int             `json:"open_before" doc:"open cases of the item that began before, and are judged as published until then"`
	OpenSince  int             `json:"open_since" doc:"open cases of the item that began since"`
	LooserThan bool            `json:"looser" doc:"it asks less of the department in something"`
}

// ChangedDetail is one thing that is published otherwise than before.
type ChangedDetail struct {
	ZH       string `json:"zh" doc:"what it is"`
	EN       string `json:"en"`
	BeforeZH string `json:"before_zh"`
	BeforeEN string `json:"before_en"`
	AfterZH  string `json:"after_zh"`
	AfterEN  string `json:"after_en"`
}

// itemChangesShown bounds how many changes are told.
const itemChangesShown = 500

// ItemChanges lists how items were published otherwise than before, the latest
// first, of one department or of all that the principal may see.
func (v *View) ItemChanges(department string) ([]ItemChange, error) {
	if err := v.who.Within(&department); err != nil {
		return nil, err
	}
	n, err := v.names()
	if err != nil {
		return nil, err
	}
	type read struct {
		store.ItemVersionRow
		seen int64
	}
	var rows []read
	if err := v.tx.Records(func(r *store.Reader) error {
		versions, err := r.ItemVersions(0)
		if err != nil {
			return err
		}
		for i := range versions {
			x := read{ItemVersionRow: versions[i]}
			if i > 0 && versions[i-1].Item == x.Item {
				rec, _, err := r.Record(x.Seq)
				if err != nil {
					return err
				}
				x.seen = rec.Observed
			}
			rows = append(rows, x)
		}
		return nil
	}); err != nil {
		return nil, err
	}
	out := []ItemChange{}
	for i := 1; i < len(rows); i++ {
		before, after := &rows[i-1], &rows[i]
		listed := n.itemOf(after.Item)
		if before.Item != after.Item || department != "" && listed.Department != department {
			continue
		}
		old, err := published(before.Body)
		if err != nil {
			return nil, err
		}
		now, err := published(after.Body)
		if err != nil {
			return nil, err
		}
		c := ItemChange{Department: listed.Department, Item: now.Code, ItemName: now.Name, Version: after.Seq, Numbered: now.Version,
			SeenAt: store.Time(after.seen), HoldsFrom: store.Time(after.From), Declared: after.From != after.seen,
			Changes: changedDetails(&old, &now), LooserThan: now.LooserThan(&old)}
		if err := v.tx.QueryRowContext(v.ctx, `SELECT count(*) FILTER (WHERE began < ?1), count(*) FILTER (WHERE began >= ?1) FROM
			(SELECT CASE accepted_at WHEN 0 THEN received_at ELSE accepted_at END AS began FROM cases WHERE item = ?2 AND ended_at = 0)`,
			after.From, after.Item).Scan(&c.OpenBefore, &c.OpenSince); err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	slices.SortFunc(out, func(a, b ItemChange) int { return int(int64(b.Version) - int64(a.Version)) })
	return out[:min(len(out), itemChangesShown)], nil
}

func published(body []byte) (approval.Item, error) {
	var m pb.Item
	if err := proto.Unmarshal(body, &m); err != nil {
		return approval.Item{}, fmt.Errorf("casefile: an item's version: %w", err)
	}
	return wire.Item(&m), nil
}

// changedDetails says what differs between two versions of an item.
func changedDetails(old, now *approval.Item) []ChangedDetail {
	out := []ChangedDetail{}
	add := func(zh, en, oldZH, nowZH, oldEN, nowEN string) {
		if oldZH != nowZH {
			out = append(out, ChangedDetail{zh, en, oldZH, oldEN, nowZH, nowEN})
		}
	}
	plain := func(zh, en, old, now string) { add(zh, en, old, now, old, now) }
	limit := func(zh, en string, old, now approval.Limit) {
		add(zh, en, limitZH(old), limitZH(now), limitEN(old), limitEN(now))
	}
	word := func(zh, en string, of *vocab.Vocabulary, old, now string) {
		add(zh, en, of.ZH(old), of.ZH(now), of.EN(old), of.EN(now))
	}
	flag := func(zh, en string, old, now bool) { word(zh, en, vocab.YesNo, vocab.Whether(old), vocab.Whether(now)) }
	plain("名称", "name", old.Name, now.Name)
	plain("版本号", "version", old.Version, now.Version)
	limit("承诺时限", "promised limit", old.Promised, now.Promised)
	limit("法定时限", "statutory limit", old.Statutory, now.Statutory)
	word("办件类型", "type", vocab.CaseTypes, caseType(old), caseType(now))
	word("适用规则", "regime", vocab.Regimes, regime(old), regime(now))
	word("计时起点", "clock starts", vocab.ClockStarts, clockStart(old), clockStart(now))
	flag("补正期间停止计时", "clock stands while papers are awaited", old.SupplementPauses, now.SupplementPauses)
	flag("须在大厅受理", "accepted in the hall", old.InHall, now.InHall)
	flag("窗口首席代表签批", "signed off by the chief representative", old.WindowSignOff, now.WindowSignOff)
	plain("环节", "steps", steps(old), steps(now))
	return out
}

func caseType(it *approval.Item) string { return store.CaseTypeWord(uint8(it.CaseType)) }

func limitZH(l approval.Limit) string {
	switch {
	case l.IsZero():
		return "无"
	case l.SameDay():
		return "当日（0 日）"
	}
	return fmt.Sprintf("%d %s", l.N, vocab.Units.ZH(store.UnitWord(uint8(l.Unit))))
}

func limitEN(l approval.Limit) string {
	switch {
	case l.IsZero():
		return "none"
	case l.SameDay():
		return "the same day (0 days)"
	}
	return fmt.Sprintf("%d %s", l.N, vocab.Units.EN(store.UnitWord(uint8(l.Unit))))
}

func regime(it *approval.Item) string {
	if it.Regime == approval.LimitsOnly {
		return "limits_only"
	}
	return "licensing"
}

func clockStart(it *approval.Item) string {
	if it.ClockStart == approval.FromReceipt {
		return "receipt"
	}
	return "acceptance"
}

func steps(it *approval.Item) (out string) {
	for i, s := range it.Steps {
		if i > 0 {
			out += "、"
		}
		out += s.Name
		if !s.Limit.IsZero() {
			out += fmt.Sprintf(" %d", s.Limit.N)
		}
	}
	return out
}

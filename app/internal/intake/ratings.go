package intake

import (
	"encoding/json"
	"fmt"
	"time"

	"google.golang.org/protobuf/proto"

	"github.com/mingcha-console/mingcha/app/internal/approval"
	"github.com/mingcha-console/mingcha/app/internal/journal"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/wire"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

func prepareRating(m *pb.RatingRecord, now time.Time) prepared {
	switch r := m.GetRecord().(type) {
	case *pb.RatingRecord_Rating:
		e := r.Rating
		unset(&e.ContactedAt)
		p := begin(journal.KindRating, e.Department, e.SourceId, "-", e) // of no case is a rating, too
		if p.fault == nil {
			p.fault = checkNames(e.Department, e.CaseNo, e.SourceId)
		}
		if p.fault == nil {
			f := wire.Rating(e)
			p.rating, p.fault = &f, checkRating(e, now)
		}
		return p.finish(e)
	case *pb.RatingRecord_Unreadable:
		return unreadable(journal.KindRating, r.Unreadable)
	}
	return empty(journal.KindRating)
}

// checkRating lets a contact stand before its rating: of a source that knows
// only dates both may be the start of one day.
func checkRating(e *pb.Rating, now time.Time) *refusal {
	if _, known := pb.RatingLevel_name[int32(e.Level)]; !known || e.Level == 0 {
		return &refusal{"level", fmt.Sprintf("评价等级 %d 不在契约之内：应为 1（非常满意）至 5（非常不满意）。请核对映射后重新报送。", e.Level),
			fmt.Sprintf("Rating level %d is not in the contract: it is 1 (very satisfied) to 5 (very dissatisfied). Check the mapping and send the record again.", e.Level)}
	}
	return checkTimes(now, named{"rated_at", e.RatedAt, true}, named{"contacted_at", e.ContactedAt, false})
}

// admitRating takes a rating. Sent again changed, such as with the contact
// after a bad one, it is a correction.
func (p *projector) admitRating(d *department, r *prepared) error {
	code := r.rating.ItemCode
	if code != "" && d.items[code] == nil {
		r.fault = p.unknownItem(d, code)
		return nil
	}
	seq, corrects, taken, err := p.take(d, r)
	if err != nil || !taken {
		return err
	}
	r.corrects = corrects
	change := store.Change{Seq: seq, Kind: "rating", Department: d.row.Code, CaseNo: r.rating.CaseNo, ItemCode: code,
		At: r.rating.RatedAt, ObservedAt: p.now, Detail: store.RatingWord(uint8(r.rating.Level))}
	if change.CaseNo != "" {
		row, found, err := p.w.CaseByNo(d.row.ID, change.CaseNo)
		if err != nil {
			return err
		}
		if found {
			change.CaseID = row.ID
		} else {
			d.names.add(change.CaseNo)
		}
	}
	p.changes = append(p.changes, change)
	row, was, err := p.applyRating(d, ratingVersion{seq: seq, corrects: corrects, sourceID: r.sourceID, observed: store.Micros(p.now)}, r.rating)
	if err != nil {
		return err
	}
	return p.noteContactTold(d, &row, &was)
}

// ratingVersion is the journal's record of a rating, or of its correction.
type ratingVersion struct {
	seq, corrects uint64
	sourceID      string
	observed      int64
}

// applyRating writes a rating's row; was is the one that it takes the place of.
func (p *projector) applyRating(d *department, v ratingVersion, r *approval.Rating) (row, was store.RatingRow, err error) {
	reasons, err := json.Marshal(append([]string{}, r.Reasons...))
	if err != nil {
		return row, was, err
	}
	row = store.RatingRow{ID: v.seq, Seq: v.seq, Dept: d.row.ID, CaseNo: r.CaseNo, Level: uint8(r.Level),
		Channel: r.Channel, Window: r.Window, Handler: r.Handler.Name, Rated: store.Micros(r.RatedAt), Named: r.Named(),
		Reasons: string(reasons), Text: r.Text, Contacted: store.Micros(r.ContactedAt), ContactResult: r.ContactResult,
		Counted: uint8(r.Level), Rater: v.seq}
	if it := d.items[r.ItemCode]; it != nil {
		row.Item = it.id
	}
	if v.corrects > 0 {
		row.ID = v.corrects
		if was, _, err = p.w.RatingByID(v.corrects); err != nil {
			return row, was, err
		}
		if err := p.keepFirst(&row, &was, v, r); err != nil {
			return row, was, err
		}
	}
	return row, was, p.w.PutRating(&row)
}

func decodeRating(body []byte) (approval.Rating, error) {
	var m pb.Rating
	if err := proto.Unmarshal(body, &m); err != nil {
		return approval.Rating{}, fmt.Errorf("intake: rating: %w", err)
	}
	return wire.Rating(&m), nil
}

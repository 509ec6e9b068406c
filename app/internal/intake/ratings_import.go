package intake

import (
	"context"

	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// OfficeImport stands in the quarantine where an adapter's name would, for what
// the office itself imported; pages know it by this. No adapter can be called so.
const OfficeImport = "@office"

// ImportResult counts what became of imported records.
type ImportResult struct {
	Taken     int // new
	Known     int // stand in the journal already, unchanged
	Corrected int // change one that stands there
	Refused   int // in quarantine now
}

// ImportRatings takes the ratings of an electronic rater's export that the
// office imports itself, of any known department whoever's adapter serves it,
// all in one transaction. Source ids share one space with those that the
// department's adapter sends.
func (in *Intake) ImportRatings(ctx context.Context, records []*pb.RatingRecord) (ImportResult, error) {
	from := origin{OfficeImport, Ratings}
	all := prepareAll(records, in.opts.Now(), prepareRating)
	var n ImportResult
	err := in.submit(ctx, &job{run: func(p *projector) error {
		began := p.w.Head()
		for i := range all {
			r, head := &all[i], p.w.Head()
			if err := p.admit(from, r); err != nil {
				return err
			}
			switch {
			case r.fault != nil:
				n.Refused++
			case p.w.Head() == head:
				n.Known++
			case r.corrects > 0:
				n.Corrected++
			default:
				n.Taken++
			}
		}
		return p.noteImported(began)
	}})
	if err != nil {
		return ImportResult{}, err
	}
	return n, nil
}

// Package rating is what applicants thought of the service (好差评) and what comes
// of it: bad ratings are followed up as matters, and what electronic raters
// (电子评议器) export is imported. What people and the console did are acts in the
// journal; the tables of this package follow from them. The ratings themselves
// are records, which package intake takes. Calling raters back is package
// callback's.
//
// Who gave a rating stands in the journal alone. It is told to the office, by
// itself for a reason that goes to the journal, and to nobody else.
package rating

import (
	"context"
	"sync/atomic"

	"google.golang.org/protobuf/proto"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/feature"
	"github.com/mingcha-console/mingcha/app/internal/features/account"
	"github.com/mingcha-console/mingcha/app/internal/features/matter"
	"github.com/mingcha-console/mingcha/app/internal/intake"
	"github.com/mingcha-console/mingcha/app/internal/store"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// Content is the last of GB/T 39046-2020's five levels, 1 the best, that counts
// as satisfied. The two after it are bad ratings (差评).
const Content = 3

// Goal is the share of satisfied ratings (levels 1 to 3) that the office wants,
// in percent: the reference city's.
const Goal = 98

// LevelOf is the level of a word as LevelWord has it; 0: of none.
func LevelOf(word string) int {
	for level := 1; level <= 5; level++ {
		if LevelWord(level) == word {
			return level
		}
	}
	return 0
}

// LevelWord is the word of a level, of vocab.RatingLevels; empty: there is none.
func LevelWord(level int) string { return store.RatingWord(uint8(level)) }

// Invalid refuses what somebody filled in about ratings, and says what is wrong with
// a field.
func Invalid(field, zh, en string) error {
	return fault.InvalidFields("rating", "填写的内容有误。请按提示更正后再提交。", "Something is wrong in what you filled in. Correct what is named and send it again.",
		fault.Field{Name: field, ZH: zh, EN: en})
}

// Importer takes records that people hand over as it takes adapters'; package
// intake has it.
type Importer interface {
	ImportRatings(ctx context.Context, records []*pb.RatingRecord) (intake.ImportResult, error)
}

// Ratings reads ratings and does what follows from them.
type Ratings struct {
	office  *feature.Office
	people  *account.Accounts
	matters *matter.Matters
	records Importer

	lookedTo atomic.Uint64 // the journal's last number when bad ratings were last followed up
}

// New is the ratings of an office.
func New(o *feature.Office, people *account.Accounts, matters *matter.Matters, records Importer) *Ratings {
	return &Ratings{office: o, people: people, matters: matters, records: records}
}

// Rater is who gave a rating.
type Rater struct {
	Name  string `json:"name"`
	Phone string `json:"phone"`
	// Others are who its department told of besides, at another time.
	Others []OtherRater `json:"others,omitempty" doc:"who else its department told of, at another time"`
}

// OtherRater is who a department told to have given a rating at another time.
type OtherRater struct {
	Name  string `json:"name"`
	Phone string `json:"phone"`
}

var errNotBad = fault.New(fault.Forbidden, "not_a_bad_rating", "只有差评才能查看评价人；满意的评价请通过抽取回访联系。",
	"Only who gave a bad rating can be seen; others are contacted by a draw for call-backs.", nil)

// Rater tells who gave a bad rating, once the journal says who asked and why.
func (s *Ratings) Rater(ctx context.Context, by access.Principal, id uint64, reason string) (Rater, error) {
	r, err := s.One(ctx, id)
	if err != nil {
		return Rater{}, err
	}
	if !r.Bad() && r.Matter == 0 {
		return Rater{}, errNotBad
	}
	return s.Reveal(ctx, by, &r, account.Opening{Rating: id, Reason: reason})
}

// Reveal journals a note that somebody is told who gave a rating, and then reads
// it from the journal.
func (s *Ratings) Reveal(ctx context.Context, by access.Principal, r *Rating, note account.Opening) (Rater, error) {
	if err := account.Note(ctx, s.people, account.Unmasked, by, note); err != nil {
		return Rater{}, err
	}
	rec, err := s.office.Store.Record(ctx, r.Rater)
	if err != nil {
		return Rater{}, err
	}
	var m pb.Rating
	if err := proto.Unmarshal(rec.Body, &m); err != nil {
		return Rater{}, err
	}
	all, err := s.history(ctx, r.ID)
	return Rater{Name: m.RaterName, Phone: m.RaterPhone, Others: others(all, &m)}, err
}

// Package visit is what volunteer supervisors see at visits (暗访): the sheets
// that they file with photographs, and what they add afterwards. All of it is
// acts in the journal; the tables follow from them. Who made a visit is sealed:
// the office reads what was seen and not by whom, departments read neither.
package visit

import (
	"context"
	"errors"
	"path/filepath"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/act"
	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/feature"
	"github.com/mingcha-console/mingcha/app/internal/features/account"
	"github.com/mingcha-console/mingcha/app/internal/features/matter"
	"github.com/mingcha-console/mingcha/app/internal/features/route"
)

// Visit is a visit that was filed. It never changes; more can be added to it.
type Visit struct {
	ID, Seq, Account uint64
	Sheet            Sheet
	Photos           []Photo
	FiledAt          time.Time // UTC
	Supplements      []Supplement
}

// Supplement is what was added to a visit afterwards.
type Supplement struct {
	At     time.Time // UTC
	Text   string
	Photos []Photo
}

// Visits reads visits and takes sheets.
type Visits struct {
	office  *feature.Office
	people  *account.Accounts
	matters *matter.Matters
	plans   *route.Plans
}

// New is the visits of an office.
func New(o *feature.Office, people *account.Accounts, matters *matter.Matters, plans *route.Plans) *Visits {
	return &Visits{o, people, matters, plans}
}

func (s *Visits) photos() Photos { return Photos{Dir: filepath.Join(s.office.Dir, PhotoFolder)} }

var errKey = fault.New(fault.Invalid, "visit_key", "这份记录的编号不对，请重新打开页面后再提交。", "The sheet's number is wrong; reload the page and send it again.", nil)

// File files a visit. The same sheet under the same number again is the same
// visit: a phone that heard no answer sends it again, and it is filed once.
func (s *Visits) File(ctx context.Context, by access.Principal, number string, sheet Sheet, photos []Photo) (Visit, error) {
	key, err := act.Sent(filed.Name(), by.Account, number, errKey)
	if err != nil {
		return Visit{}, err
	}
	if len(photos) > mostPhotos {
		return Visit{}, invalid(fault.Field{Name: "photos", ZH: "一次至多 10 张照片", EN: "at most 10 photographs"})
	}
	done, _, err := filed.Do(ctx, s.office.Journal, key, by.Account, filedData{Sheet: sheet, Photos: photos})
	if err != nil {
		return Visit{}, err
	}
	all, err := s.read(ctx, `WHERE seq = ?`, int64(done.Seq))
	if err != nil || len(all) != 1 {
		return Visit{}, errors.Join(err, errNoVisit)
	}
	return all[0], nil
}

// Supplement adds to one's own visit.
func (s *Visits) Supplement(ctx context.Context, by access.Principal, visit uint64, number, text string, photos []Photo) error {
	key, err := act.Sent(supplemented.Name(), by.Account, number, errKey)
	if err != nil {
		return err
	}
	_, _, err = supplemented.Do(ctx, s.office.Journal, key, by.Account, supplementedData{Visit: visit, Text: text, Photos: photos})
	return err
}

// Of lists what an account filed, newest first, and no more than 500.
func (s *Visits) Of(ctx context.Context, account uint64) ([]Visit, error) {
	return s.read(ctx, `WHERE account = ? ORDER BY id DESC LIMIT 500`, int64(account))
}

// One reads a visit.
func (s *Visits) One(ctx context.Context, id uint64) (Visit, error) {
	all, err := s.read(ctx, `WHERE id = ?`, int64(id))
	if err == nil && len(all) == 0 {
		err = errNoVisit
	}
	if err != nil {
		return Visit{}, err
	}
	return all[0], nil
}

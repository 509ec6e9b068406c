package volunteers

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/intake"
)

// Visit is a visit that was filed. It never changes; more can be added to it.
type Visit struct {
	ID, Seq, Account uint64
	Sheet            Sheet
	Photos           []Photo
	FiledAt          time.Time
	Supplements      []Supplement
}

// Supplement is what was added to a visit afterwards.
type Supplement struct {
	At     time.Time
	Text   string
	Photos []Photo
}

var errKeyForm = fault.New(fault.Invalid, "visit_key", "这份记录的编号不对，请重新打开页面后再提交。", "The sheet's number is wrong; reload the page and send it again.", nil)

// FileVisit files a visit. The same sheet under the same key again is the same
// visit: a phone that heard no answer sends it again, and it is filed once.
func (v *Volunteers) FileVisit(ctx context.Context, by access.Principal, key string, s Sheet, photos []Photo) (Visit, error) {
	if !intake.ValidKey(key) {
		return Visit{}, errKeyForm
	}
	if len(photos) > mostPhotos {
		return Visit{}, invalidVisit([]fault.Field{{Name: "photos", ZH: "一次至多 10 张照片", EN: "at most 10 photographs"}})
	}
	rec, _, err := v.journal.Act(ctx, intake.Act{Key: fmt.Sprintf("%s/%d/%s", visitFiled, by.Account, key), Type: visitFiled, By: by.Account,
		Data: visitFiledData{Sheet: s, Photos: photos}})
	if err != nil {
		return Visit{}, err
	}
	all, err := v.visits(ctx, `WHERE seq = ?`, int64(rec.Seq))
	if err != nil || len(all) != 1 {
		return Visit{}, errors.Join(err, errNoVisit)
	}
	return all[0], nil
}

// Supplement adds to one's own visit.
func (v *Volunteers) Supplement(ctx context.Context, by access.Principal, visit uint64, key, text string, photos []Photo) error {
	if !intake.ValidKey(key) {
		return errKeyForm
	}
	_, _, err := v.journal.Act(ctx, intake.Act{Key: fmt.Sprintf("%s/%d/%s", visitSupplemented, by.Account, key), Type: visitSupplemented, By: by.Account,
		Data: visitSupplementedData{Visit: visit, Text: text, Photos: photos}})
	return err
}

// MyVisits lists what an account filed, newest first.
func (v *Volunteers) MyVisits(ctx context.Context, account uint64) ([]Visit, error) {
	return v.visits(ctx, `WHERE account = ? ORDER BY id DESC LIMIT 500`, int64(account))
}

// Visit reads a visit.
func (v *Volunteers) Visit(ctx context.Context, id uint64) (Visit, error) {
	all, err := v.visits(ctx, `WHERE id = ?`, int64(id))
	if err == nil && len(all) == 0 {
		err = errNoVisit
	}
	if err != nil {
		return Visit{}, err
	}
	return all[0], nil
}

func (v *Volunteers) visits(ctx context.Context, where string, args ...any) ([]Visit, error) {
	rows, err := v.db.QueryContext(ctx, `SELECT id, seq, account, filed_at, sheet FROM visits `+where, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Visit
	for rows.Next() {
		var x Visit
		var filed int64
		var text sql.RawBytes
		var d visitFiledData
		if err := rows.Scan(&x.ID, &x.Seq, &x.Account, &filed, &text); err != nil {
			return nil, err
		}
		if err := json.Unmarshal(text, &d); err != nil {
			return nil, err
		}
		x.Sheet, x.Photos, x.FiledAt = d.Sheet, d.Photos, when(filed)
		out = append(out, x)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	rows.Close()
	return out, v.supplements(ctx, out)
}

// supplements gives visits what was added to them.
func (v *Volunteers) supplements(ctx context.Context, all []Visit) error {
	ids, at := make([]uint64, len(all)), map[uint64]*Visit{}
	for i := range all {
		ids[i], at[all[i].ID] = all[i].ID, &all[i]
	}
	list, err := json.Marshal(ids)
	if err != nil {
		return err
	}
	rows, err := v.db.QueryContext(ctx, `SELECT visit, at, text, photos FROM visit_supplements WHERE visit IN (SELECT value FROM json_each(?)) ORDER BY visit, n`, string(list))
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var visit uint64
		var s Supplement
		var added int64
		var photos sql.RawBytes
		if err := rows.Scan(&visit, &added, &s.Text, &photos); err != nil {
			return err
		}
		if err := json.Unmarshal(photos, &s.Photos); err != nil {
			return err
		}
		s.At = when(added)
		at[visit].Supplements = append(at[visit].Supplements, s)
	}
	return rows.Err()
}

package intake

import (
	"fmt"
	"time"

	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/mingcha-console/mingcha/app/internal/workday"
	"github.com/mingcha-console/mingcha/sdk/datetime"
)

// earliest is the first moment the console believes: China's first rules on
// administrative licensing are younger.
var earliest = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

// futureTolerance is how far a department's clock may be ahead of ours.
const futureTolerance = 10 * time.Minute

// isUnset tells of a time that it stands for no date: adapters send second 0, or the year
// 1, for what is empty in their source, since a message of all zeros is one.
func isUnset(t *timestamppb.Timestamp) bool {
	return t != nil && t.Seconds < earliest.Unix() && datetime.IsNone(t.AsTime(), workday.Default().Zone())
}

// unset takes times away that stand for no date, of a fact that may do without: it is then
// as if the adapter had left them out, and not of 1970.
func unset(times ...**timestamppb.Timestamp) {
	for _, t := range times {
		if isUnset(*t) {
			*t = nil
		}
	}
}

// noDate is why a record is refused whose time stands for none, and that needs one. It says
// what was sent.
func noDate(field string, t *timestamppb.Timestamp) *refusal {
	sent := t.AsTime().UTC().Format(time.RFC3339)
	return &refusal{"missing_" + field,
		fmt.Sprintf("%s 没有日期：送来的是 %s，程序在时间为空时这样写。请部门补上日期后重新报送。", field, sent),
		fmt.Sprintf("%s has no date: %s was sent, as programs write it where a time is empty. Ask the department to fill it in and send the record again.", field, sent)}
}

// named is a time to be checked; needed says that it must not be absent.
type named struct {
	field  string
	sent   *timestamppb.Timestamp
	needed bool
}

func checkTimes(now time.Time, times ...named) *refusal {
	for _, t := range times {
		at := t.sent.AsTime()
		switch {
		case t.sent == nil:
			if t.needed {
				return missing(t.field)
			}
		case isUnset(t.sent): // of those that are not needed, none is left
			return noDate(t.field, t.sent)
		case at.Before(earliest):
			day := workday.Default().DateOf(at) // as the source has it: in UTC it would be the day before
			return &refusal{"too_early", fmt.Sprintf("%s 是 %s，早得不合情理。请部门核对日期。", t.field, day),
				fmt.Sprintf("%s is %s, too early to be true. Ask the department to check the date.", t.field, day)}
		case at.After(now.Add(futureTolerance)):
			return &refusal{"future", fmt.Sprintf("%s 是 %s，晚于现在。请部门核对电脑时钟和填写的日期，改正后重新报送。", t.field, local(at)),
				fmt.Sprintf("%s is %s, later than now. Ask the department to check its clock and the date entered, and to send the record again.", t.field, local(at))}
		}
	}
	return nil
}

// local is a moment as the office's clocks have it.
func local(t time.Time) string { return t.In(workday.Default().Zone()).Format(time.DateTime) }

package wire

import (
	"testing"

	"github.com/mingcha-console/mingcha/app/internal/approval"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// Conversions are casts, so the numbers on both sides must be the same.
func TestNumbersAgreeWithTheContract(t *testing.T) {
	for name, pair := range map[string][2]int{
		"working days":          {int(approval.WorkingDays), int(pb.Unit_UNIT_WORKING_DAYS)},
		"calendar days":         {int(approval.CalendarDays), int(pb.Unit_UNIT_CALENDAR_DAYS)},
		"working hours":         {int(approval.WorkingHours), int(pb.Unit_UNIT_WORKING_HOURS)},
		"on the spot":           {int(approval.OnTheSpot), int(pb.CaseType_CASE_TYPE_ON_THE_SPOT)},
		"committed":             {int(approval.Committed), int(pb.CaseType_CASE_TYPE_COMMITTED)},
		"joint":                 {int(approval.Joint), int(pb.CaseType_CASE_TYPE_JOINT)},
		"referred up":           {int(approval.ReferredUp), int(pb.CaseType_CASE_TYPE_REFERRED_UP)},
		"licensing":             {int(approval.Licensing), int(pb.Regime_REGIME_LICENSING)},
		"limits only":           {int(approval.LimitsOnly), int(pb.Regime_REGIME_LIMITS_ONLY)},
		"from acceptance":       {int(approval.FromAcceptance), int(pb.ClockStart_CLOCK_START_ACCEPTANCE)},
		"from receipt":          {int(approval.FromReceipt), int(pb.ClockStart_CLOCK_START_RECEIPT)},
		"received":              {int(approval.Received), int(pb.EventKind_EVENT_KIND_RECEIVED)},
		"accepted":              {int(approval.Accepted), int(pb.EventKind_EVENT_KIND_ACCEPTED)},
		"supplement requested":  {int(approval.SupplementRequested), int(pb.EventKind_EVENT_KIND_SUPPLEMENT_REQUESTED)},
		"supplement received":   {int(approval.SupplementReceived), int(pb.EventKind_EVENT_KIND_SUPPLEMENT_RECEIVED)},
		"step started":          {int(approval.StepStarted), int(pb.EventKind_EVENT_KIND_STEP_STARTED)},
		"step finished":         {int(approval.StepFinished), int(pb.EventKind_EVENT_KIND_STEP_FINISHED)},
		"paused":                {int(approval.Paused), int(pb.EventKind_EVENT_KIND_PAUSED)},
		"resumed":               {int(approval.Resumed), int(pb.EventKind_EVENT_KIND_RESUMED)},
		"extended":              {int(approval.Extended), int(pb.EventKind_EVENT_KIND_EXTENDED)},
		"decided":               {int(approval.Decided), int(pb.EventKind_EVENT_KIND_DECIDED)},
		"withdrawn":             {int(approval.Withdrawn), int(pb.EventKind_EVENT_KIND_WITHDRAWN)},
		"voided":                {int(approval.Voided), int(pb.EventKind_EVENT_KIND_VOIDED)},
		"forwarded":             {int(approval.Forwarded), int(pb.EventKind_EVENT_KIND_FORWARDED)},
		"delivered":             {int(approval.Delivered), int(pb.EventKind_EVENT_KIND_DELIVERED)},
		"refusal grounds":       {int(approval.RefusalGrounds), int(pb.EventKind_EVENT_KIND_REFUSAL_GROUNDS)},
		"note":                  {int(approval.Note), int(pb.EventKind_EVENT_KIND_NOTE)},
		"granted":               {int(approval.OutcomeGranted), int(pb.Outcome_OUTCOME_GRANTED)},
		"refused":               {int(approval.OutcomeRefused), int(pb.Outcome_OUTCOME_REFUSED)},
		"outcome: not accepted": {int(approval.OutcomeNotAccepted), int(pb.Outcome_OUTCOME_NOT_ACCEPTED)},
		"returned":              {int(approval.OutcomeReturned), int(pb.Outcome_OUTCOME_RETURNED)},
		"outcome: decided":      {int(approval.OutcomeDecided), int(pb.Outcome_OUTCOME_DECIDED)},
		"stage: not accepted":   {int(approval.NotAccepted), int(pb.RejectionStage_REJECTION_STAGE_NOT_ACCEPTED)},
		"stage: refused":        {int(approval.Refused), int(pb.RejectionStage_REJECTION_STAGE_REFUSED)},
		"stage: returned":       {int(approval.Returned), int(pb.RejectionStage_REJECTION_STAGE_RETURNED)},
		"stage: cannot finish":  {int(approval.CannotFinish), int(pb.RejectionStage_REJECTION_STAGE_CANNOT_FINISH)},
		"very satisfied":        {int(approval.VerySatisfied), int(pb.RatingLevel_RATING_LEVEL_VERY_SATISFIED)},
		"satisfied":             {int(approval.Satisfied), int(pb.RatingLevel_RATING_LEVEL_SATISFIED)},
		"fair":                  {int(approval.Fair), int(pb.RatingLevel_RATING_LEVEL_FAIR)},
		"dissatisfied":          {int(approval.Dissatisfied), int(pb.RatingLevel_RATING_LEVEL_DISSATISFIED)},
		"very dissatisfied":     {int(approval.VeryDissatisfied), int(pb.RatingLevel_RATING_LEVEL_VERY_DISSATISFIED)},
	} {
		if pair[0] != pair[1] {
			t.Errorf("%s: approval %d, contract %d", name, pair[0], pair[1])
		}
	}
	// A number added to the contract must come here too.
	if n := len(pb.EventKind_name); n != 17 {
		t.Errorf("the contract has %d event kinds, this test knows 17", n)
	}
	if n := len(pb.Outcome_name); n != 6 {
		t.Errorf("the contract has %d outcomes, this test knows 6", n)
	}
	if n := len(pb.RatingLevel_name); n != 6 {
		t.Errorf("the contract has %d rating levels, this test knows 6", n)
	}
}

package sdk

import (
	"strings"
	"time"

	"google.golang.org/protobuf/types/known/timestamppb"

	adapterv1 "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// The contract's messages under short names. What each field means stands in
// sdk/contract/mingcha/adapter/v1/adapter.proto.
type (
	Event         = adapterv1.Event
	Application   = adapterv1.Application
	StepDetail    = adapterv1.StepDetail
	Pause         = adapterv1.Pause
	Extension     = adapterv1.Extension
	Decision      = adapterv1.Decision
	Notice        = adapterv1.Notice
	Person        = adapterv1.Person
	Unreadable    = adapterv1.Unreadable
	SourceTally   = adapterv1.SourceTally
	Department    = adapterv1.Department
	Item          = adapterv1.Item
	Limit         = adapterv1.Limit
	Step          = adapterv1.Step
	Rejection     = adapterv1.Rejection
	OverdueCase   = adapterv1.OverdueCase
	Authorization = adapterv1.Authorization
	Rating        = adapterv1.Rating

	EventKind      = adapterv1.EventKind
	Unit           = adapterv1.Unit
	CaseType       = adapterv1.CaseType
	Regime         = adapterv1.Regime
	ClockStart     = adapterv1.ClockStart
	Outcome        = adapterv1.Outcome
	RejectionStage = adapterv1.RejectionStage
	LimitClock     = adapterv1.Clock
	RatingLevel    = adapterv1.RatingLevel
)

// What can happen to a case ([Event].Kind).
const (
	Received            = adapterv1.EventKind_EVENT_KIND_RECEIVED
	Accepted            = adapterv1.EventKind_EVENT_KIND_ACCEPTED
	SupplementRequested = adapterv1.EventKind_EVENT_KIND_SUPPLEMENT_REQUESTED
	SupplementReceived  = adapterv1.EventKind_EVENT_KIND_SUPPLEMENT_RECEIVED
	StepStarted         = adapterv1.EventKind_EVENT_KIND_STEP_STARTED
	StepFinished        = adapterv1.EventKind_EVENT_KIND_STEP_FINISHED
	Paused              = adapterv1.EventKind_EVENT_KIND_PAUSED
	Resumed             = adapterv1.EventKind_EVENT_KIND_RESUMED
	Extended            = adapterv1.EventKind_EVENT_KIND_EXTENDED
	Decided             = adapterv1.EventKind_EVENT_KIND_DECIDED
	Withdrawn           = adapterv1.EventKind_EVENT_KIND_WITHDRAWN
	Voided              = adapterv1.EventKind_EVENT_KIND_VOIDED
	Forwarded           = adapterv1.EventKind_EVENT_KIND_FORWARDED
	Delivered           = adapterv1.EventKind_EVENT_KIND_DELIVERED
	RefusalGrounds      = adapterv1.EventKind_EVENT_KIND_REFUSAL_GROUNDS
	Note                = adapterv1.EventKind_EVENT_KIND_NOTE
)

// What a limit counts ([Limit].Unit).
const (
	WorkingDays    = adapterv1.Unit_UNIT_WORKING_DAYS
	CalendarDays   = adapterv1.Unit_UNIT_CALENDAR_DAYS
	WorkingHours   = adapterv1.Unit_UNIT_WORKING_HOURS
	Seconds        = adapterv1.Unit_UNIT_SECONDS
	WorkingSeconds = adapterv1.Unit_UNIT_WORKING_SECONDS
)

// How an item is handled ([Item].CaseType): 即办件, 承诺件, 联办件, 上报件.
const (
	OnTheSpot  = adapterv1.CaseType_CASE_TYPE_ON_THE_SPOT
	Committed  = adapterv1.CaseType_CASE_TYPE_COMMITTED
	Joint      = adapterv1.CaseType_CASE_TYPE_JOINT
	ReferredUp = adapterv1.CaseType_CASE_TYPE_REFERRED_UP
)

// Which rules an item stands under ([Item].Regime).
const (
	Licensing  = adapterv1.Regime_REGIME_LICENSING
	LimitsOnly = adapterv1.Regime_REGIME_LIMITS_ONLY
)

// Where an item's clock starts ([Item].ClockStart).
const (
	FromAcceptance = adapterv1.ClockStart_CLOCK_START_ACCEPTANCE
	FromReceipt    = adapterv1.ClockStart_CLOCK_START_RECEIPT
)

// How a case ended ([Decision].Outcome). OutcomeDecided is for sources that
// say that, but not how, it was decided.
const (
	OutcomeGranted     = adapterv1.Outcome_OUTCOME_GRANTED
	OutcomeRefused     = adapterv1.Outcome_OUTCOME_REFUSED
	OutcomeNotAccepted = adapterv1.Outcome_OUTCOME_NOT_ACCEPTED
	OutcomeReturned    = adapterv1.Outcome_OUTCOME_RETURNED
	OutcomeDecided     = adapterv1.Outcome_OUTCOME_DECIDED
)

// What a negative-decision filing is about ([Rejection].Stage).
const (
	StageNotAccepted  = adapterv1.RejectionStage_REJECTION_STAGE_NOT_ACCEPTED
	StageRefused      = adapterv1.RejectionStage_REJECTION_STAGE_REFUSED
	StageReturned     = adapterv1.RejectionStage_REJECTION_STAGE_RETURNED
	StageCannotFinish = adapterv1.RejectionStage_REJECTION_STAGE_CANNOT_FINISH
)

// Which limit was missed ([OverdueCase].Clock).
const (
	PromisedLimit  = adapterv1.Clock_CLOCK_PROMISED
	StatutoryLimit = adapterv1.Clock_CLOCK_STATUTORY
)

// The five levels of GB/T 39046-2020 ([Rating].Level): 非常满意, 满意, 基本满意,
// 不满意, 非常不满意. The last two are bad ratings (差评).
const (
	VerySatisfied    = adapterv1.RatingLevel_RATING_LEVEL_VERY_SATISFIED
	Satisfied        = adapterv1.RatingLevel_RATING_LEVEL_SATISFIED
	Fair             = adapterv1.RatingLevel_RATING_LEVEL_FAIR
	Dissatisfied     = adapterv1.RatingLevel_RATING_LEVEL_DISSATISFIED
	VeryDissatisfied = adapterv1.RatingLevel_RATING_LEVEL_VERY_DISSATISFIED
)

// Time is an instant as the contract carries it; the zero time, which stands
// for "unknown", becomes nil.
func Time(t time.Time) *timestamppb.Timestamp {
	if t.IsZero() {
		return nil
	}
	return timestamppb.New(t)
}

// ParseKind reads a kind by its name in the contract without the prefix, in
// any case: "received", "SUPPLEMENT_REQUESTED". An unknown name gives 0, which
// no event may have.
func ParseKind(name string) EventKind {
	return EventKind(adapterv1.EventKind_value["EVENT_KIND_"+strings.ToUpper(name)])
}

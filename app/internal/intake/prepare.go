package intake

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"time"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"

	"github.com/mingcha-console/mingcha/app/internal/approval"
	"github.com/mingcha-console/mingcha/app/internal/journal"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/wire"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// Stream names one of an adapter's streams.
type Stream string

const (
	Events         Stream = "events"
	Rejections     Stream = "rejections"
	Overdue        Stream = "overdue"
	Authorizations Stream = "authorizations"
	Ratings        Stream = "ratings"
)

// prepared is a record on its way to the writer: decoded and checked as far as
// that needs no database, in the goroutine of its adapter.
type prepared struct {
	kind     journal.Kind
	dept     string
	sourceID string
	caseNo   string
	body     []byte // canonical bytes, the journal's record

	occurrence uint32 // of an event that its source does not number; else 0

	event  approval.Event
	filing *approval.RejectionFiling
	report *approval.OverdueReport
	auth   *approval.Authorization
	rating *approval.Rating

	corrects uint64   // set by the writer, of a rating: the record that it corrected
	seq      uint64   // set by the writer once it is in the journal
	again    bool     // set by the writer: it corrects another
	fault    *refusal // set: goes to quarantine
	raw      []byte   // what is kept there
	size     int
}

// refusal is why a record is set aside.
type refusal struct{ code, zh, en string }

// limits of what one field may hold. A case's whole story fits many times over;
// what is longer is a document in the wrong place.
const maxField = 64 << 10

var canonical = proto.MarshalOptions{Deterministic: true}

// weighed is the same of a record the sizes of whose parts were found out just before,
// when its batch was weighed.
var weighed = proto.MarshalOptions{Deterministic: true, UseCachedSize: true}

func prepareEvent(m *pb.EventRecord, now time.Time) prepared {
	switch r := m.GetRecord().(type) {
	case *pb.EventRecord_Event:
		e := r.Event
		unset(&e.EnteredAt, &e.EffectiveAt)
		if e.GetPause() != nil {
			unset(&e.GetPause().NotifiedAt)
		}
		if e.GetExtension() != nil {
			unset(&e.GetExtension().NotifiedAt)
		}
		p := begin(journal.KindEvent, e.Department, e.SourceId, e.CaseNo, e)
		if p.fault == nil {
			p.fault = checkEvent(e, now)
		}
		if p.fault == nil {
			p.event, p.occurrence = wire.Event(e), e.Occurrence
		}
		return p.finish(e)
	case *pb.EventRecord_Unreadable:
		return unreadable(journal.KindEvent, r.Unreadable)
	}
	return empty(journal.KindEvent)
}

func prepareRejection(m *pb.RejectionRecord, now time.Time) prepared {
	switch r := m.GetRecord().(type) {
	case *pb.RejectionRecord_Rejection:
		e := r.Rejection
		unset(&e.NoticeAt)
		p := begin(journal.KindRejection, e.Department, e.SourceId, e.CaseNo, e)
		if p.fault == nil {
			f := wire.Rejection(e)
			p.filing, p.fault = &f, checkTimes(now, named{"filed_at", e.FiledAt, true}, named{"notice_at", e.NoticeAt, false})
		}
		return p.finish(e)
	case *pb.RejectionRecord_Unreadable:
		return unreadable(journal.KindRejection, r.Unreadable)
	}
	return empty(journal.KindRejection)
}

func prepareOverdue(m *pb.OverdueRecord, now time.Time) prepared {
	switch r := m.GetRecord().(type) {
	case *pb.OverdueRecord_Overdue:
		e := r.Overdue
		unset(&e.DueAt, &e.ActualAt)
		p := begin(journal.KindOverdue, e.Department, e.SourceId, e.CaseNo, e)
		if p.fault == nil {
			f := wire.Overdue(e)
			p.report, p.fault = &f, checkTimes(now, named{"reported_at", e.ReportedAt, true}, named{"actual_at", e.ActualAt, false})
		}
		return p.finish(e)
	case *pb.OverdueRecord_Unreadable:
		return unreadable(journal.KindOverdue, r.Unreadable)
	}
	return empty(journal.KindOverdue)
}

func prepareAuthorization(m *pb.AuthorizationRecord, now time.Time) prepared {
	switch r := m.GetRecord().(type) {
	case *pb.AuthorizationRecord_Authorization:
		e := r.Authorization
		unset(&e.SignedAt, &e.RevokedAt)
		p := begin(journal.KindAuthorization, e.Department, e.SourceId, "-", e)
		if p.fault == nil {
			f := wire.Authorization(e)
			p.auth = &f
			switch {
			case e.ValidFrom == nil || e.ValidTo == nil:
				p.fault = missing("valid_from / valid_to")
			case isUnset(e.ValidFrom):
				p.fault = noDate("valid_from", e.ValidFrom)
			case isUnset(e.ValidTo):
				p.fault = noDate("valid_to", e.ValidTo)
			case !f.ValidFrom.Before(f.ValidTo):
				p.fault = &refusal{"valid_span",
					"授权书的有效期止不晚于有效期起。请部门核对后重新报送。",
					"The authorization ends no later than it begins. Ask the department to correct and send it again."}
			default:
				p.fault = checkScope(f.Items)
			}
		}
		return p.finish(e)
	case *pb.AuthorizationRecord_Unreadable:
		return unreadable(journal.KindAuthorization, r.Unreadable)
	}
	return empty(journal.KindAuthorization)
}

// begin encodes a record and checks what every record needs.
func begin(kind journal.Kind, dept, sourceID, caseNo string, m proto.Message) prepared {
	p := prepared{kind: kind, dept: dept, sourceID: sourceID, caseNo: caseNo}
	body, err := weighed.Marshal(m)
	switch {
	case err != nil: // a string that is not UTF-8; gRPC refuses it earlier, the SDK earlier still
		p.fault = &refusal{"encoding", "记录含有无法识别的文字编码。请部门以 UTF-8 重新报送。",
			"The record holds text that is not UTF-8. Ask the department to send it again as UTF-8."}
	case sourceID == "":
		p.fault = missing("source_id")
	case dept == "":
		p.fault = missing("department")
	case caseNo == "":
		p.fault = missing("case_no")
	case len(body) > maxField:
		p.fault = tooLong(m, len(body))
	default:
		p.fault = checkNames(dept, caseNo, sourceID)
	}
	p.body, p.size = body, len(body)
	return p
}

// finish keeps the raw record of one that is refused.
func (p prepared) finish(m proto.Message) prepared {
	if p.fault == nil {
		return p
	}
	p.sourceID = showable(p.sourceID)
	if p.raw = p.body; p.raw == nil {
		p.raw, _ = protojson.Marshal(m)
		p.size = len(p.raw)
	}
	p.shorten()
	return p
}

// keptRaw is how much is kept of a record that is refused, in bytes: enough to see what
// it is. Its size is of the whole, and the hash of the whole stands behind what is kept,
// so that two records with one beginning are two.
const keptRaw = maxField

// shorten lets go of what is not kept of a refused record, before it waits for the
// writer.
func (p *prepared) shorten() {
	if len(p.raw) <= keptRaw {
		return
	}
	sum := sha256.Sum256(p.raw)
	p.raw, p.body = fmt.Appendf(bytes.Clone(p.raw[:keptRaw]), "\n… SHA-256 %x", sum), nil
}

func unreadable(kind journal.Kind, u *pb.Unreadable) prepared {
	zh, en := u.ReasonZh, u.ReasonEn
	if zh == "" {
		zh = "数据接口无法读懂这条记录。请部门技术人员查看原始内容。"
	}
	if en == "" {
		en = "The adapter could not read this record. Ask the department's IT staff to look at the raw text."
	}
	p := prepared{kind: kind, sourceID: showable(u.SourceId), raw: u.Raw, size: max(int(u.RawSize), len(u.Raw)),
		fault: &refusal{"unreadable", zh, en}}
	p.shorten()
	return p
}

func empty(kind journal.Kind) prepared {
	return prepared{kind: kind, fault: &refusal{"empty",
		"数据接口发来一条空记录。请检查数据接口版本是否与本台一致。",
		"The adapter sent an empty record. Check that the adapter's version fits this console."}}
}

func missing(field string) *refusal {
	return &refusal{"missing_" + field,
		fmt.Sprintf("记录缺少必填项 %s。请部门补全后重新报送。", field),
		fmt.Sprintf("The record lacks the required field %s. Ask the department to complete and send it again.", field)}
}

// tooLong names the longest field of a record that is too big.
func tooLong(m proto.Message, size int) *refusal {
	field := longestField(m)
	return &refusal{"too_long",
		fmt.Sprintf("记录过大（%d 字节），最长的字段是 %s。单条记录上限 %d KB；请部门将附件另行保存后重新报送。", size, field, maxField>>10),
		fmt.Sprintf("The record is too large (%d bytes); its longest field is %s. The limit is %d KB a record; ask the department to keep documents elsewhere and send it again.", size, field, maxField>>10)}
}

func checkEvent(e *pb.Event, now time.Time) *refusal {
	if _, known := pb.EventKind_name[int32(e.Kind)]; !known || e.Kind == 0 {
		return &refusal{"kind", fmt.Sprintf("事件类别 %d 不在契约之内。请升级本台或核对数据接口的映射。", e.Kind),
			fmt.Sprintf("Event kind %d is not in the contract. Update the console, or check the adapter's mapping.", e.Kind)}
	}
	if e.ItemCode == "" {
		return missing("item_code")
	}
	if e.Kind == pb.EventKind_EVENT_KIND_DECIDED && e.GetDecision().GetOutcome() == 0 {
		return missing("decision.outcome")
	}
	if (e.Kind == pb.EventKind_EVENT_KIND_STEP_STARTED || e.Kind == pb.EventKind_EVENT_KIND_STEP_FINISHED) && e.GetStep().GetName() == "" {
		return missing("step.name")
	}
	if e.Kind == pb.EventKind_EVENT_KIND_EXTENDED && e.GetExtension().GetBy().GetN() <= 0 {
		return missing("extension.by")
	}
	return checkTimes(now,
		named{"occurred_at", e.OccurredAt, true},
		named{"entered_at", e.EnteredAt, false},
		named{"effective_at", e.EffectiveAt, false})
}

// digest names a record refused for a reason, so that the same one again is kept
// once.
func (p *prepared) digest(from origin, code string, raw []byte) []byte {
	h := sha256.New()
	fmt.Fprintf(h, "%s\x00%s\x00%s\x00%s\x00", from.adapter, from.stream, p.sourceID, code)
	h.Write(raw)
	return h.Sum(nil)
}

// entry is the quarantine's row of a refused record.
func (p *prepared) entry(adapter string, stream Stream, now time.Time) *store.QuarantineEntry {
	dept := p.dept
	if zh, _ := misshapen(dept, mostCode); zh != "" {
		dept = ""
	}
	return &store.QuarantineEntry{Adapter: adapter, Stream: string(stream), Dept: dept, SourceID: p.sourceID,
		Code: p.fault.code, ReasonZH: p.fault.zh, ReasonEN: p.fault.en, Raw: p.raw, RawSize: p.size, Observed: now.UnixMicro()}
}

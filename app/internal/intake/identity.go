package intake

import (
	"errors"
	"regexp"
	"strings"

	"google.golang.org/protobuf/proto"

	"github.com/mingcha-console/mingcha/app/internal/approval"
	"github.com/mingcha-console/mingcha/app/internal/journal"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// An event is known again by its source id. Where the source numbers nothing, an
// id says how its adapter makes ids, and adapters learn: those of the XES adapter
// said where an event stood in its file, which another export of the same log
// turns round. So an event under a new id is known all the same when its case
// holds as many equal ones as the source does.

// byPlace is the form of ids that the XES adapter once gave by an event's place:
// the case number, the place, and for an event that a rule made its kind.
var byPlace = regexp.MustCompile(`^.*#\d+(\.[a-z_]+)?$`)

// placed tells whether an id has it. Every event of a case is asked about, and most
// ids have not even the sign.
func placed(id string) bool { return strings.IndexByte(id, '#') >= 0 && byPlace.MatchString(id) }

// knownByContent tells whether a case has an event already that came under
// another id. When an event whose id tells its place was entered is not asked:
// which of two facts of one moment was "the first" hung on the file's order then,
// and they differ in nothing else.
func (p *projector) knownByContent(d *department, e *entry, r *prepared) (bool, error) {
	if r.occurrence == 0 && placed(r.sourceID) {
		return false, nil // ids of that form are the source's own
	}
	before := uint32(0) // equal ones whose ids tell their place
	for i := range e.subject.Events {
		x := &e.subject.Events[i]
		if !alike(x, &r.event) {
			continue
		}
		old := placed(x.SourceID)
		if !old && (r.occurrence == 0 || !x.EnteredAt.Equal(r.event.EnteredAt)) {
			continue
		}
		_, latest, found, err := p.w.Latest(d.row.ID, journal.KindEvent, x.SourceID)
		if err != nil || !found {
			return false, err
		}
		nth, equal, err := sameContent(latest.Body, r.body, old)
		switch {
		case err != nil:
			return false, err
		case !equal:
		case old:
			before++
		case nth == r.occurrence:
			return true, nil
		}
	}
	return before > 0 && before >= r.occurrence, nil
}

// alike tells whether two events may be equal, without a look into the journal:
// every new event of a case is asked about.
func alike(a, b *approval.Event) bool {
	return a.Kind == b.Kind && a.OccurredAt.Equal(b.OccurredAt) && a.EffectiveAt.Equal(b.EffectiveAt) &&
		a.Text == b.Text && a.Handler == b.Handler && a.Unit == b.Unit && a.Window == b.Window
}

// sameContent compares two events' records without what names them, and tells the
// how-manieth of its kind the first said it was.
func sameContent(a, b []byte, whenever bool) (nth uint32, equal bool, err error) {
	var x, y pb.Event
	if err := errors.Join(proto.Unmarshal(a, &x), proto.Unmarshal(b, &y)); err != nil {
		return 0, false, err
	}
	nth = x.Occurrence
	for _, m := range []*pb.Event{&x, &y} {
		m.SourceId, m.Occurrence = "", 0
		if whenever {
			m.EnteredAt = nil
		}
	}
	return nth, proto.Equal(&x, &y), nil
}

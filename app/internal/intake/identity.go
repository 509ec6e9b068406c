package intake

import (
	"regexp"

	"google.golang.org/protobuf/proto"

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

// knownByContent tells whether a case has an event already that came under
// another id.
func (p *projector) knownByContent(d *department, e *entry, r *prepared) (bool, error) {
	if r.occurrence == 0 && byPlace.MatchString(r.sourceID) {
		return false, nil // ids of that form are the source's own
	}
	placed := uint32(0) // equal ones whose ids tell their place
	var content []byte
	for i := range e.subject.Events {
		x := &e.subject.Events[i]
		if x.Kind != r.event.Kind || !x.OccurredAt.Equal(r.event.OccurredAt) {
			continue
		}
		if r.occurrence == 0 && !byPlace.MatchString(x.SourceID) {
			continue
		}
		if content == nil {
			var err error
			if content, _, err = contentOf(r.body); err != nil {
				return false, err
			}
		}
		_, latest, found, err := p.w.Latest(d.row.ID, journal.KindEvent, x.SourceID)
		if err != nil || !found {
			return false, err
		}
		other, nth, err := contentOf(latest.Body)
		if err != nil {
			return false, err
		}
		switch {
		case string(other) != string(content):
		case nth > 0 && nth == r.occurrence:
			return true, nil
		case nth == 0:
			placed++
		}
	}
	return placed > 0 && placed >= r.occurrence, nil
}

// contentOf is an event's record without what names it, and the how-manieth of
// its kind it said it was.
func contentOf(body []byte) (content []byte, nth uint32, err error) {
	var m pb.Event
	if err := proto.Unmarshal(body, &m); err != nil {
		return nil, 0, err
	}
	nth, m.SourceId, m.Occurrence = m.Occurrence, "", 0
	content, err = canonical.Marshal(&m)
	return content, nth, err
}

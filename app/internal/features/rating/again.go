package rating

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"google.golang.org/protobuf/proto"

	"github.com/mingcha-console/mingcha/app/internal/store"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// A rating without a number of its own is known again by its facts. What people write
// beside it, a remark that the hall adds once it looked into it, is not what makes it
// another rating: one that agrees with one read in before in all but that corrects it.

// who tells a rating from others but for what was written and ticked; empty where too
// little is known of it for that: of a day without the time many agree.
func who(m *pb.Rating) string {
	at := m.RatedAt.AsTime()
	exact := at.Unix()%(24*3600) != 16*3600 // midnight of the office's zone is a day alone
	if m.CaseNo == "" && (!exact || m.Window == "" && m.Handler.GetName() == "") {
		return ""
	}
	return fmt.Sprintf("%q", []string{m.Department, m.CaseNo, m.ItemCode, m.Level.String(), m.Channel, m.Window, m.Handler.GetName(), m.Handler.GetId(), at.String(), m.RaterName, m.RaterPhone})
}

// byFacts tells whether a source id was made of a rating's facts.
func byFacts(id string) bool {
	id, ok := strings.CutPrefix(id, fromFile)
	before, _, cut := strings.Cut(id, "/")
	return ok && cut && len(before) == 32
}

// again gives ratings of a file the ids of those that they are again: that were read in
// before, and that the file does not hold as they were.
func (s *Ratings) again(ctx context.Context, all []*pb.RatingRecord) error {
	held := map[string]bool{}
	var first, last int64
	for _, r := range all {
		m := r.GetRating()
		if m == nil {
			continue
		}
		held[m.Department+"/"+m.SourceId] = true
		at := store.Micros(m.RatedAt.AsTime())
		if first == 0 || at < first {
			first = at
		}
		last = max(last, at)
	}
	if first == 0 {
		return nil
	}
	known := map[string]bool{}        // that were read in before
	altered := map[string][]earlier{} // those that the file does not hold under their ids, by who
	if err := store.EachRow(ctx, s.office.Store.Readers(), func(row *sql.Rows) error {
		var id string
		var body sql.RawBytes
		if err := row.Scan(&id, &body); err != nil {
			return err
		}
		var m pb.Rating
		if err := proto.Unmarshal(body, &m); err != nil {
			return err
		}
		known[m.Department+"/"+id] = true
		if w := who(&m); w != "" && byFacts(id) && !held[m.Department+"/"+id] {
			altered[w] = append(altered[w], earlier{id, written(&m)})
		}
		return nil
	}, `SELECT f.source_id, j.body FROM ratings r JOIN journal f ON f.seq = r.id JOIN journal j ON j.seq = r.seq
		WHERE r.rated_at BETWEEN ? AND ? AND substr(f.source_id, 1, 5) = 'file/' ORDER BY r.id`, first, last); err != nil {
		return err
	}
	// Those that are as they stand now, under whatever id, before those that changed.
	for _, asItStands := range []bool{true, false} {
		for _, r := range all {
			m := r.GetRating()
			if m == nil || !byFacts(m.SourceId) || known[m.Department+"/"+m.SourceId] {
				continue
			}
			w := who(m)
			i := slices.IndexFunc(altered[w], func(e earlier) bool { return !asItStands || e.written == written(m) })
			if w == "" || i < 0 {
				continue
			}
			m.SourceId = altered[w][i].id
			altered[w] = slices.Delete(altered[w], i, i+1)
			known[m.Department+"/"+m.SourceId] = true
		}
	}
	return nil
}

// earlier is a rating that was read in before.
type earlier struct{ id, written string }

// written is what was written and ticked of a rating.
func written(m *pb.Rating) string { return fmt.Sprintf("%q", append([]string{m.Text}, m.Reasons...)) }

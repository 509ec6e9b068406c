package casework

import (
	"context"
	"regexp"
	"strconv"
	"strings"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/api"
	"github.com/mingcha-console/mingcha/app/internal/casefile"
	"github.com/mingcha-console/mingcha/app/internal/features/matter"
	"github.com/mingcha-console/mingcha/app/internal/list"
)

// Found is what a word finds. What somebody may not see they do not find: each kind
// is looked for as its own page shows it to them.
type Found struct {
	casefile.SearchResult
	People  []FoundPerson `json:"people" doc:"5 at most; for the head whoever has an account, for the staff volunteers"`
	Matters []FoundMatter `json:"matters" doc:"5 at most"`
}

// SchemaName is its name in the API's description.
func (Found) SchemaName() string { return "SearchResult" }

// FoundPerson is somebody with an account.
type FoundPerson struct {
	ID         uint64      `json:"id"`
	Name       string      `json:"name"`
	Role       access.Role `json:"role" enum:"head,staff,duty,leader,liaison,volunteer"`
	Department string      `json:"department" doc:"code; a liaison's, else empty"`
}

// FoundMatter is a matter as the person who asks may see it.
type FoundMatter struct {
	ID         uint64 `json:"id"`
	Department string `json:"department"`
	ItemName   string `json:"item_name"`
	Fact       string `json:"fact"`
	State      string `json:"state" enum:"assess,assigned,extension,contact,rectify,objected,replied,revisit,revisited,closed,dropped"`
}

const (
	// foundEach is how many people and matters a search answers.
	foundEach = 5
	// mattersRead is how many matters, the newest, are looked through for the names
	// of departments and items, and for what reads like the word.
	mattersRead = 300
)

func (s *Casework) search(h *api.API) {
	api.Get(h, "/search", "search", "Cases, items, departments, people, matters and authorizations by a word, or by its pinyin", access.SeesCases, func(ctx context.Context, in *struct {
		Q string `query:"q" required:"true" maxLength:"100"`
	}) (*Found, error) {
		w, who, out := casefile.WordOf(in.Q), access.From(ctx), &Found{}
		if w.Text == "" {
			return out, nil
		}
		var err error
		if out.SearchResult, err = casefile.Read(ctx, s.office.Cases, func(v *casefile.View) (casefile.SearchResult, error) { return v.Search(w) }); err != nil {
			return nil, err
		}
		if out.People, err = s.foundPeople(ctx, &w, h.May(who.Role, "accounts"), h.May(who.Role, "terms")); err != nil {
			return nil, err
		}
		out.Matters, err = s.foundMatters(ctx, &w, who)
		return out, err
	})
}

// foundPeople are those with accounts for who sees all of them, volunteers for who
// sees these.
func (s *Casework) foundPeople(ctx context.Context, w *casefile.Word, all, volunteers bool) (out []FoundPerson, err error) {
	if !all && !volunteers {
		return nil, nil
	}
	people, err := s.accounts.All(ctx)
	for i := range people {
		a := &people[i]
		if !a.Active || !all && a.Role != access.Volunteer || !w.In(a.Name) && !(all && strings.EqualFold(a.Login, w.Text)) {
			continue
		}
		if len(out) < foundEach {
			out = append(out, FoundPerson{ID: a.ID, Name: a.Name, Role: a.Role, Department: a.Department})
		}
	}
	return out, err
}

// matterNumber is a matter's number as pages write it.
var matterNumber = regexp.MustCompile(`^(?:督办|matter)?\s*[#＃]?\s*(\d{1,18})$`)

// foundMatters are those with the number or with the word in what is told of them.
func (s *Casework) foundMatters(ctx context.Context, w *casefile.Word, who access.Principal) ([]FoundMatter, error) {
	if s.matters == nil {
		return nil, nil
	}
	word := w.Text
	if m := matterNumber.FindStringSubmatch(strings.ToLower(word)); m != nil {
		word = m[1]
	}
	items, err := s.office.ItemNames(ctx)
	if err != nil {
		return nil, err
	}
	names, err := s.departmentNames(ctx)
	if err != nil {
		return nil, err
	}
	var out []FoundMatter
	taken := map[uint64]bool{}
	take := func(m *matter.Matter) {
		if len(out) < foundEach && !taken[m.ID] {
			taken[m.ID] = true
			out = append(out, FoundMatter{ID: m.ID, Department: m.Department, ItemName: items(m.Department, m.Item), Fact: m.Fact, State: m.State})
		}
	}
	direct, err := s.matters.List(ctx, who, list.Asking("text", word).Window(0, foundEach))
	if err != nil {
		return nil, err
	}
	for i := range direct.Rows {
		take(&direct.Rows[i])
	}
	if _, err := strconv.ParseUint(word, 10, 64); err == nil || len(out) == foundEach {
		return out, nil
	}
	newest, err := s.matters.List(ctx, who, list.Asking().Window(0, mattersRead))
	if err != nil {
		return nil, err
	}
	for i := range newest.Rows {
		m := &newest.Rows[i]
		if w.In(names[m.Department], items(m.Department, m.Item), m.Fact, m.Handler) {
			take(m)
		}
	}
	return out, nil
}

func (s *Casework) departmentNames(ctx context.Context) (map[string]string, error) {
	all, _, err := s.office.Store.Catalogue(ctx)
	names := make(map[string]string, len(all))
	for i := range all {
		names[all[i].Code] = all[i].Name
	}
	return names, err
}

package act

import (
	"fmt"
	"slices"

	"github.com/mingcha-console/mingcha/app/internal/intake"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// Registry knows all types of acts that a program takes. It is an intake.Folder.
type Registry struct {
	kinds  map[string]Any
	tables []string
}

// NewRegistry is a registry without types.
func NewRegistry() *Registry { return &Registry{kinds: map[string]Any{}} }

// Add adds types, and the derived tables that only they change. A name that is
// taken is a mistake that must not ship.
func (r *Registry) Add(tables []string, kinds ...Any) *Registry {
	for _, k := range kinds {
		name := k.Info().Type
		if r.kinds[name] != nil {
			panic("act: two declarations of " + name)
		}
		r.kinds[name] = k
	}
	r.tables = append(r.tables, tables...)
	return r
}

// Types lists the types, in order.
func (r *Registry) Types() []string {
	out := make([]string, 0, len(r.kinds))
	for name := range r.kinds {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

// Tables lists the derived tables.
func (r *Registry) Tables() []string { return slices.Clone(r.tables) }

// Info tells of a type; the zero Info of one that nobody declares.
func (r *Registry) Info(name string) Info {
	if k := r.kinds[name]; k != nil {
		return k.Info()
	}
	return Info{}
}

// Which lists the types of which something holds, in order.
func (r *Registry) Which(holds func(Info) bool) (out []string) {
	for _, name := range r.Types() {
		if holds(r.kinds[name].Info()) {
			out = append(out, name)
		}
	}
	return out
}

// About is what an act is about.
func (r *Registry) About(a *intake.RecordedAct) (Subject, error) {
	k, err := r.of(a)
	if err != nil {
		return Subject{}, err
	}
	return k.about(a)
}

// Words tell an act to people, departments by their codes. Data that cannot be read
// has none.
func (r *Registry) Words(a *intake.RecordedAct) (zh, en string) { return r.WordsNaming(a, codes) }

// WordsNaming are Words with departments by their names.
func (r *Registry) WordsNaming(a *intake.RecordedAct, n Naming) (zh, en string) {
	k, err := r.of(a)
	if err == nil {
		zh, en, _ = k.words(a) // it was read when it was taken; without words the list shows its type
	}
	return n.In(zh, en)
}

// Check refuses an act with a fault; see Def.Check.
func (r *Registry) Check(w *store.Writer, a *intake.RecordedAct) error {
	k, err := r.of(a)
	if err != nil {
		return err
	}
	return k.check(w, a)
}

// Fold writes what an act changes; see Def.Fold.
func (r *Registry) Fold(w *store.Writer, a *intake.RecordedAct) error {
	k, err := r.of(a)
	if err != nil {
		return err
	}
	return k.fold(w, a)
}

func (r *Registry) of(a *intake.RecordedAct) (Any, error) {
	k := r.kinds[a.Type]
	if k == nil {
		return nil, fmt.Errorf("act: nobody declares acts of type %q", a.Type)
	}
	return k, nil
}

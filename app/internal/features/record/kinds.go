package record

import (
	"encoding/json"
	"slices"

	"github.com/mingcha-console/mingcha/app/internal/act"
	"github.com/mingcha-console/mingcha/app/internal/intake"
)

// typesOf lists the types of which something holds, in order.
func (s *Acts) typesOf(holds func(t string, k *act.Info) bool) (out []string) {
	return s.declared.Which(func(k act.Info) bool { return holds(k.Type, &k) })
}

// byItself tells whether the console did an act by itself.
func byItself(k *act.Info, a *intake.RecordedAct) bool {
	if k.OwnWhen == "" {
		return k.Own
	}
	var d map[string]json.RawMessage
	return json.Unmarshal(a.Data, &d) == nil && !slices.Contains([]string{"", `""`, "null"}, string(d[k.OwnWhen]))
}

package rating

// codebook has codes by what their things are called: as it is written, or else without
// what is written in many ways (blanks, dashes, brackets), as far as that names one.
type codebook struct {
	exact map[string]string // by shown
	code  map[string]string // by plain
	many  map[string]bool   // plain names of several
}

func newCodebook() *codebook {
	return &codebook{map[string]string{}, map[string]string{}, map[string]bool{}}
}

// add enters a name of what has a code.
func (k *codebook) add(name, code string) {
	p := plain(name)
	if p == "" {
		return
	}
	if k.exact[shown(name)] = code; k.many[p] {
		return
	}
	if other, taken := k.code[p]; taken && other != code {
		delete(k.code, p)
		k.many[p] = true
		return
	}
	k.code[p] = code
}

// find is the code of what a text names; empty: of nothing, or of several.
func (k *codebook) find(text string) string {
	if k == nil {
		return ""
	}
	if code := k.exact[shown(text)]; code != "" {
		return code
	}
	return k.code[plain(text)]
}

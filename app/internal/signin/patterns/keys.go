package patterns

import (
	"strings"

	"github.com/trustelem/zxcvbn/adjacency"
	"github.com/trustelem/zxcvbn/match"
)

// keyboards are looked at in this order; shifted are the signs that need the shift
// key on those with letters.
var keyboards = []string{"qwerty", "dvorak", "keypad", "mac_keypad"}

const shifted = `~!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:"ZXCVBNM<>?`

// rowsOfKeys finds three keys and more of which each lies beside the one before.
func rowsOfKeys(password string) (found []*match.Match) {
	for _, name := range keyboards {
		for i := 0; i < len(password)-1; {
			m := rowFrom(password, i, name)
			if m.J-m.I >= 2 {
				found = append(found, m)
			}
			i = m.J + 1
		}
	}
	return found
}

// rowFrom is the longest row that begins at i, be it of one key.
func rowFrom(password string, i int, keyboard string) *match.Match {
	m := &match.Match{Pattern: "spatial", I: i, J: i, Graph: keyboard}
	if !strings.HasSuffix(keyboard, "keypad") && strings.IndexByte(shifted, password[i]) >= 0 {
		m.ShiftedCount = 1
	}
	last := -1
	for m.J+1 < len(password) {
		direction, shift := neighbour(adjacency.Graphs[keyboard], password[m.J], password[m.J+1])
		if direction < 0 {
			break
		}
		m.J++
		if shift {
			m.ShiftedCount++
		}
		if direction != last { // the first step is a turn as well
			m.Turns++
			last = direction
		}
	}
	m.Token = password[m.I : m.J+1]
	return m
}

// neighbour tells in which direction of a key another lies, and whether with shift;
// -1 where it is none.
func neighbour(g *adjacency.Graph, from, to byte) (direction int, shift bool) {
	for direction, key := range g.Graph[string(rune(from))] {
		if at := strings.IndexByte(key, to); at >= 0 {
			return direction, at == 1
		}
	}
	return -1, false
}

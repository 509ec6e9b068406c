package store

import (
	"database/sql/driver"
	"fmt"
	"slices"
)

// countedFlags are the flags of cases that lists are narrowed by.
const countedFlags = FlagOverdue | FlagLapsed | FlagOnTheSpot | limited

// caseKind is what lists of cases are narrowed by (table case_kinds).
type caseKind struct {
	dept, item   int64
	state, level uint8
	flags        Flags
	ended        bool
}

func (c *CaseRow) kind() caseKind {
	return caseKind{c.Dept, c.Item, c.State, c.Level, c.Flags & countedFlags, c.Ended != 0}
}

// kinds collects how many cases there are of each kind.
type kinds map[caseKind]int64

// turn counts a case as another kind than it was.
func (k kinds) turn(old, c *CaseRow) {
	if was, is := old.kind(), c.kind(); was != is {
		k[was]--
		k[is]++
	}
}

// addKinds writes what the transaction counted. A kind that no case is of any more
// has no row.
func (w *Writer) addKinds() error {
	put := w.c.prepare(`INSERT INTO case_kinds (dept, item, state, level, flags, ended_at, n) VALUES (?,?,?,?,?,?,?) ON CONFLICT DO UPDATE SET n = n + excluded.n`)
	tidy := w.c.prepare(`DELETE FROM case_kinds WHERE dept = ? AND item = ? AND state = ? AND level = ? AND flags = ? AND ended_at = ? AND n = 0`)
	for k, n := range w.figures.kinds {
		if n == 0 {
			continue
		}
		key := []driver.Value{k.dept, k.item, int64(k.state), int64(k.level), int64(k.flags), Bool(k.ended)}
		if err := put.exec(append(key, n)...); err != nil {
			return err
		}
		if n < 0 {
			if err := tidy.exec(key...); err != nil {
				return err
			}
		}
	}
	clear(w.figures.kinds)
	return nil
}

// notCounted is no count of cases.
const notCounted = -1 << 40

// storedKinds reads how many cases are counted of each kind.
func (t *Reader) storedKinds() (out kinds, err error) {
	out = kinds{}
	return out, t.c.prepare(`SELECT dept, item, state, level, flags, ended_at, n FROM case_kinds`).each(func(r []driver.Value) error {
		k, n := caseKind{integer(r[0]), integer(r[1]), uint8(integer(r[2])), uint8(integer(r[3])), Flags(integer(r[4])), integer(r[5]) != 0}, integer(r[6])
		if key := []int64{int64(k.state), int64(k.level), int64(k.flags), Bool(k.ended)}; n == 0 || !slices.Equal(key, []int64{integer(r[2]), integer(r[3]), integer(r[4]), integer(r[5])}) {
			n = notCounted // no row says 0, nor what is none of these
		}
		out[k] += n
		return nil
	})
}

// differences names the kinds whose counts are others than those of another tally.
func (k kinds) differences(o kinds) (out []string) {
	for _, all := range []kinds{k, o} {
		for x := range all {
			if k[x] != o[x] {
				out = append(out, fmt.Sprintf("department %d, cases of item %d, %s, %s", x.dept, x.item, States.Word(int64(x.state)), LevelWord(x.level)))
			}
		}
	}
	return out
}

// findingDifferences names the kinds of findings whose counts are others than what
// there is.
func (t *Reader) findingDifferences() (out []string, err error) {
	err = t.c.prepare(`SELECT dept, rule, level, state FROM (
			SELECT dept, rule, level, state, open, n FROM finding_kinds
			UNION ALL SELECT dept, rule, level, state, open, -count(*) FROM findings GROUP BY 1, 2, 3, 4, 5)
		GROUP BY dept, rule, level, state, open HAVING sum(n) <> 0 OR count(*) <> 2`).each(func(r []driver.Value) error {
		out = append(out, fmt.Sprintf("department %d, findings %s, %s, %s", integer(r[0]), text(r[1]), Levels.Word(integer(r[2])), FindingStates.Word(integer(r[3]))))
		return nil
	})
	return out, err
}

package journal

import "testing"

// A sum is of what is in it, in whatever order it came and whatever was taken out between.
func TestASumIsOfWhatIsInIt(t *testing.T) {
	sum := func(things ...string) (m Multiset) {
		for _, x := range things {
			m.Add([]byte(x))
		}
		return m
	}
	a := sum("一", "二", "三")
	if a != sum("三", "一", "二") || a == sum("一", "二") || a == sum("一", "二", "二") || a == sum("一", "二", "四") || sum("一", "一") == sum("一") {
		t.Error("order counts, or what is in it does not")
	}
	for lane := range a { // each of the four lanes of a word by itself, carries and all
		var m Multiset
		m[lane] = ^uint64(0)
		was := m
		m.Add([]byte("x"))
		e := expanded([]byte("x"))
		for k := range 4 {
			if got, want := uint16(m[lane]>>(16*k)), uint16(was[lane]>>(16*k))+uint16(e[lane]>>(16*k)); got != want {
				t.Fatalf("lane %d: %d, want %d", 4*lane+k, got, want)
			}
		}
		if m.Remove([]byte("x")); m != was {
			t.Fatalf("word %d does not come back", lane)
		}
	}
	kept, err := ParseMultiset(a.Bytes())
	if err != nil || kept != a {
		t.Errorf("kept and read: %v", err)
	}
	if _, err := ParseMultiset(nil); err == nil {
		t.Error("nothing is read as a sum")
	}
}

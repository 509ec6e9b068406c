package rating

import (
	"strings"
	"testing"
)

// H4: a cell as long as a file may have is looked at once, and not once for each of its
// characters: of these two hundred thousand that took minutes.
func TestH4ALongCellIsLookedAtOnce(t *testing.T) {
	long := strings.Repeat("好", 200_000)
	if s, ok := headed(long); ok || s != nil {
		t.Errorf("a remark is a heading: %v", s)
	}
	if s, ok := headed("满意度（1最差 5最好）"); !ok || s == nil || s.low != 1 || s.high != 5 {
		t.Errorf("a heading with its scale: %v %v", s, ok)
	}
	if level, remark := spoken("不满意" + long); level != 0 || remark {
		t.Errorf("spoken: %d %v", level, remark)
	}
}

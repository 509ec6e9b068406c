package act

import (
	"crypto/rand"
	"fmt"
	"strings"

	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/intake"
)

// Once is the key of an act that may well be done twice.
func Once(name string, id uint64) string {
	return fmt.Sprintf("%s/%d/%s", name, id, rand.Text())
}

// Sent is the key of what a page or a phone sends under a number of its own
// choosing, so that it may send it again when it heard no answer. An unusable
// number is refused with bad, or with a fault in general words.
func Sent(name string, by uint64, number string, bad error) (string, error) {
	if intake.Choosable(number) {
		return fmt.Sprintf("%s/%d/%s", name, by, number), nil
	}
	if bad == nil {
		bad = errNumber
	}
	return "", bad
}

var errNumber = fault.New(fault.Invalid, "submission_number",
	"这次提交的编号不对，请重新打开页面后再提交。", "The submission's number is wrong; reload the page and send it again.", nil)

// Done is the key of an act that can be done once to some thing.
func Done(name string, of ...any) string {
	var b strings.Builder
	b.WriteString(name)
	for _, x := range of {
		fmt.Fprintf(&b, "/%v", x)
	}
	return b.String()
}

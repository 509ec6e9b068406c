package acceptance

import (
	"os/exec"
	"strings"
	"testing"
)

// N10: a build is quiet unless something is wrong; then all that was said is shown,
// and what failed.
func TestN10ABuildIsQuietUnlessSomethingIsWrong(t *testing.T) {
	if _, err := exec.LookPath("bash"); err != nil {
		t.Skip("no bash here")
	}
	script := func(command string) (string, error) {
		cmd := exec.Command("bash", "-c", "set -euo pipefail; source build/scripts/lib.sh; "+command)
		cmd.Dir = root()
		out, err := cmd.CombinedOutput()
		return string(out), err
	}
	if out, err := script(`quietly quiet-test sh -c 'echo much; echo noise >&2'`); err != nil || out != "" {
		t.Errorf("what went well says %q, %v", out, err)
	}
	out, err := script(`quietly quiet-test sh -c 'echo the reason >&2; exit 7'`)
	if err == nil || !strings.Contains(out, "the reason") || !strings.Contains(out, "failed (7)") {
		t.Errorf("what went wrong says %q, %v", out, err)
	}
}

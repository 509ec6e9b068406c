package acceptance

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// terminal is one that nobody sits at: what is written to its end can be read.
func terminal(t *testing.T) (screen, end *os.File) {
	t.Helper()
	screen, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Skip("this machine lends no terminals: ", err)
	}
	t.Cleanup(func() { screen.Close() })
	if err := unix.IoctlSetPointerInt(int(screen.Fd()), unix.TIOCSPTLCK, 0); err != nil {
		t.Fatal(err)
	}
	n, err := unix.IoctlGetInt(int(screen.Fd()), unix.TIOCGPTN)
	if err != nil {
		t.Fatal(err)
	}
	end, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", n), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { end.Close() })
	return screen, end
}

// N4: an Excel file is not written into a terminal; it is to a file and to a pipe.
func TestN4AnExcelFileIsNotWrittenIntoATerminal(t *testing.T) {
	dir := t.TempDir()
	data := filepath.Join(dir, "data")
	ingest := exec.Command(filepath.Join(bin, "mingcha"), "ingest", "--data", data, "--adapter", "xes", "--config", filepath.Join(root(), "plugins/xes/configs/example.yaml"), "--as-of", "2026-04-07")
	if out, err := ingest.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	_, end := terminal(t)
	for _, verb := range []string{"cases", "findings"} {
		var said bytes.Buffer
		cmd := exec.Command(filepath.Join(bin, "mingcha"), verb, "--data", data, "--format", "xlsx")
		cmd.Stdout, cmd.Stderr = end, &said
		err := cmd.Run()
		if cmd.ProcessState.ExitCode() != 2 || !strings.Contains(said.String(), "-o") || !strings.Contains(said.String(), "Excel") {
			t.Errorf("%s to a terminal: %v\n%s", verb, err, said.String())
		}
		if out, err := exec.Command(filepath.Join(bin, "mingcha"), verb, "--data", data, "--format", "xlsx").Output(); err != nil || !bytes.HasPrefix(out, []byte("PK")) {
			t.Errorf("%s to a pipe: %v, %.20q", verb, err, out)
		}
	}
}

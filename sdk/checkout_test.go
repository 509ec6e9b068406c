package sdk_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// N1: the contract's check runs in a checkout whose path has blanks, Chinese and
// what shells read as their own.
func TestN1TheContractIsCheckedInAFolderOfAnyName(t *testing.T) {
	if testing.Short() {
		t.Skip("starts npx")
	}
	packages, err := filepath.Abs("../frontend/node_modules")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(packages, ".bin", "buf")); err != nil {
		t.Skip("the frontend's packages are not installed: ", err)
	}
	checkout := filepath.Join(t.TempDir(), "明察 检出 (1) $HOME 'q'")
	if err := os.CopyFS(filepath.Join(checkout, "sdk"), os.DirFS(".")); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(checkout, "frontend"), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"go.mod", "go.sum", "frontend/package.json", "frontend/package-lock.json"} {
		b, err := os.ReadFile(filepath.Join("..", name))
		if err == nil {
			err = os.WriteFile(filepath.Join(checkout, name), b, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(packages, filepath.Join(checkout, "frontend", "node_modules")); err != nil {
		t.Skip("no links here: ", err)
	}
	cmd := exec.Command("sh", filepath.Join(checkout, "sdk", "check-generated.sh"))
	cmd.Dir = os.TempDir()
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

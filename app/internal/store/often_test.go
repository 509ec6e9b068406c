package store

import (
	"path/filepath"
	"testing"
)

// A statement that runs often is prepared once, anew after its connection let go of all,
// and again where it could not be prepared before.
func TestStatementsThatRunOftenArePreparedOnce(t *testing.T) {
	c, err := dial("file:" + filepath.Join(t.TempDir(), "x.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer c.close()
	const query = `SELECT n FROM t`
	if s := c.prepareOften(caseByNo, query); s.err == nil {
		t.Fatal("a table that is not there could be asked")
	}
	if err := c.exec(`CREATE TABLE t (n INTEGER)`); err != nil {
		t.Fatal(err)
	}
	first := c.prepareOften(caseByNo, query)
	if first.err != nil || c.prepareOften(caseByNo, query) != first {
		t.Errorf("not kept: %v", first.err)
	}
	c.forget()
	if again := c.prepareOften(caseByNo, query); again == first || again.exec() != nil {
		t.Error("a statement that was let go of is run")
	}
}

package tlogtiles

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/mingcha-console/mingcha/app/internal/journal"
)

// What a page saves when a journal is not what it saw before is judged by a
// program that shares no code with it.
func TestJ2EvidenceIsCheckedByTheAuditorsProgram(t *testing.T) {
	l := newLong(t, 100, 777)
	key := l.signer.PublicKey()
	saw := map[string]any{"note": l.earlier.Note, "public_key": key}
	// The folder's owner signs another past: as long, and longer.
	forge := func(signer *journal.Signer, size int64, root tlog.Hash) map[string]any {
		t.Helper()
		c, err := signer.Resume(journal.Head{Size: size, Root: root}, time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC))
		if err != nil {
			t.Fatal(err)
		}
		return map[string]any{"note": c.Note, "public_key": signer.PublicKey()}
	}
	another := func(origin string) *journal.Signer {
		t.Helper()
		s, err := journal.NewSigner(t.TempDir(), origin)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	newKey, newFolder := another(l.signer.Origin()), another("mingcha/"+strings.Repeat("ab", 16))
	proof := map[string]any{"from": 100, "to": 777, "proof": l.proof}
	honest := map[string]any{"note": l.last.Note, "public_key": key}
	broken := map[string]any{"note": strings.Replace(l.last.Note, "\n777\n", "\n778\n", 1), "public_key": key}
	file := func(form string, saw, shown, proof map[string]any) string {
		t.Helper()
		e := map[string]any{"form": form, "kind": "changed", "zh": "不一致。", "en": "It differs.", "place": "https://console.example", "found_at": "2026-12-01T00:00:00Z", "saw": saw}
		if shown != nil {
			e["shown"] = shown
		}
		if proof != nil {
			e["proof"] = proof
		}
		b, err := json.Marshal(e)
		name := filepath.Join(t.TempDir(), "evidence.json")
		if err == nil {
			err = os.WriteFile(name, b, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
		return name
	}
	const form = "mingcha witness evidence v1"
	for _, c := range []struct {
		name   string
		file   string
		key    string
		status int
		says   string
	}{
		{"honest growth", file(form, saw, honest, proof), key, 0, "AGREES"},
		{"the same again", file(form, saw, saw, nil), key, 0, "AGREES"},
		{"as long and other", file(form, saw, forge(l.signer, 100, l.last.Root), nil), key, 1, "记录数相同而内容不同"},
		{"longer, and other", file(form, saw, forge(l.signer, 777, l.earlier.Root), proof), key, 1, "拿不出即为改写"},
		{"no proof", file(form, saw, honest, nil), key, 1, "没有给出证明"},
		{"shorter", file(form, honest, saw, nil), key, 1, "记录变少"},
		{"nothing shown", file(form, saw, nil, nil), key, 1, "没有出示任何检查点"},
		{"not signed", file(form, saw, broken, proof), key, 1, "签名不对"},
		{"another key", file(form, saw, forge(newKey, 777, l.last.Root), proof), key, 1, "换了签名密钥"},
		{"another journal", file(form, saw, forge(newFolder, 777, l.last.Root), nil), key, 1, "另一份账簿"},
		{"by the key that it names", file(form, saw, forge(l.signer, 100, l.last.Root), nil), "", 1, "记录数相同而内容不同"},
		// Whoever accuses must have something in hand.
		{"invented", file(form, broken, honest, proof), key, 2, "证明不了什么"},
		{"of another office", file(form, saw, honest, proof), newFolder.PublicKey(), 2, "不是这把公钥签署的"},
		{"of another form", file("mingcha witness evidence v2", saw, honest, proof), key, 2, "不是页面保存的证据"},
	} {
		args := []string{"--evidence", c.file}
		if c.key != "" {
			args = append(args, "--key", c.key)
		}
		if said, status := audited(t, args...); status != c.status || !strings.Contains(said, c.says) {
			t.Errorf("%s: status %d, want %d and %q:\n%s", c.name, status, c.status, c.says, said)
		}
	}
}

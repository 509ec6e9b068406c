package witness

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// office signs a journal, and another with the same key: a rewritten past.
type office struct {
	t          *testing.T
	signer     note.Signer
	key        string
	trees      [2]*tree
	otherPast  int
	honestPast int
}

type tree struct{ hashes []tlog.Hash }

func (t *tree) ReadHashes(at []int64) (out []tlog.Hash, err error) {
	for _, i := range at {
		out = append(out, t.hashes[i])
	}
	return out, nil
}

func opened(t *testing.T, name string) *office {
	t.Helper()
	private, public, err := note.GenerateKey(rand.Reader, name)
	if err != nil {
		t.Fatal(err)
	}
	o := &office{t: t, key: public, otherPast: 1}
	if o.signer, err = note.NewSigner(private); err != nil {
		t.Fatal(err)
	}
	for past := range o.trees {
		o.trees[past] = &tree{}
		for i := range int64(300) {
			record := fmt.Sprintf("record %d", i)
			if past == o.otherPast && i == 3 {
				record = "another record 3"
			}
			more, err := tlog.StoredHashes(i, []byte(record), o.trees[past])
			if err != nil {
				t.Fatal(err)
			}
			o.trees[past].hashes = append(o.trees[past].hashes, more...)
		}
	}
	return o
}

func (o *office) shows(past int, from, size int64) Shown {
	o.t.Helper()
	root, err := tlog.TreeHash(size, o.trees[past])
	if err != nil {
		o.t.Fatal(err)
	}
	text := fmt.Sprintf("%s\n%d\n%s\n2026-11-30T01:00:00Z\nprevious 0\n", o.signer.Name(), size, base64.StdEncoding.EncodeToString(root[:]))
	signed, err := note.Sign(&note.Note{Text: text}, o.signer)
	if err != nil {
		o.t.Fatal(err)
	}
	s := Shown{Signed: Signed{Note: string(signed), PublicKey: o.key}, From: from}
	if 0 < from && from < size {
		if s.Proof, err = tlog.ProveTree(size, from, o.trees[past]); err != nil {
			o.t.Fatal(err)
		}
	}
	return s
}

const origin = "mingcha/00112233445566778899aabbccddeeff"

func TestJ2AdaptersAreWitnesses(t *testing.T) {
	o := opened(t, origin)
	state, d, err := Check(nil, o.shows(o.honestPast, 0, 100))
	if d != nil || err != nil {
		t.Fatalf("at first: %v, %v", d, err)
	}
	if size, err := Size(state); size != 100 || err != nil {
		t.Errorf("it keeps %d, %v", size, err)
	}
	for _, size := range []int64{100, 101, 128, 255, 256, 300} {
		if next, d, err := Check(state, o.shows(o.honestPast, 100, size)); d != nil || err != nil || len(next) == 0 {
			t.Errorf("grown to %d: %v, %v", size, d, err)
		}
	}
	other, elsewhere := opened(t, origin), opened(t, "mingcha/"+strings.Repeat("ab", 16))
	unsigned := o.shows(o.honestPast, 100, 200)
	unsigned.Note = strings.Replace(unsigned.Note, "\n200\n", "\n201\n", 1)
	unproved := o.shows(o.honestPast, 100, 200)
	unproved.Proof, unproved.Unproved = nil, "a tile is gone"
	wrongFrom := o.shows(o.honestPast, 99, 200)
	for _, c := range []struct {
		name  string
		shown Shown
		kind  Kind
		says  string
	}{
		{"rewritten, as long", o.shows(o.otherPast, 100, 100), Changed, "2026-11-30 09:00 签署时已有的 100 条记录中"},
		{"rewritten, longer", o.shows(o.otherPast, 100, 200), Changed, "有的后来被改动或删除"},
		{"a proof from elsewhere", wrongFrom, Changed, "不一致"},
		{"rolled back", o.shows(o.honestPast, 0, 64), Fewer, "比本部门以前看到的少"},
		{"no proof", unproved, Unproved, "无法证明"},
		{"not signed", unsigned, Unsigned, "签名不对"},
		{"another key", other.shows(other.honestPast, 100, 200), Rekeyed, "换了签名密钥"},
		{"another key over another past", other.shows(other.otherPast, 100, 200), Changed, "不一致"},
		{"another journal", elsewhere.shows(0, 100, 200), Replaced, "另一份存证"},
	} {
		next, d, err := Check(state, c.shown)
		switch {
		case err != nil || d == nil:
			t.Errorf("%s: %v, %v", c.name, d, err)
		case d.Kind != c.kind || !strings.Contains(d.ZH, c.says) || d.EN == "":
			t.Errorf("%s: %s, %s", c.name, d.Kind, d.ZH)
		case string(next) != string(state):
			t.Errorf("%s: what was kept was replaced", c.name)
		}
	}
	if _, _, err := Check(nil, unsigned); err == nil {
		t.Error("what is not signed was taken on trust")
	}
	if _, _, err := Check([]byte("{"), o.shows(o.honestPast, 0, 100)); err == nil {
		t.Error("a state that cannot be read passed")
	}
}

func TestJ2WhatWasSeenIsKeptInAFile(t *testing.T) {
	f := File(filepath.Join(t.TempDir(), "seen.json"))
	ctx := context.Background()
	if b, err := f.Kept(ctx); b != nil || err != nil {
		t.Errorf("at first: %q, %v", b, err)
	}
	o := opened(t, origin)
	state, _, err := Check(nil, o.shows(o.honestPast, 0, 100))
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Keep(ctx, state); err != nil {
		t.Fatal(err)
	}
	kept, err := f.Kept(ctx)
	if err != nil {
		t.Fatal(err)
	}
	_, d, err := Check(kept, o.shows(o.otherPast, 100, 200))
	if d == nil || err != nil {
		t.Fatalf("%v, %v", d, err)
	}
	if err := f.Differs(ctx, d); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(string(f) + ".evidence.json")
	if err != nil {
		t.Fatal(err)
	}
	var e struct {
		Form       string
		FoundAt    time.Time `json:"found_at"`
		Saw, Shown Signed
		Proof      struct{ From, To int64 }
	}
	if err := json.Unmarshal(b, &e); err != nil || e.Form != "mingcha witness evidence v1" || e.Saw.Note == e.Shown.Note || e.Proof.From != 100 || e.Proof.To != 200 || e.FoundAt.IsZero() {
		t.Errorf("%v: %s", err, b)
	}
	if err := File("").Keep(ctx, state); err != nil {
		t.Errorf("no file: %v", err)
	}
}

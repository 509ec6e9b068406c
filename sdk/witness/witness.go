// Package witness lets a department keep the last checkpoint that it saw of the
// supervision console's journal, and check that today's extends it. Whoever holds
// the console's folder holds its signing key and can sign a rewritten past; what
// departments keep in their own systems is out of its reach.
//
// An adapter takes part by being an sdk.Witness; [File] is one that keeps it in a
// file. The format is app/internal/journal/FORMAT.md's.
package witness

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Signed is a signed checkpoint with the verifier key that it was shown with.
type Signed struct {
	Note      string `json:"note"`
	PublicKey string `json:"public_key"`
}

// Shown is what the console shows.
type Shown struct {
	Signed
	From     int64       // number of records that the proof is from
	Proof    []tlog.Hash // RFC 6962, 2.1.2
	Unproved string      // why the console can give no proof; empty: it gave one
}

// Kind is how a journal is not the one that was seen.
type Kind string

const (
	Changed  Kind = "changed"  // records that were seen are other ones now
	Fewer    Kind = "fewer"    // there are less than were seen
	Unproved Kind = "unproved" // the console cannot prove that it is the same
	Unsigned Kind = "unsigned" // what it shows is no signed checkpoint
	Rekeyed  Kind = "rekeyed"  // the same journal, signed with another key
	Replaced Kind = "replaced" // another journal
)

// Difference is what does not agree, in words of both languages, with all that
// shows it.
type Difference struct {
	Kind   Kind
	ZH, EN string
	Saw    Signed
	Shown  Shown
}

func (d *Difference) Error() string { return d.EN }

// checkpoint is what is read of a signed one.
type checkpoint struct {
	tlog.Tree
	origin string
	at     string
}

// open checks a checkpoint's signature under the key that it was shown with.
func (s Signed) open() (c checkpoint, err error) {
	v, err := note.NewVerifier(strings.TrimSpace(s.PublicKey))
	if err != nil {
		return c, err
	}
	n, err := note.Open([]byte(strings.TrimRight(s.Note, "\n")+"\n"), note.VerifierList(v))
	if err != nil {
		return c, err
	}
	line := strings.Split(n.Text, "\n")
	if len(line) < 4 || line[0] != v.Name() {
		return c, errors.New("not a checkpoint of the key's journal")
	}
	c.origin, c.at = line[0], line[3]
	if c.N, err = strconv.ParseInt(line[1], 10, 64); err != nil || c.N < 0 {
		return c, fmt.Errorf("its size is %q", line[1])
	}
	root, err := base64.StdEncoding.DecodeString(line[2])
	if err != nil || len(root) != tlog.HashSize {
		return c, errors.New("its root is not a hash")
	}
	c.Hash = tlog.Hash(root)
	return c, nil
}

// Size is the number of records of the checkpoint that a state keeps; 0: none.
func Size(state []byte) (int64, error) {
	if len(state) == 0 {
		return 0, nil
	}
	kept, err := read(state)
	if err != nil {
		return 0, err
	}
	c, err := kept.open()
	return c.N, err
}

func read(state []byte) (kept Signed, err error) {
	if err := json.Unmarshal(state, &kept); err != nil {
		return kept, fmt.Errorf("what was kept of the console's journal cannot be read: %w", err)
	}
	return kept, nil
}

// Check compares what the console shows with a state, which is empty at first, and
// gives the state to keep in its place. It stays what it was where there is a
// difference. What is seen first is taken on trust. An error: the state or what is
// shown first cannot be read.
func Check(state []byte, shown Shown) (next []byte, d *Difference, err error) {
	next, err = json.Marshal(shown.Signed)
	if err != nil {
		return state, nil, err
	}
	now, bad := shown.open()
	if len(state) == 0 {
		if bad != nil {
			return nil, nil, fmt.Errorf("the console's checkpoint is not rightly signed: %w", bad)
		}
		return next, nil, nil
	}
	saw, err := read(state)
	if err != nil {
		return state, nil, err
	}
	before, err := saw.open()
	if err != nil {
		return state, nil, fmt.Errorf("what was kept of the console's journal is not rightly signed: %w", err)
	}
	kind := compare(before, now, bad, saw, shown)
	if kind == "" {
		return next, nil, nil
	}
	return state, difference(kind, before, saw, shown), nil
}

func compare(before, now checkpoint, bad error, saw Signed, shown Shown) Kind {
	switch {
	case bad != nil:
		return Unsigned
	case now.origin != before.origin:
		return Replaced
	case now.N < before.N:
		return Fewer
	case now.N == before.N && now.Hash != before.Hash:
		return Changed
	case now.N > before.N && shown.Unproved != "":
		return Unproved
	case now.N > before.N && (shown.From != before.N || !extends(before, now, shown.Proof)):
		return Changed
	case key(saw.PublicKey) != key(shown.PublicKey):
		return Rekeyed
	}
	return ""
}

func extends(before, now checkpoint, proof []tlog.Hash) bool {
	if before.N == 0 {
		empty, err := tlog.TreeHash(0, nil)
		return err == nil && before.Hash == empty
	}
	return tlog.CheckTree(proof, now.N, now.Hash, before.N, before.Hash) == nil
}

// key is a verifier key without its name and sum, which follow from it.
func key(text string) string {
	part := strings.SplitN(strings.TrimSpace(text), "+", 3)
	return part[len(part)-1]
}

// officeZone is only for sentences; the zone has had no summer time since 1991.
var officeZone = time.FixedZone("Asia/Shanghai", 8*60*60)

func difference(kind Kind, before checkpoint, saw Signed, shown Shown) *Difference {
	at := before.at
	if t, err := time.Parse(time.RFC3339, at); err == nil {
		at = t.In(officeZone).Format("2006-01-02 15:04")
	}
	d := &Difference{Kind: kind, Saw: saw, Shown: shown}
	switch n := before.N; kind {
	case Changed:
		d.ZH = fmt.Sprintf("督察台的存证与本部门以前看到的不一致：%s 签署时已有的 %d 条记录中，有的后来被改动或删除。", at, n)
		d.EN = fmt.Sprintf("The console's journal does not agree with what the department saw: of the %d records that it had when signed at %s, some were changed or deleted since.", n, at)
	case Fewer:
		d.ZH = fmt.Sprintf("督察台的存证比本部门以前看到的少：%s 签署时已有 %d 条记录，现在没有这么多。", at, n)
		d.EN = fmt.Sprintf("The console's journal has less than the department saw: %d records when signed at %s.", n, at)
	case Unproved:
		d.ZH = fmt.Sprintf("督察台无法证明现在的存证保留着本部门以前看到的 %d 条记录（%s 签署）。", n, at)
		d.EN = fmt.Sprintf("The console cannot prove that its journal still begins with the %d records that the department saw (signed at %s).", n, at)
	case Unsigned:
		d.ZH = fmt.Sprintf("督察台出示的存证检查点签名不对，无法与本部门以前看到的（%s 签署，%d 条记录）核对。", at, n)
		d.EN = fmt.Sprintf("The checkpoint that the console shows is not rightly signed, so it cannot be compared with what the department saw (signed at %s, %d records).", at, n)
	case Rekeyed:
		d.ZH = fmt.Sprintf("督察台的存证换了签名密钥。本部门以前看到的 %d 条记录（%s 签署）都还在，没有改动。", n, at)
		d.EN = fmt.Sprintf("The console's journal is signed with another key. The %d records that the department saw (signed at %s) are all there, unchanged.", n, at)
	case Replaced:
		d.ZH = fmt.Sprintf("督察台换了另一份存证，不是本部门以前看到的那一份（%s 签署，%d 条记录）。", at, n)
		d.EN = fmt.Sprintf("The console has another journal than the one that the department saw (signed at %s, %d records).", at, n)
	}
	d.ZH += "请保存证据，并向督察办核实原因。"
	d.EN += " Keep the evidence, and ask the supervision office for the reason."
	return d
}

// Evidence is the file that mingcha-audit --evidence checks.
func (d *Difference) Evidence(found time.Time) []byte {
	proof := []string{}
	for _, h := range d.Shown.Proof {
		proof = append(proof, h.String())
	}
	e := map[string]any{"form": "mingcha witness evidence v1", "kind": d.Kind, "zh": d.ZH, "en": d.EN, "place": "adapter",
		"found_at": found.UTC().Truncate(time.Second), "saw": d.Saw, "shown": d.Shown.Signed, "because": d.Shown.Unproved}
	if now, err := d.Shown.open(); err == nil && d.Shown.Unproved == "" {
		e["proof"] = map[string]any{"from": d.Shown.From, "to": now.N, "proof": proof}
	}
	b, _ := json.MarshalIndent(e, "", "  ") // texts and numbers: cannot fail
	return append(b, '\n')
}

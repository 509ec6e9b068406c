// Package draw takes samples that anyone can re-check: which cases volunteers
// review, which applicants are called back, which windows are visited.
//
// The chance comes from the journal's signed checkpoint, so the sample follows
// from facts that were fixed before it; ALGORITHM.md says exactly how, and what
// of it can still be steered. The program mingcha-redraw (sdk/cmd) checks a
// Certificate with code of its own: keep the two apart, so that one checks the
// other.
//
// The package is pure: it reads no clock, no store and no source of chance.
package draw

import (
	"bytes"
	"cmp"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"slices"
	"unicode/utf8"

	"github.com/mingcha-console/mingcha/app/internal/journal"
)

// Version names the algorithm. It is part of every hash; another algorithm gets
// another name.
const Version = "mingcha-draw-v1"

// Candidate is one that may be drawn. Its ID goes into the certificate, which
// outsiders read: it must not name a person.
type Candidate struct {
	ID      string `json:"id"`      // unique in the population; compared byte by byte
	Stratum string `json:"stratum"` // e.g. the department's code; may be empty
	Seq     uint64 `json:"seq"`     // journal number of the record that made it a candidate
}

// Request is what a draw is made from.
type Request struct {
	Name       string // as Name makes it
	Note       string // the signed checkpoint, as published
	PublicKey  string // the verifier key of the office's journal
	Population []Candidate
	Wanted     Wanted
}

// Certificate holds all that one needs to make the draw again.
type Certificate struct {
	Version        string      `json:"version"`
	Name           string      `json:"name"`
	Checkpoint     string      `json:"checkpoint"` // the signed note
	PublicKey      string      `json:"public_key"`
	Population     []Candidate `json:"population"` // ascending by ID
	PopulationHash string      `json:"population_sha256"`
	Wanted         Wanted      `json:"wanted"`
	Sample         []string    `json:"sample"` // IDs in the order drawn
}

// Draw takes the sample. The same checkpoint, name, population and wanted
// numbers always give the same certificate, in whatever order the population
// comes. An error is a *Refusal that says what does not fit.
func Draw(r Request) (Certificate, error) {
	if err := checkName(r.Name); err != nil {
		return Certificate{}, err
	}
	checkpoint, err := journal.Open(r.Note, r.PublicKey)
	if err != nil {
		return Certificate{}, &Refusal{
			ZH:  "检查点的签名与公钥不符，或检查点已损坏，不能据此抽取。请用 mingcha verify 核对日志后重试。",
			EN:  "The checkpoint is damaged or not signed with this key, so no sample can rest on it. Check the journal with mingcha verify and try again.",
			Err: err,
		}
	}
	if checkpoint.Size < 0 {
		return Certificate{}, refuse("检查点的日志长度为负数。请换用另一个检查点。", "The checkpoint gives the journal a negative size. Use another checkpoint.")
	}
	population, err := canonical(r.Population, uint64(checkpoint.Size))
	if err != nil {
		return Certificate{}, err
	}
	wanted, err := r.Wanted.canonical(population)
	if err != nil {
		return Certificate{}, err
	}
	hash := populationHash(population)
	return Certificate{
		Version:        Version,
		Name:           r.Name,
		Checkpoint:     r.Note,
		PublicKey:      r.PublicKey,
		Population:     population,
		PopulationHash: hex.EncodeToString(hash[:]),
		Wanted:         wanted,
		Sample:         sample(seed(checkpoint, r.Name), population, wanted),
	}, nil
}

// canonical returns the population in ascending order of ID, or says why it
// cannot be drawn from. A candidate that entered the journal after the
// checkpoint could have been made to fit the draw.
func canonical(population []Candidate, size uint64) ([]Candidate, error) {
	sorted := append(make([]Candidate, 0, len(population)), population...)
	slices.SortFunc(sorted, func(a, b Candidate) int { return cmp.Compare(a.ID, b.ID) })
	for i, c := range sorted {
		switch {
		case c.ID == "":
			return nil, refuse("候选名单中有一项没有编号。请补上编号。", "A candidate has no id. Give it one.")
		case !utf8.ValidString(c.ID) || !utf8.ValidString(c.Stratum):
			return nil, refuse(
				fmt.Sprintf("候选 %q 的编号或分层不是有效的 UTF-8 文字。请更正。", c.ID),
				fmt.Sprintf("The id or stratum of candidate %q is not valid UTF-8. Correct it.", c.ID))
		case i > 0 && sorted[i-1].ID == c.ID:
			return nil, refuse(
				fmt.Sprintf("候选 %q 出现了两次。请去掉重复项。", c.ID),
				fmt.Sprintf("Candidate %q is there twice. Take one out.", c.ID))
		case c.Seq == 0:
			return nil, refuse(
				fmt.Sprintf("候选 %q 没有日志序号。只有已记入日志的才能抽取。", c.ID),
				fmt.Sprintf("Candidate %q has no journal number. Only what is in the journal can be drawn.", c.ID))
		case c.Seq > size:
			return nil, refuse(
				fmt.Sprintf("候选 %q 的日志序号是 %d，晚于检查点（%d）。请等下一个检查点再抽取，或去掉这一项。", c.ID, c.Seq, size),
				fmt.Sprintf("Candidate %q has journal number %d, after the checkpoint's %d. Draw from the next checkpoint, or leave it out.", c.ID, c.Seq, size))
		}
	}
	return sorted, nil
}

// sample walks the candidates in ascending order of ticket and takes each whose
// stratum (or the whole, if the number is a total) has a place left.
func sample(seed [32]byte, population []Candidate, wanted Wanted) []string {
	type drawn struct {
		Candidate
		ticket []byte
	}
	order := make([]drawn, len(population))
	for i, c := range population {
		order[i] = drawn{c, ticket(seed, c.ID)}
	}
	// Stable: the population ascends by ID, which decides between equal tickets.
	slices.SortStableFunc(order, func(a, b drawn) int { return bytes.Compare(a.ticket, b.ticket) })
	places := wanted.Numbers(population)
	out := []string{}
	for _, d := range order {
		key := d.Stratum
		if wanted.Rule == RuleTotal {
			key = ""
		}
		if places[key] > 0 {
			places[key]--
			out = append(out, d.ID)
		}
	}
	return out
}

// seed binds the draw to the state of the journal and to its purpose. It leaves
// out the checkpoint's time and signature, which the office could try anew, and
// the population, so that leaving out one candidate cannot change the lots of
// the others.
func seed(c journal.Checkpoint, name string) [32]byte {
	b := appendText(nil, Version+"/seed")
	b = binary.BigEndian.AppendUint64(b, uint64(c.Size))
	b = appendText(b, string(c.Root[:]))
	b = appendText(b, name)
	return sha256.Sum256(b)
}

func ticket(seed [32]byte, id string) []byte {
	h := hmac.New(sha256.New, seed[:])
	h.Write([]byte(id))
	return h.Sum(nil)
}

// populationHash is the hash of a population in canonical order.
func populationHash(population []Candidate) [32]byte {
	b := appendText(nil, Version+"/population")
	b = binary.BigEndian.AppendUint64(b, uint64(len(population)))
	for _, c := range population {
		b = appendText(b, c.ID)
		b = appendText(b, c.Stratum)
		b = binary.BigEndian.AppendUint64(b, c.Seq)
	}
	return sha256.Sum256(b)
}

// appendText appends a text with its length before it, so that no two lists of
// texts have the same encoding.
func appendText(b []byte, s string) []byte {
	b = binary.BigEndian.AppendUint64(b, uint64(len(s)))
	return append(b, s...)
}

package main

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
)

// evidenceForm begins what a page saved when a journal was not what it had seen.
const evidenceForm = "mingcha witness evidence v1"

type signedNote struct {
	Note      string `json:"note"`
	PublicKey string `json:"public_key"`
}

// evidence is what a witness saw, and what it was shown later.
type evidence struct {
	Form    string
	Place   string
	FoundAt string `json:"found_at"`
	ZH, EN  string
	Saw     signedNote
	Shown   *signedNote
	Proof   *struct {
		From, To uint64
		Proof    []string
	}
}

// open checks a note under the key that it was shown with.
func (s signedNote) open() (*verifier, head, error) {
	v, err := parseKey(s.PublicKey)
	if err != nil {
		return nil, head{}, err
	}
	h, err := v.open([]byte(s.Note))
	return v, h, err
}

// worthless is evidence that shows nothing: what was said to have been seen is not
// signed, or not by whom it is meant to accuse.
type worthless struct{ error }

// checkEvidence checks whether what a witness saved shows that the journal is not
// the continuation of what it had seen. key is the office's, nil: whatever key the
// evidence names. An error says what does not agree; nil: all agrees.
func checkEvidence(key *verifier, file string) (string, error) {
	b, err := os.ReadFile(file)
	if err != nil {
		return "", worthless{err}
	}
	var e evidence
	if err := json.Unmarshal(b, &e); err != nil || e.Form != evidenceForm {
		return "", worthless{fmt.Errorf("%s: 不是页面保存的证据 not evidence that a page saved", file)}
	}
	by, saw, err := e.Saw.open()
	if err != nil {
		return "", worthless{fmt.Errorf("证据里“看到过的”检查点无效，证明不了什么。\nThe checkpoint that is said to have been seen is not valid; it shows nothing: %w", err)}
	}
	if key != nil && (key.origin() != by.origin() || !key.key.Equal(by.key)) {
		return "", worthless{fmt.Errorf("证据里“看到过的”检查点不是这把公钥签署的。\nThe checkpoint that was seen is not signed with this key")}
	}
	said := fmt.Sprintf("账簿 Journal: %s\n看到过 Seen: %d 条记录 records, %s\n", by.origin(), saw.size, saw.when)
	if e.Shown == nil {
		return "", fmt.Errorf("%s后来没有出示任何检查点。这一点只有保存者的话为证。\nLater no checkpoint was shown at all. For that there is only the word of who saved this", said)
	}
	now, shown, err := e.Shown.open()
	if err != nil {
		return "", fmt.Errorf("%s后来出示的检查点签名不对：%w\nThe checkpoint that was shown later is not rightly signed", said, err)
	}
	said += fmt.Sprintf("后来出示 Shown later: %d 条记录 records, %s\n", shown.size, shown.when)
	switch {
	case now.origin() != by.origin():
		return "", fmt.Errorf("%s后来出示的是另一份账簿：%s。\nWhat was shown later is another journal", said, now.origin())
	case shown.size < saw.size:
		return "", fmt.Errorf("%s两份都由签名证实：账簿的记录变少了。\nBoth are vouched for by their signatures: the journal lost records", said)
	case shown.size == saw.size && shown.root != saw.root:
		return "", fmt.Errorf("%s两份都由签名证实：记录数相同而内容不同，其中一份是改写的。\nBoth are vouched for by their signatures: as many records, and other ones. One of the two was rewritten", said)
	}
	if shown.size > saw.size || e.Proof != nil {
		if err := e.proves(saw, shown); err != nil {
			return "", fmt.Errorf("%s%w", said, err)
		}
	}
	if !now.key.Equal(by.key) {
		return "", fmt.Errorf("%s记录延续了看到过的，但换了签名密钥。\nThe records continue what was seen, but another key signs", said)
	}
	return said, nil
}

// proves checks the proof that the console gave. That a proof does not hold does
// not show by itself that there is none.
func (e evidence) proves(saw, shown head) error {
	const ask = "\n两个检查点的签名都有效。请要求督察办给出其间的证明（GET /api/checkpoint/consistency），或导出账簿后用 --kept 核对：拿不出即为改写。\nBoth checkpoints are rightly signed. Ask the office for a proof between them, or for the journal written out, and check that with --kept: where there is none, the past was rewritten"
	if e.Proof == nil {
		return fmt.Errorf("督察台没有给出证明。\nThe console gave no proof.%s", ask)
	}
	var proof []hash
	for _, s := range e.Proof.Proof {
		b, err := base64.StdEncoding.DecodeString(s)
		if err != nil || len(b) != len(hash{}) {
			return fmt.Errorf("证明写法不对。\nThe proof is not well written.%s", ask)
		}
		proof = append(proof, hash(b))
	}
	if e.Proof.From != saw.size || e.Proof.To != shown.size {
		return fmt.Errorf("证明不是这两个检查点之间的。\nThe proof is not between these two checkpoints.%s", ask)
	}
	if err := extends(saw, shown, proof); err != nil {
		return fmt.Errorf("%w.%s", err, ask)
	}
	return nil
}

package intake

import (
	"encoding/base64"
	"errors"
	"regexp"
	"strconv"
	"strings"

	"github.com/mingcha-console/mingcha/app/internal/journal"
)

// Kept is a state of the journal that somebody keeps outside the folder.
type Kept struct {
	Head   journal.Head
	Origin string // empty: not said
	Note   string // the signed checkpoint; empty: only its figures
	Where  string // what it was read from, for sentences

	signedLast bool // it is the signer's own
}

// anySize says that the size of a root is not known.
const anySize = -1

var (
	keptNote    = regexp.MustCompile(`(?s)((?:mingcha/[0-9a-f]{32}|mingcha journal v1)\r?\n\d+\r?\n.*?\n\r?\n(?:— [^\n]*\n?)+)`)
	keptPrinted = regexp.MustCompile(`(mingcha/[0-9a-f]{32})[ \t·,;|/]+(\d+)[ \t·,;|/]+([A-Za-z0-9+/]{43}=)`)
	// A sheet's cells may be all that a program kept of a note.
	keptRoot = regexp.MustCompile(`^[A-Za-z0-9+/]{43}=$`)
)

// ReadKept finds the checkpoints in what somebody keeps: signed notes, by
// themselves or within other text, and origin, size and root in a line as reports
// print them.
func ReadKept(text, where string) (all []Kept, err error) {
	text = strings.ReplaceAll(strings.TrimPrefix(text, "\uFEFF"), "\r\n", "\n")
	for _, m := range keptNote.FindAllString(text, -1) {
		lines := strings.Split(m, "\n")
		k, err := kept(lines[0], lines[1], lines[2], where)
		if err != nil {
			return nil, err
		}
		k.Note = m
		all = append(all, k)
	}
	for _, m := range keptPrinted.FindAllStringSubmatch(text, -1) {
		k, err := kept(m[1], m[2], m[3], where)
		if err != nil {
			return nil, err
		}
		all = append(all, k)
	}
	if len(all) == 0 {
		return nil, errors.New("intake: no checkpoint in it")
	}
	return all, nil
}

func kept(origin, size, hash, where string) (Kept, error) {
	n, err := strconv.ParseInt(size, 10, 64)
	if err == nil && n < 1 {
		err = errors.New("intake: a checkpoint over no records proves nothing")
	}
	r, rootErr := root(hash)
	return Kept{Head: journal.Head{Size: n, Root: r}, Origin: origin, Where: where}, errors.Join(err, rootErr)
}

// KeptRoot is a root that somebody keeps; size −1: of whatever size.
func KeptRoot(text string, size int64) (Kept, error) {
	if !keptRoot.MatchString(text) {
		return Kept{}, errors.New("intake: not a root")
	}
	r, err := root(text)
	if size < 0 {
		size = anySize
	}
	return Kept{Head: journal.Head{Size: size, Root: r}, Where: text}, err
}

func root(text string) (h [32]byte, err error) {
	b, err := base64.StdEncoding.DecodeString(text)
	if err == nil && len(b) != len(h) {
		err = errors.New("intake: not a root")
	}
	copy(h[:], b)
	return h, err
}

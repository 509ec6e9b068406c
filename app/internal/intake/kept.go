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
	keptPrinted = regexp.MustCompile(`(mingcha/[0-9a-f]{32})[\s·,;|/]+(\d+)[\s·,;|/]+([A-Za-z0-9+/]{43}=)`)
	// A sheet's cells may be all that a program kept of a note.
	keptRoot = regexp.MustCompile(`^[A-Za-z0-9+/]{43}=$`)
)

// ReadKept finds the checkpoint in what somebody keeps: the signed note, by
// itself or within other text, or its origin, size and root as reports print
// them.
func ReadKept(text, where string) (Kept, error) {
	text = strings.TrimPrefix(text, "\uFEFF")
	if m := keptNote.FindString(text); m != "" {
		lines := strings.Split(strings.ReplaceAll(m, "\r\n", "\n"), "\n")
		size, err := strconv.ParseInt(lines[1], 10, 64)
		root, rootErr := root(lines[2])
		return Kept{Head: journal.Head{Size: size, Root: root}, Origin: lines[0], Note: strings.ReplaceAll(m, "\r\n", "\n"), Where: where}, errors.Join(err, rootErr)
	}
	if m := keptPrinted.FindStringSubmatch(text); m != nil {
		size, err := strconv.ParseInt(m[2], 10, 64)
		root, rootErr := root(m[3])
		return Kept{Head: journal.Head{Size: size, Root: root}, Origin: m[1], Where: where}, errors.Join(err, rootErr)
	}
	return Kept{}, errors.New("intake: no checkpoint in it")
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

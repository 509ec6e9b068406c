package journal

import (
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Checkpoint is a signed statement: at this time the journal of this origin had
// this size and this root. Its text is a C2SP tlog-checkpoint with two extension
// lines, the time and the size of the checkpoint before it.
type Checkpoint struct {
	Origin   string
	Size     int64
	Root     tlog.Hash
	At       time.Time
	Previous int64  // size of the last checkpoint that was smaller; -1: it does not say, 0: none
	Note     string // the signed note, as published
}

// previousWord begins the line that names the checkpoint before.
const previousWord = "previous "

func (c *Checkpoint) text() string {
	text := fmt.Sprintf("%s\n%d\n%s\n%s\n", c.Origin, c.Size,
		base64.StdEncoding.EncodeToString(c.Root[:]), c.At.UTC().Format(time.RFC3339))
	if c.Previous >= 0 {
		text += previousWord + strconv.FormatInt(c.Previous, 10) + "\n"
	}
	return text
}

// Open checks a checkpoint's signature under the public key and reads it. The
// key of a journal that had no origin of its own at first opens the checkpoints
// of both times, under its former name and under its own.
func Open(signed, publicKey string) (Checkpoint, error) {
	// Programs and people lose the last line end on the way.
	signed = strings.TrimRight(strings.ReplaceAll(signed, "\r\n", "\n"), "\n") + "\n"
	key, err := parseKey(publicKey)
	if err != nil {
		return Checkpoint{}, err
	}
	origin, _, _ := strings.Cut(signed, "\n")
	if !key.opens(origin) {
		return Checkpoint{}, fmt.Errorf("journal: checkpoint of another journal, %q", origin)
	}
	v, err := note.NewVerifier(key.named(nameOf(origin)))
	if err != nil {
		return Checkpoint{}, fmt.Errorf("journal: public key: %w", err)
	}
	n, err := note.Open([]byte(signed), note.VerifierList(v))
	if err != nil {
		return Checkpoint{}, fmt.Errorf("journal: checkpoint: %w", err)
	}
	c, err := readText(n.Text)
	c.Note = signed
	return c, err
}

// readText reads a checkpoint's text. Further lines, which later programs may
// write, are let pass.
func readText(text string) (c Checkpoint, err error) {
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	if len(lines) < 4 {
		return c, errors.New("journal: not a checkpoint of this journal")
	}
	c = Checkpoint{Origin: lines[0], Previous: -1}
	if c.Size, err = strconv.ParseInt(lines[1], 10, 64); err != nil || strconv.FormatInt(c.Size, 10) != lines[1] {
		return c, fmt.Errorf("journal: checkpoint size %q", lines[1])
	}
	root, err := base64.StdEncoding.DecodeString(lines[2])
	if err != nil || len(root) != tlog.HashSize {
		return c, errors.New("journal: checkpoint root is not a hash")
	}
	c.Root = tlog.Hash(root)
	if c.At, err = time.Parse(time.RFC3339, lines[3]); err != nil {
		return c, fmt.Errorf("journal: checkpoint time: %w", err)
	}
	for _, line := range lines[4:] {
		if line == "" {
			return c, errors.New("journal: checkpoint with an empty line")
		}
		if before, is := strings.CutPrefix(line, previousWord); is {
			if c.Previous, err = strconv.ParseInt(before, 10, 64); err != nil || c.Previous < 0 {
				return c, fmt.Errorf("journal: checkpoint before it: %q", before)
			}
		}
	}
	return c, nil
}

package journal

import (
	"crypto/ed25519"
	"encoding/base64"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

var morning = time.Date(2026, 11, 23, 1, 0, 0, 0, time.UTC)

// grown is a journal that grows, with the tiles that it left.
type grown struct {
	testing.TB
	tree  *Tree
	tiles memory
}

func newGrown(t testing.TB) *grown {
	tree, err := OpenTree(0, nil)
	if err != nil {
		t.Fatal(err)
	}
	return &grown{t, tree, memory{}}
}

// grow adds records up to a size; salt makes other records.
func (g *grown) grow(size int, salt string) Head {
	g.Helper()
	for i := int(g.tree.Size()); i < size; i++ {
		g.tree.Append(tlog.RecordHash([]byte(salt + string(rune(i)))))
	}
	if err := g.tree.Flush(g.tiles.write); err != nil {
		g.Fatal(err)
	}
	root, err := g.tree.Root()
	if err != nil {
		g.Fatal(err)
	}
	return Head{int64(size), root}
}

func open(t testing.TB, dir string) *Signer {
	t.Helper()
	s, err := OpenSigner(dir)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// A checkpoint is a C2SP checkpoint under the journal's own origin, and is read
// back as it was signed, by this package and by the note package alone.
func TestJ5CheckpointIsSignedUnderItsOwnOrigin(t *testing.T) {
	dir := t.TempDir()
	s, g := open(t, dir), newGrown(t)
	first, err := s.Sign(g.grow(300, ""), morning, g.tiles.read)
	if err != nil {
		t.Fatal(err)
	}
	second, err := s.Sign(g.grow(700, ""), morning.Add(time.Hour), g.tiles.read)
	if err != nil {
		t.Fatal(err)
	}
	again, other := open(t, dir), open(t, t.TempDir())
	if s.Origin() != again.Origin() || s.Origin() == other.Origin() || len(s.Name()) != 32 || s.Origin() != "mingcha/"+s.Name() {
		t.Errorf("origin %s, opened again %s, another folder's %s", s.Origin(), again.Origin(), other.Origin())
	}
	got, err := Open(second.Note, again.PublicKey())
	if err != nil || got != second || got.Previous != 300 || first.Previous != 0 {
		t.Errorf("read back %+v, %v; signed %+v", got, err, second)
	}
	v, err := note.NewVerifier(s.PublicKey())
	if err != nil || v.Name() != s.Origin() {
		t.Fatalf("the key's name is %v, %v", v, err)
	}
	n, err := note.Open([]byte(second.Note), note.VerifierList(v))
	if err != nil {
		t.Fatal(err)
	}
	want := s.Origin() + "\n700\n" + second.Root.String() + "\n2026-11-23T02:00:00Z\nprevious 300\n"
	if n.Text != want {
		t.Errorf("signed %q, want %q", n.Text, want)
	}
	for _, change := range [][2]string{{"\n700\n", "\n701\n"}, {"previous 300", "previous 200"}, {"02:00", "03:00"}} {
		if _, err := Open(strings.Replace(second.Note, change[0], change[1], 1), s.PublicKey()); err == nil {
			t.Errorf("a checkpoint with %q passes", change[1])
		}
	}
	if _, err := Open(second.Note, other.PublicKey()); err == nil {
		t.Error("another folder's key opens it")
	}
	if info, err := os.Stat(filepath.Join(dir, KeyFile)); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("private key file: %v, %v; want mode 0600", info.Mode(), err)
	}
}

// formerKeys writes a pair as folders had it before journals had origins.
func formerKeys(t *testing.T, dir string) publicKey {
	t.Helper()
	private := ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize))
	k := publicKey{formerName, private.Public().(ed25519.PublicKey)}
	if err := k.write(dir, private); err != nil {
		t.Fatal(err)
	}
	return k
}

// An old folder's key keeps opening what it signed, under either of its names.
func TestJ5AnOldFoldersCheckpointsStayValid(t *testing.T) {
	dir := t.TempDir()
	old := formerKeys(t, dir)
	s := open(t, dir)
	former := Checkpoint{Origin: formerOrigin, Size: 3, Root: leaf(3), At: morning, Previous: -1}
	signer, err := note.NewSigner(old.private(s.private.Seed()))
	if err != nil {
		t.Fatal(err)
	}
	signed, err := note.Sign(&note.Note{Text: former.text()}, signer)
	if err != nil {
		t.Fatal(err)
	}
	formerKey, name := s.PublicKey(), s.Name()
	if s.Named() || formerKey != old.named(formerName) {
		t.Fatalf("before: %s", formerKey)
	}
	if err := s.Begin(former); err != nil {
		t.Fatal(err)
	}
	again := open(t, dir)
	if !again.Named() || again.Name() != name || !SameKey(formerKey, again.PublicKey()) {
		t.Errorf("after: %s", again.PublicKey())
	}
	last, known := again.Last()
	if !known || last.Size != 3 || last.Origin != "mingcha/"+name {
		t.Errorf("signed last: %+v, %v", last, known)
	}
	for _, key := range []string{formerKey, again.PublicKey()} {
		for _, n := range []string{string(signed), last.Note} {
			if c, err := Open(n, key); err != nil || c.Size != 3 {
				t.Errorf("%s: %v", key, err)
			}
		}
	}
	if _, err := Open(string(signed), open(t, t.TempDir()).PublicKey()); err == nil {
		t.Error("a new folder's key opens an old one's checkpoint")
	}
}

// What does not extend what was signed last is not signed, whoever asks, now or
// after a restart; evidence is left.
func TestJ1SignerSignsOnlyWhatExtendsItsLast(t *testing.T) {
	for name, history := range map[string]func(*grown) Head{
		"another record":  func(g *grown) Head { return g.grow(400, "x") },
		"fewer records":   func(g *grown) Head { return g.grow(200, "") },
		"the same number": func(g *grown) Head { return g.grow(300, "x") },
		"none at all":     func(g *grown) Head { return g.grow(0, "") },
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			g := newGrown(t)
			if _, err := open(t, dir).Sign(g.grow(300, ""), morning, g.tiles.read); err != nil {
				t.Fatal(err)
			}
			s, forged := open(t, dir), newGrown(t)
			var r *Refusal
			if _, err := s.Sign(history(forged), morning, forged.tiles.read); !errors.As(err, &r) || !errors.Is(err, ErrNotExtended) {
				t.Fatalf("signed: %v", err)
			}
			if b, err := os.ReadFile(filepath.Join(dir, r.Evidence)); err != nil || !strings.Contains(string(b), "signed_last") {
				t.Errorf("evidence %q: %v", r.Evidence, err)
			}
			if last, known := open(t, dir).Last(); !known || last.Size != 300 {
				t.Errorf("remembers %d", last.Size)
			}
		})
	}
}

// Damaged tiles prove nothing.
func TestJ1SignerTrustsNoTile(t *testing.T) {
	s, g := open(t, t.TempDir()), newGrown(t)
	if _, err := s.Sign(g.grow(300, ""), morning, g.tiles.read); err != nil {
		t.Fatal(err)
	}
	now := g.grow(600, "")
	g.tiles[tileKey{0, 1}] = append([]byte(nil), g.tiles[tileKey{0, 1}]...)
	g.tiles[tileKey{0, 1}][5] ^= 1
	if _, err := s.Sign(now, morning, g.tiles.read); err == nil {
		t.Error("signed over a damaged tile")
	}
}

func TestS11ALostKeyIsNotReplaced(t *testing.T) {
	dir := t.TempDir()
	g := newGrown(t)
	if _, err := open(t, dir).Sign(g.grow(3, ""), morning, g.tiles.read); err != nil {
		t.Fatal(err)
	}
	public, err := os.ReadFile(filepath.Join(dir, PublicKeyFile))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(dir, KeyFile)); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenSigner(dir); !errors.Is(err, ErrKeyLost) {
		t.Errorf("opened: %v", err)
	}
	if b, err := os.ReadFile(filepath.Join(dir, PublicKeyFile)); err != nil || string(b) != string(public) {
		t.Errorf("the public key was overwritten: %v", err)
	}
	other := t.TempDir()
	open(t, other)
	b, err := os.ReadFile(filepath.Join(other, KeyFile))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, KeyFile), b, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenSigner(dir); !errors.Is(err, ErrKeysDiffer) {
		t.Errorf("another's key: %v", err)
	}
}

func TestS11WhatWasSignedLastIsMissed(t *testing.T) {
	for name, change := range map[string]func(file string) error{
		"gone":    os.Remove,
		"changed": func(file string) error { return os.WriteFile(file, []byte("x"), 0o600) },
	} {
		dir, g := t.TempDir(), newGrown(t)
		now := g.grow(3, "")
		if _, err := open(t, dir).Sign(now, morning, g.tiles.read); err != nil {
			t.Fatal(err)
		}
		if err := change(filepath.Join(dir, LastFile)); err != nil {
			t.Fatal(err)
		}
		s := open(t, dir)
		if _, err := s.Sign(now, morning, g.tiles.read); err == nil {
			t.Errorf("%s: signed", name)
		}
		if _, err := s.Resume(now, morning); err != nil || s.Refused() != nil {
			t.Errorf("%s: not resumed: %v", name, err)
		}
	}
}

// Every earlier head of a journal is proved to be its beginning, and no other is.
func TestExtensionOfEveryEarlierHead(t *testing.T) {
	g := newGrown(t)
	var heads []Head
	for _, size := range []int{0, 1, 2, 255, 256, 257, 600} {
		heads = append(heads, g.grow(size, ""))
	}
	for i, later := range heads {
		for _, earlier := range heads[:i+1] {
			proof, err := Extension(earlier, later, g.tiles.read)
			if err != nil {
				t.Fatalf("%d to %d: %v", earlier.Size, later.Size, err)
			}
			wrong := earlier
			wrong.Root[7] ^= 1
			if err := CheckExtension(wrong, later, proof); !errors.Is(err, ErrNotExtended) {
				t.Errorf("%d to %d: another root passes: %v", earlier.Size, later.Size, err)
			}
			if root, err := RootAt(earlier.Size, later, g.tiles.read); err != nil || root != earlier.Root {
				t.Errorf("root at %d: %v", earlier.Size, err)
			}
		}
	}
}

func TestSealNeedsTheKey(t *testing.T) {
	s := open(t, t.TempDir())
	seal := s.Seal([]byte("content"))
	if !Sealed(s.PublicKey(), []byte("content"), seal) || Sealed(s.PublicKey(), []byte("contents"), seal) ||
		Sealed(open(t, t.TempDir()).PublicKey(), []byte("content"), seal) {
		t.Error("a seal does not hold")
	}
	if base64.StdEncoding.EncodeToString(seal) == "" {
		t.Error("empty")
	}
}

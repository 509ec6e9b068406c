package visit

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"image"
	"image/jpeg"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/filekind"
)

func (o *office) sheet() Sheet {
	present, required := 1, 3
	return Sheet{Mode: "unannounced", Department: "GH", Window: "12", Item: "建设用地规划许可", ArrivedAt: o.Now.Add(-time.Hour), LeftAt: o.Now.Add(-time.Hour / 2),
		StaffPresent: &present, StaffRequired: &required, Attitude: 2, Disclosed: []string{"limit", "materials"},
		Findings: []VisitFinding{{Category: "unmanned", Severity: "serious", Fact: "9:05 到 9:25 12 号窗口无人"}}}
}

const key = "0b8f5c1e-1111-4222-8333-444455556666"

func TestAVisitIsFiledOnceAndOnlySupplemented(t *testing.T) {
	o := open(t, 2)
	v, other := o.volunteers[0], o.volunteers[1]
	var wg sync.WaitGroup
	var mu sync.Mutex
	ids := map[uint64]bool{}
	s := o.sheet()
	for range 20 { // a phone that hears no answer sends again
		wg.Go(func() {
			x, err := o.File(ctx, v, key, s, nil)
			if err != nil {
				t.Error(err)
			}
			mu.Lock()
			ids[x.ID] = true
			mu.Unlock()
		})
	}
	wg.Wait()
	if len(ids) != 1 {
		t.Errorf("filed as %v", ids)
	}
	changed := s
	changed.Attitude = 5
	_, err := o.File(ctx, v, key, changed, nil)
	wantCode(t, err, "act_key_used")
	if _, err := o.File(ctx, other, key, s, nil); err != nil {
		t.Errorf("another phone with the same number: %v", err)
	}
	if err := o.Supplement(ctx, v, 1, "more-0001", " 窗口负责人后来解释了原因 ", nil); err != nil {
		t.Fatal(err)
	}
	wantCode(t, o.Supplement(ctx, other, 1, "more-0002", "别人的", nil), "unknown_visit")
	wantCode(t, o.Supplement(ctx, v, 1, "more-0003", "  ", nil), "visit")
	got, err := o.One(ctx, 1)
	if err != nil || got.Account != v.Account || got.Sheet.Attitude != 2 || *got.Sheet.StaffRequired != 3 || len(got.Sheet.Findings) != 1 ||
		len(got.Supplements) != 1 || got.Supplements[0].Text != "窗口负责人后来解释了原因" {
		t.Errorf("%+v, %v", got, err)
	}
	if mine, err := o.Of(ctx, v.Account); err != nil || len(mine) != 1 {
		t.Errorf("%d of mine, %v", len(mine), err)
	}
	o.Verify()
}

func TestWhatIsWrongWithASheetIsNamed(t *testing.T) {
	o := open(t, 1)
	v := o.volunteers[0]
	for field, spoil := range map[string]func(*Sheet){
		"mode":             func(s *Sheet) { s.Mode = "secret" },
		"department":       func(s *Sheet) { s.Department = "XX" },
		"left_at":          func(s *Sheet) { s.LeftAt = s.ArrivedAt.Add(-time.Minute) },
		"arrived_at":       func(s *Sheet) { s.ArrivedAt = o.Now.AddDate(0, 0, -31) },
		"attitude":         func(s *Sheet) { s.Attitude = 6 },
		"badge":            func(s *Sheet) { s.Badge = "golden" },
		"told_all_at_once": func(s *Sheet) { s.ToldAllAtOnce = "perhaps" },
		"disclosed":        func(s *Sheet) { s.Disclosed = []string{"everything"} },
		"findings": func(s *Sheet) {
			*s = Sheet{Mode: s.Mode, Department: s.Department, ArrivedAt: s.ArrivedAt, LeftAt: s.LeftAt}
		},
	} {
		s := o.sheet()
		spoil(&s)
		_, err := o.File(ctx, v, key, s, nil)
		f, ok := fault.As(err)
		if !ok || f.Code != "visit" || len(f.Fields) != 1 || f.Fields[0].Name != field {
			t.Errorf("%s: %v %+v", field, err, f)
		}
	}
	future := o.sheet()
	future.LeftAt = o.Now.Add(time.Hour)
	_, err := o.File(ctx, v, key, future, nil)
	wantCode(t, err, "visit")
	_, err = o.File(ctx, v, "no", o.sheet(), nil)
	wantCode(t, err, "visit_key")
	if _, err := o.File(ctx, v, key, o.sheet(), nil); err != nil {
		t.Errorf("the same number after it was refused: %v", err)
	}
}

func wantCode(t *testing.T, err error, code string) {
	t.Helper()
	if f, ok := fault.As(err); !ok || f.Code != code {
		t.Errorf("got %v, want %s", err, code)
	}
}

// photograph is a picture of nothing, and its hash.
func photograph(t *testing.T, w, h int) (picture []byte, hash string) {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, w, h)), nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), hashOf(b.Bytes())
}

func hashOf(picture []byte) string {
	sum := sha256.Sum256(picture)
	return hex.EncodeToString(sum[:])
}

// ASVS 5.2.2: what is no picture, or would fill a browser's memory, is not taken.
func TestOnlyPhotographsAreTaken(t *testing.T) {
	p := Photos{Dir: filepath.Join(t.TempDir(), "photos")}
	picture, hash := photograph(t, 1600, 1200)
	if err := p.Put(7, hash, picture, Taken{}); err != nil {
		t.Error(err)
	}
	wide, _ := photograph(t, filekind.MostPixels+1, 8)
	for what, bad := range map[string][]byte{"a script": []byte("<script>alert(1)</script>"), "a script that begins as a picture": []byte("\xff\xd8\xff\xe0<script>alert(1)</script>"),
		"a beginning": picture[:20], "too wide": wide, "too big": append(bytes.Clone(picture), make([]byte, MaxPhoto)...)} {
		if got := p.Put(7, hashOf(bad), bad, Taken{}); got == nil {
			t.Errorf("%s was taken", what)
		} else {
			wantCode(t, got, "photo")
		}
	}
}

// ASVS 2.4.1: nobody fills the disk; what is full for one is not for another, nor
// the next day.
func TestPhotographsOfADayAreBounded(t *testing.T) {
	p := Photos{Dir: t.TempDir()}
	picture, hash := photograph(t, 8, 8)
	for i := range mostADay {
		if err := os.WriteFile(p.taken(7, hashOf([]byte{byte(i), byte(i >> 8)})), []byte("{}"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	wantCode(t, p.Put(7, hash, picture, Taken{}), "photos_a_day")
	if err := p.Put(17, hash, picture, Taken{}); err != nil {
		t.Errorf("somebody else: %v", err)
	}
	yesterday := time.Now().Add(-25 * time.Hour)
	if err := os.Chtimes(p.taken(7, hashOf([]byte{0, 0})), yesterday, yesterday); err != nil {
		t.Fatal(err)
	}
	if err := p.Put(7, hash, picture, Taken{}); err != nil {
		t.Errorf("the next day: %v", err)
	}
}

func TestPhotographsAreKeptUnderTheirHash(t *testing.T) {
	p := Photos{Dir: filepath.Join(t.TempDir(), "photos")}
	picture, hash := photograph(t, 40, 30)
	at := time.Date(2026, 9, 22, 1, 5, 0, 0, time.UTC)
	for range 2 { // sent twice
		if err := p.Put(7, hash, picture, Taken{At: at, Lat: 32.9, Lon: 117.4}); err != nil {
			t.Fatal(err)
		}
	}
	wantCode(t, p.Put(7, hash, picture[:100], Taken{}), "photo")
	got, err := p.Of(7, []string{hash})
	if err != nil || len(got) != 1 || got[0] != (Photo{SHA256: hash, Bytes: len(picture), At: at, Lat: 32.9, Lon: 117.4}) {
		t.Errorf("%+v, %v", got, err)
	}
	_, err = p.Of(8, []string{hash}) // somebody else's is not one's own
	wantCode(t, err, "visit")
	for _, bad := range []string{"../" + hash, "", "zz"} {
		_, err := p.Of(7, []string{bad})
		wantCode(t, err, "visit")
		_, err = p.Open(bad)
		wantCode(t, err, "unknown_visit")
	}
	if b, err := p.Open(hash); err != nil || !bytes.Equal(b, picture) {
		t.Errorf("%d bytes, %v", len(b), err)
	}
	if err := os.WriteFile(p.picture(hash), picture[:100], 0o600); err != nil {
		t.Fatal(err)
	}
	_, err = p.Open(hash)
	wantCode(t, err, "photo_changed")
	if entries, _ := os.ReadDir(p.Dir); len(entries) != 2 {
		t.Errorf("left behind %v", entries)
	}
}

package visit

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/filekind"
	"github.com/mingcha-console/mingcha/app/internal/private"
)

// Photos keeps photographs in a folder, each under the hash that the journal
// has of it. They wait there until a sheet names them; what was sent twice is
// kept once.
type Photos struct{ Dir string }

// MaxPhoto bounds a photograph, in bytes; browsers scale them to a tenth of it.
const MaxPhoto = 3 << 20

// PhotoFolder is where photographs lie in a data folder.
const PhotoFolder = "photos"

// PhotoFile is what a photograph's files are called in a data folder and its
// backups.
var PhotoFile = regexp.MustCompile(`^` + PhotoFolder + `/[0-9a-f]{64}(\.jpg|\.[0-9]{1,20}\.json)$`)

var hashForm = regexp.MustCompile(`^[0-9a-f]{64}$`)

// Taken is when and where a photograph was taken, as the phone has it. It is
// kept beside the picture and never in it.
type Taken struct {
	At  time.Time `json:"at,omitzero"`
	Lat float64   `json:"lat,omitempty"`
	Lon float64   `json:"lon,omitempty"`
}

// mostADay bounds how many photographs an account sends within a day, so that none
// fills the disk: fifty sheets with all that they take.
const mostADay = 50 * mostPhotos

// lately is how many photographs of an account have come within a day.
func (p Photos) lately(account uint64) (n int, err error) {
	entries, err := os.ReadDir(p.Dir)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ownSuffix(account)) {
			continue
		}
		if info, err := e.Info(); err == nil && time.Since(info.ModTime()) < 24*time.Hour {
			n++
		}
	}
	return n, err
}

func ownSuffix(account uint64) string { return "." + strconv.FormatUint(account, 10) + ".json" }

// Put keeps a photograph of an account. It is on the disk when Put returns.
func (p Photos) Put(account uint64, hash string, picture []byte, t Taken) error {
	sum := sha256.Sum256(picture)
	switch {
	case hash != hex.EncodeToString(sum[:]):
		return photoFault("照片在传输中受损，请重新提交。", "The photograph was damaged on its way; send it again.", nil)
	case len(picture) > MaxPhoto || filekind.Of(picture) != filekind.JPEG:
		return photoFault("只接受 3 MB 以内的 JPEG 照片，照片后面不能附带其他内容。", "Only JPEG photographs of up to 3 MB are taken, with nothing behind the picture.", nil)
	}
	n, err := p.lately(account)
	switch {
	case err != nil:
		return err
	case n >= mostADay:
		return fault.New(fault.TooMany, "photos_a_day", "一天内发送的照片太多，请明天再发；照片留在手机里，不会丢失。",
			"Too many photographs within a day. Send the rest tomorrow; they stay on the phone.", nil)
	}
	meta, err := json.Marshal(t)
	if err != nil {
		return err
	}
	if err := errors.Join(private.Write(p.Dir, hash+".jpg", picture), private.Write(p.Dir, hash+ownSuffix(account), meta)); err != nil {
		return photoFault("照片保存失败，请稍后再试；如反复出现，请联系效能办检查磁盘空间。", "The photograph could not be kept; try again later, and if it keeps happening ask the office to check its disk.", err)
	}
	return nil
}

func photoFault(zh, en string, err error) error {
	kind := fault.Invalid
	if err != nil {
		kind = fault.Unavailable
	}
	return fault.New(kind, "photo", zh, en, err)
}

func (p Photos) picture(hash string) string { return filepath.Join(p.Dir, hash+".jpg") }

// taken is by account: two people may send the same picture, each with its own
// place and time.
func (p Photos) taken(account uint64, hash string) string {
	return filepath.Join(p.Dir, hash+ownSuffix(account))
}

// Of finds the photographs that a sheet of the account names.
func (p Photos) Of(account uint64, hashes []string) ([]Photo, error) {
	out := make([]Photo, 0, len(hashes))
	for _, h := range hashes {
		if !hashForm.MatchString(h) {
			return nil, missingPhoto(h)
		}
		meta, err := os.ReadFile(p.taken(account, h))
		if errors.Is(err, fs.ErrNotExist) {
			return nil, missingPhoto(h)
		}
		if err != nil {
			return nil, err
		}
		var t Taken
		if err := json.Unmarshal(meta, &t); err != nil {
			return nil, err
		}
		info, err := os.Stat(p.picture(h))
		if err != nil {
			return nil, missingPhoto(h)
		}
		out = append(out, Photo{SHA256: h, Bytes: int(info.Size()), At: t.At, Lat: t.Lat, Lon: t.Lon})
	}
	return out, nil
}

func missingPhoto(h string) error {
	return invalid(fault.Field{Name: "photos", ZH: fmt.Sprintf("照片 %.8s 还没有传上来，请再提交一次", h), EN: fmt.Sprintf("photograph %.8s has not arrived; send it again", h)})
}

// Open reads a photograph and checks that it is the one.
func (p Photos) Open(hash string) ([]byte, error) {
	if !hashForm.MatchString(hash) {
		return nil, errNoVisit
	}
	b, err := os.ReadFile(p.picture(hash))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, errNoVisit
	}
	if err != nil {
		return nil, err
	}
	if sum := sha256.Sum256(b); hex.EncodeToString(sum[:]) != hash {
		return nil, fault.New(fault.Unavailable, "photo_changed", "照片文件被改动过，与存证登记的校验值不符。请从备份恢复。",
			"The photograph's file was changed: it does not agree with the hash in the journal. Restore it from a backup.", nil)
	}
	return b, nil
}

package matter

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
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/filekind"
	"github.com/mingcha-console/mingcha/app/internal/private"
	"github.com/mingcha-console/mingcha/app/internal/workflow"
)

const (
	// FileFolder is where files that came with steps lie in a data folder.
	FileFolder = "attachments"
	// MaxFile bounds one of them, in bytes: a scanned document of some pages.
	MaxFile = 10 << 20
	// mostFiles come with a step.
	mostFiles = 5
	// mostADay bounds what an account sends within a day, in bytes, so that none fills
	// the disk.
	mostADay = 200 << 20
	// longestName is of a file, in characters.
	longestName = 120
)

// KeptFile is what the files are called in a data folder and its backups.
var KeptFile = regexp.MustCompile(`^` + FileFolder + `/[0-9a-f]{64}(\.pdf|\.jpg|\.png|\.docx|\.xlsx|\.[0-9]{1,20}\.json)$`)

var hashForm = regexp.MustCompile(`^[0-9a-f]{64}$`)

// takesFiles tells whether files may come with an action: a department's reply, and
// its objection, also where the office enters them.
func takesFiles(action string) bool {
	return slices.Contains([]string{reply, replyFor, object, object + "_for"}, action)
}

// files keeps what was sent, each under the hash that the journal has of it, until a
// step names it and ever after; what was sent twice is kept once.
type files struct{ dir string }

func (s *Matters) files() files { return files{filepath.Join(s.office.Dir, FileFolder)} }

// named is what somebody calls a file that they sent.
func (f files) named(account uint64, hash string) string {
	return hash + "." + strconv.FormatUint(account, 10) + ".json"
}

func fileFault(zh, en string) error { return fault.New(fault.Invalid, "attachment", zh, en, nil) }

// put keeps a file of an account.
func (f files) put(account uint64, hash, name string, content []byte) error {
	sum := sha256.Sum256(content)
	kind := filekind.Of(content)
	switch {
	case hash != hex.EncodeToString(sum[:]):
		return fileFault("附件在传输中受损，请重新添加。", "The file was damaged on its way; add it again.")
	case len(content) > MaxFile:
		return fileFault("附件超过 10 MB。请压缩或分开后再添加。", "The file is larger than 10 MB. Make it smaller, or split it.")
	case kind == "":
		return fileFault("只接受 PDF、JPEG、PNG 图片和 Word（docx）、Excel（xlsx）文件，不带宏，文件后面不能附带其他内容；系统按内容识别，与文件名无关。",
			"Only PDF, JPEG, PNG, Word (docx) and Excel (xlsx) files are taken, without macros and with nothing behind their end. They are known by their content, whatever they are called.")
	}
	sent, err := f.lately(account)
	switch {
	case err != nil:
		return err
	case sent+len(content) > mostADay:
		return fault.New(fault.TooMany, "attachments_a_day", "一天内发送的附件太多（超过 200 MB），请明天再发。", "Too much was sent within a day (over 200 MB). Send the rest tomorrow.", nil)
	}
	meta, err := json.Marshal(workflow.File{SHA256: hash, Name: calledSo(name, kind), Kind: string(kind), Bytes: len(content)})
	if err != nil {
		return err
	}
	if err := errors.Join(private.Write(f.dir, hash+kind.Extension(), content), private.Write(f.dir, f.named(account, hash), meta)); err != nil {
		return fault.New(fault.Unavailable, "attachment", "附件保存失败，请稍后再试；如反复出现，请联系效能办检查磁盘空间。",
			"The file could not be kept; try again later, and if it keeps happening ask the office to check its disk.", err)
	}
	return nil
}

// lately is how many bytes of an account have come within a day.
func (f files) lately(account uint64) (sum int, err error) {
	entries, err := os.ReadDir(f.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	for _, e := range entries {
		hash, own := strings.CutSuffix(e.Name(), f.named(account, ""))
		info, lost := e.Info()
		if !own || lost != nil || time.Since(info.ModTime()) >= 24*time.Hour {
			continue
		}
		if x, err := f.about(account, hash); err == nil {
			sum += x.Bytes
		}
	}
	return sum, err
}

// calledSo is a file's name as it is kept: without folders and what cannot be seen,
// with the ending of what it is.
func calledSo(name string, kind filekind.Kind) string {
	name = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || strings.ContainsRune(`/\:*?"<>|`, r) {
			return '_'
		}
		return r
	}, strings.TrimSpace(strings.ToValidUTF8(name, "_")))
	name = strings.Trim(strings.TrimSuffix(name, filepath.Ext(name)), ". ")
	if name == "" {
		name = "附件"
	}
	if utf8.RuneCountInString(name) > longestName {
		name = string([]rune(name)[:longestName])
	}
	return name + kind.Extension()
}

func (f files) about(account uint64, hash string) (x workflow.File, err error) {
	b, err := os.ReadFile(filepath.Join(f.dir, f.named(account, hash)))
	if err != nil {
		return x, err
	}
	return x, json.Unmarshal(b, &x)
}

// of finds the files of an account that a step names.
func (f files) of(account uint64, hashes []string) (out []workflow.File, err error) {
	for _, h := range hashes {
		if !hashForm.MatchString(h) {
			return nil, errNotSent
		}
		x, err := f.about(account, h)
		if err != nil {
			return nil, errNotSent
		}
		out = append(out, x)
	}
	return out, nil
}

var errNotSent = fileFault("附件还没有传上来，请重新添加后再提交。", "A file has not arrived; add it again, then send.")

// checkFiles asks whether the files may come with a step.
func checkFiles(d *stepData) error {
	switch {
	case len(d.Files) == 0:
		return nil
	case !takesFiles(d.Action):
		return fileFault("这一步不能带附件。", "No files can come with this step.")
	case len(d.Files) > mostFiles:
		return fileFault(fmt.Sprintf("最多带 %d 个附件。", mostFiles), fmt.Sprintf("At most %d files can come with a step.", mostFiles))
	}
	for i, x := range d.Files {
		if slices.ContainsFunc(d.Files[:i], func(y workflow.File) bool { return y.SHA256 == x.SHA256 }) {
			return fileFault("同一个附件添加了两次。", "A file was added twice.")
		}
	}
	return nil
}

var errNoFile = fault.New(fault.NotFound, "unknown_attachment", "这件督办没有这个附件，或不属于本部门。", "This matter has no such file, or it is not your department's.", nil)

// open reads a file that came with a step of a matter, and checks that it is the one.
func (f files) open(m *Matter, hash string) (x workflow.File, content []byte, err error) {
	for _, s := range m.Steps {
		for _, y := range s.Files {
			if y.SHA256 == hash {
				x = y
			}
		}
	}
	if x.SHA256 == "" || !hashForm.MatchString(hash) {
		return x, nil, errNoFile
	}
	content, err = os.ReadFile(filepath.Join(f.dir, hash+filekind.Kind(x.Kind).Extension()))
	if sum := sha256.Sum256(content); err != nil || hex.EncodeToString(sum[:]) != hash {
		return x, nil, fault.New(fault.Unavailable, "attachment_changed", "附件不在了或被改动过，与存证登记的校验值不符。请从备份恢复。",
			"The file is gone or was changed: it does not agree with the hash in the journal. Restore it from a backup.", err)
	}
	return x, content, nil
}

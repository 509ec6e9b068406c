package runtime

import (
	"archive/zip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/features/matter"
)

// paper is a small PDF as programs write it.
func paper(words string) string {
	body := "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n%" + words + "\n"
	return body + fmt.Sprintf("xref\n0 3\n0000000000 65535 f \n0000000009 00000 n \n0000000052 00000 n \ntrailer<</Size 3/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(body))
}

func hashOf(content string) string {
	sum := sha256.Sum256([]byte(content))
	return hex.EncodeToString(sum[:])
}

// A department's reply brings a paper: known by its content, bounded, in the journal
// by its hash, and read by whoever may see the reply.
func TestMinor15AReplyBringsFiles(t *testing.T) {
	w := openTown(t)
	w.add("head", access.Head, "")
	w.add("duty", access.Duty, "")
	w.add("gh", access.Liaison, "GH")
	w.add("js", access.Liaison, "JS")
	w.add("seer", access.Volunteer, "")
	head, duty, gh, js, seer := w.signedIn("head"), w.signedIn("duty"), w.signedIn("gh"), w.signedIn("js"), w.signedIn("seer")
	w.fileVisit(seer)
	send := func(b *browser, content, name string) (int, string) {
		t.Helper()
		status, answer := b.do("PUT", "/api/attachments/"+hashOf(content), content, func(r *http.Request) {
			r.Header.Set("Content-Type", "application/octet-stream")
			r.Header.Set("X-Name", name)
		})
		return status, problemCode(answer)
	}
	step := func(b *browser, key string, version int, action, field string, files ...string) (int, string) {
		t.Helper()
		body, _ := json.Marshal(matter.StepRequest{Key: key, Version: version, Action: action, Fields: map[string]string{field: "情况属实，已经整改，见附件。"}, Files: files})
		status, answer := b.do("POST", "/api/matters/1/steps", string(body))
		return status, problemCode(answer)
	}
	pdf := paper("整改照片")
	hash := hashOf(pdf)
	if status, code := step(head, "assign-0001", 0, "assign", "task", hash); status != 422 || code != "attachment" {
		t.Errorf("a file that was never sent: %d %s", status, code)
	}
	if status, code := step(head, "assign-0002", 0, "assign", "task"); status != 200 {
		t.Fatalf("%d %s", status, code)
	}
	// What is no such file is refused, whatever it is called.
	for name, content := range map[string]string{"page.pdf": "<!doctype html><script>alert(1)</script>", "more.pdf": pdf + "PK\x03\x04 and more", "half.pdf": pdf[:len(pdf)-8], "run.docx": "MZ\x90\x00"} {
		if status, code := send(gh, content, name); status != 422 || code != "attachment" {
			t.Errorf("%s: %d %s", name, status, code)
		}
	}
	if status, _ := send(gh, "%PDF-"+strings.Repeat("x", matter.MaxFile), "big.pdf"); status != http.StatusRequestEntityTooLarge {
		t.Errorf("too large: %d", status)
	}
	for who, b := range map[string]*browser{"duty": duty, "seer": seer} {
		if status, _ := send(b, pdf, "x.pdf"); status != http.StatusForbidden {
			t.Errorf("%s may send files: %d", who, status)
		}
	}
	if status, code := send(gh, pdf, "../../%E6%95%B4%E6%94%B9%E6%8A%A5%E5%91%8A.exe"); status != http.StatusNoContent {
		t.Fatalf("%d %s", status, code)
	}
	// Another's file cannot be named, nor one twice, nor six.
	if status, code := step(js, "reply-js-1", 1, "reply", "reply", hash); status == 200 {
		t.Errorf("another department replied: %s", code)
	}
	if status, code := step(gh, "reply-0001", 1, "reply", "reply", hash, hash); status != 422 || code != "attachment" {
		t.Errorf("twice: %d %s", status, code)
	}
	if status, code := step(gh, "reply-0002", 1, "reply", "reply", hash); status != 200 {
		t.Fatalf("%d %s", status, code)
	}
	for who, b := range map[string]*browser{"head": head, "duty": duty, "gh": gh} {
		page, _ := ask[matter.Page](b, 200, "GET", "/api/matters/1", "")
		files := page.Steps[len(page.Steps)-1].Files
		if len(files) != 1 || files[0] != (matter.MatterFile{SHA256: hash, Name: "_.._整改报告.pdf", Kind: "pdf", Bytes: len(pdf)}) {
			t.Errorf("%s sees %+v", who, files)
		}
		r, err := b.Get(w.http.URL + "/api/matters/1/attachments/" + hash)
		if err != nil {
			t.Fatal(err)
		}
		if got := r.Header; r.StatusCode != 200 || got.Get("Content-Type") != "application/pdf" || !strings.HasPrefix(got.Get("Content-Disposition"), "attachment; filename*=UTF-8''") || got.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: %d %v", who, r.StatusCode, got)
		}
		r.Body.Close()
		if _, answer := b.do("GET", "/api/matters/1/attachments/"+hash, ""); string(answer) != pdf {
			t.Errorf("%s reads %q", who, answer)
		}
	}
	if status, _ := js.do("GET", "/api/matters/1/attachments/"+hash, ""); status != http.StatusNotFound {
		t.Errorf("another department: %d", status)
	}
	if status, _ := seer.do("GET", "/api/matters/1/attachments/"+hash, ""); status != http.StatusForbidden {
		t.Errorf("a volunteer: %d", status)
	}
	if status, answer := head.do("GET", "/api/matters/1/attachments/"+strings.Repeat("0", 64), ""); status != http.StatusNotFound || problemCode(answer) != "unknown_attachment" {
		t.Errorf("%d %s", status, answer)
	}
	// The journal has its hash, a backup the file.
	var n int
	if err := w.c.store.Readers().QueryRowContext(t.Context(), `SELECT count(*) FROM journal WHERE kind = 9 AND instr(body, ?) > 0`, hash).Scan(&n); err != nil || n != 1 {
		t.Errorf("%d records name the hash, %v", n, err)
	}
	backup := filepath.Join(t.TempDir(), "backup.zip")
	if err := Backup(t.Context(), w.c.opts.Dir, backup); err != nil {
		t.Fatal(err)
	}
	z, err := zip.OpenReader(backup)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	kept := 0
	for _, f := range z.File {
		if strings.HasPrefix(f.Name, matter.FileFolder+"/") {
			kept++
		}
	}
	if kept != 2 {
		t.Errorf("%d files in the backup, want the paper and what it is called", kept)
	}
	// A file that was changed is not given out.
	if err := os.WriteFile(filepath.Join(w.c.opts.Dir, matter.FileFolder, hash+".pdf"), []byte(paper("anders")), 0o600); err != nil {
		t.Fatal(err)
	}
	if status, answer := head.do("GET", "/api/matters/1/attachments/"+hash, ""); status != http.StatusServiceUnavailable || problemCode(answer) != "attachment_changed" {
		t.Errorf("%d %s", status, answer)
	}
}

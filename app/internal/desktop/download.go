package desktop

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"

	"github.com/mingcha-console/mingcha/app/internal/fault"
)

// download streams a handler's answer to a file. It is written beside the file
// first, so that an answer that breaks off replaces nothing.
func download(r *http.Request, h http.Handler, file string) error {
	partial := file + ".partial"
	out, err := os.OpenFile(partial, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o644)
	if err != nil {
		return writeFault(file, err)
	}
	defer os.Remove(partial)
	w := &fileResponse{header: http.Header{}, out: bufio.NewWriterSize(out, 1<<16)}
	whole := serve(h, w, r)
	if err := w.answer(); err != nil {
		return errors.Join(err, out.Close())
	}
	if err := errors.Join(whole, w.err, w.out.Flush(), out.Sync(), out.Close()); err != nil {
		return writeFault(file, err)
	}
	if err := r.Context().Err(); err != nil {
		return writeFault(file, err)
	}
	if err := os.Rename(partial, file); err != nil {
		return writeFault(file, err)
	}
	return nil
}

var errBrokenOff = errors.New("the answer broke off")

// serve calls a handler as net/http does: one that panics with
// http.ErrAbortHandler has broken its answer off.
func serve(h http.Handler, w http.ResponseWriter, r *http.Request) (err error) {
	defer func() {
		switch p := recover(); p {
		case nil:
		case http.ErrAbortHandler:
			err = errBrokenOff
		default:
			panic(p)
		}
	}()
	h.ServeHTTP(w, r)
	return nil
}

func writeFault(file string, err error) error {
	return fault.New(fault.Unavailable, "export_write",
		fmt.Sprintf("导出没有完成，%s 未写入。请检查磁盘空间和文件夹权限，然后重试。", file),
		fmt.Sprintf("The export was not finished and %s was not written. Check the disk's room and your rights to the folder, then try again.", file), err)
}

// fileResponse is the http.ResponseWriter of a download: a good answer goes to
// the file, any other is kept to be explained.
type fileResponse struct {
	header http.Header
	status int
	out    *bufio.Writer
	bad    bytes.Buffer
	err    error // the first error of writing
}

const keptOfError = 64 << 10 // bytes of an error answer worth reading

func (w *fileResponse) Header() http.Header { return w.header }

func (w *fileResponse) WriteHeader(status int) {
	if w.status == 0 {
		w.status = status
	}
}

func (w *fileResponse) Write(p []byte) (int, error) {
	w.WriteHeader(http.StatusOK)
	if w.status != http.StatusOK {
		if room := keptOfError - w.bad.Len(); room > 0 {
			w.bad.Write(p[:min(room, len(p))])
		}
		return len(p), nil
	}
	n, err := w.out.Write(p)
	if w.err == nil {
		w.err = err
	}
	return n, err
}

// Flush lets handlers that stream their answer do so.
func (w *fileResponse) Flush() {}

// answer explains a response that is not 200.
func (w *fileResponse) answer() error {
	if w.status == http.StatusOK || w.status == 0 && w.err == nil {
		return nil
	}
	var p struct{ Code, Detail, Title, ZH, EN string }
	if json.Unmarshal(w.bad.Bytes(), &p) != nil || p.Detail+p.Title+p.EN == "" {
		p.Detail = http.StatusText(w.status)
	}
	for _, s := range []string{p.Detail, p.Title} {
		if p.EN == "" {
			p.EN = s
		}
	}
	if p.ZH == "" {
		p.ZH = "导出没有完成：" + p.EN
	}
	if p.Code == "" {
		p.Code = "export_refused"
	}
	return fault.New(fault.Unavailable, p.Code, p.ZH, p.EN, fmt.Errorf("status %d", w.status))
}

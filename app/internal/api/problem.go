package api

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// Problem is an error as RFC 9457 has it, with a sentence in both languages
// that says what to do.
type Problem struct {
	Type   string        `json:"type" doc:"always about:blank; code tells problems apart"`
	Title  string        `json:"title" doc:"the status in words"`
	Status int           `json:"status"`
	Detail string        `json:"detail" doc:"the same as en"`
	Code   string        `json:"code" doc:"stable, for programs"`
	ZH     string        `json:"zh"`
	EN     string        `json:"en"`
	Errors []fault.Field `json:"errors,omitempty"`
}

// NewProblem is a problem of a status.
func NewProblem(status int, code, zh, en string, fields ...fault.Field) *Problem {
	return &Problem{"about:blank", http.StatusText(status), status, en, code, zh, en, fields}
}

// Error, GetStatus and ContentType make a Problem an error of huma's.
func (p *Problem) Error() string  { return p.Code + ": " + p.EN }
func (p *Problem) GetStatus() int { return p.Status }
func (p *Problem) ContentType(string) string {
	return "application/problem+json"
}

// Write answers with the problem.
func (p *Problem) Write(w http.ResponseWriter) {
	w.Header().Set("Content-Type", p.ContentType(""))
	w.WriteHeader(p.Status)
	p.Encode(w)
}

// Encode writes the problem as JSON.
func (p *Problem) Encode(w io.Writer) {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false) // as all other answers are written
	_ = e.Encode(p)        // an error means that the client is gone
}

var statusOf = map[fault.Kind]int{
	fault.Internal:     http.StatusInternalServerError,
	fault.Invalid:      http.StatusUnprocessableEntity,
	fault.NotFound:     http.StatusNotFound,
	fault.Conflict:     http.StatusConflict,
	fault.Forbidden:    http.StatusForbidden,
	fault.Unavailable:  http.StatusServiceUnavailable,
	fault.Unauthorized: http.StatusUnauthorized,
	fault.TooMany:      http.StatusTooManyRequests,
}

// ProblemOf turns any error into what clients are told. What nobody put into
// words for clerks goes to the log only, as do causes.
func ProblemOf(ctx context.Context, log *slog.Logger, err error) *Problem {
	var p *Problem
	if errors.As(err, &p) {
		return p
	}
	// Who has left broke off what was under way for them: whatever failed then is no
	// fault of the console's, and nobody is there to be told.
	if errors.Is(ctx.Err(), context.Canceled) {
		log.DebugContext(ctx, "who asked has left", "error", err)
		return canceled()
	}
	if f, ok := fault.As(err); ok && (f.Kind != fault.Internal || !store.IsDiskFull(err)) {
		status := statusOf[f.Kind]
		if f.Err != nil || status >= 500 {
			log.ErrorContext(ctx, "request failed", "code", f.Code, "error", err)
		}
		return NewProblem(status, f.Code, f.ZH, f.EN, f.Fields...)
	}
	switch {
	case store.IsDiskFull(err):
		log.ErrorContext(ctx, "request failed", "code", "disk_full", "error", err)
		return NewProblem(http.StatusServiceUnavailable, "disk_full",
			"磁盘已满，这次操作没有完成，也没有保存。请清理控制台所在电脑的磁盘后重试。",
			"The disk is full: this was not done, and nothing of it was kept. Free some space on the console's machine, then try again.")
	case errors.Is(err, context.DeadlineExceeded) || errors.Is(ctx.Err(), context.DeadlineExceeded):
		log.WarnContext(ctx, "request took too long", "error", err)
		return NewProblem(http.StatusGatewayTimeout, "timeout",
			"查询用时过长，已停止。请缩小筛选范围后重试。", "The query took too long and was stopped. Narrow the filter and try again.")
	case errors.Is(err, context.Canceled):
		return canceled()
	}
	log.ErrorContext(ctx, "request failed", "error", err)
	return Internal()
}

func canceled() *Problem {
	return NewProblem(http.StatusServiceUnavailable, "canceled", "请求已取消。请重试。", "The request was cancelled. Try again.")
}

// Internal is what is told of what nobody put into words.
func Internal() *Problem {
	return NewProblem(http.StatusInternalServerError, "internal",
		"系统内部出错，数据没有受影响。请重试；如反复出现，请把日志交给管理员。",
		"Something went wrong inside the console; no data was harmed. Try again; if it keeps happening, give the log to the administrator.")
}

// huma makes its errors through these variables, which are the process's. They
// are set here once, before any API is made; nothing else in the program uses
// huma.
func init() {
	huma.DefaultArrayNullable = false // see Whole
	huma.NewError = func(status int, msg string, errs ...error) huma.StatusError {
		return requestProblem(status, msg, errs)
	}
}

// noBody is what huma says of a request without its body.
const noBody = "request body is required"

// requestProblem is a Problem for what huma itself found wrong.
func requestProblem(status int, msg string, errs []error) *Problem {
	if status >= 500 {
		return Internal()
	}
	var fields []fault.Field
	for _, err := range errs {
		var d *huma.ErrorDetail
		if !errors.As(err, &d) {
			continue
		}
		_, name, found := strings.Cut(d.Location, ".") // query.limit
		if !found {
			name = d.Location
		}
		fields = append(fields, fault.Field{Name: name, ZH: inChinese(d.Message), EN: d.Message})
	}
	switch status {
	case http.StatusRequestEntityTooLarge:
		return TooLarge()
	case http.StatusUnsupportedMediaType:
		return NotJSON()
	case http.StatusUnprocessableEntity:
		return NewProblem(status, "invalid_input", "填写的内容有误。请按各项提示更正后重试。",
			"Something in the request is wrong. Correct what is named and try again.", fields...)
	}
	if msg == noBody {
		return NewProblem(status, "no_content", "没有收到内容：上传的文件是空的（0 字节），或请求没有正文。请核对文件后重试。",
			"Nothing was received: the file that was sent is empty (0 bytes), or the request has no body. Check the file and try again.")
	}
	return NewProblem(status, "bad_request", "请求无法读懂。请刷新页面后重试。",
		"The request cannot be understood ("+msg+"). Reload the page and try again.", fields...)
}

// TooLarge is what is told of a request that is too big.
func TooLarge() *Problem {
	return NewProblem(http.StatusRequestEntityTooLarge, "too_large",
		"提交的内容太大。请换用正确的文件，或分成几份。", "What was sent is too big. Choose the right file, or send it in parts.")
}

// NotJSON is what is told of a body that is not JSON.
func NotJSON() *Problem {
	return NewProblem(http.StatusUnsupportedMediaType, "not_json",
		"只接受 JSON。请以 application/json 提交。", "Only JSON is taken. Send it as application/json.")
}

// Refuse answers with a fault, in place of the API.
func Refuse(w http.ResponseWriter, f *fault.Error) {
	NewProblem(statusOf[f.Kind], f.Code, f.ZH, f.EN, f.Fields...).Write(w)
}

// RefuseSize answers a request that is too big.
func RefuseSize(w http.ResponseWriter, _ int64) { TooLarge().Write(w) }

// RefuseRate answers somebody who asks too often.
func RefuseRate(w http.ResponseWriter, after time.Duration) {
	s := int(after/time.Second) + 1
	NewProblem(http.StatusTooManyRequests, "too_many_requests", fmt.Sprintf("请求过于频繁，请 %d 秒后再试。", s),
		fmt.Sprintf("Too many requests. Try again in %s.", fault.Count(s, "second", "seconds"))).Write(w)
}

package httpapi

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"

	"github.com/mingcha-console/mingcha/app/internal/api"
	"github.com/mingcha-console/mingcha/app/internal/fault"
)

// parameters are what an operation's address may say behind its question mark: whether
// it may say it several times, by name.
type parameters map[string]bool

func parametersOf(op *huma.Operation) parameters {
	out := parameters{}
	for _, p := range op.Parameters {
		if p.In == "query" {
			out[p.Name] = p.Schema != nil && p.Schema.Type == huma.TypeArray
		}
	}
	return out
}

// understood refuses what an operation would otherwise leave out of account, so that
// nobody takes an answer for one to what they asked: parameters that it does not have,
// one said twice of which it takes one, and what cannot be read. Values are checked by
// the operation's own schema afterwards.
func (known parameters) understood(r *http.Request) *api.Problem {
	if r.URL.RawQuery == "" {
		return nil
	}
	given, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return unreadable(err)
	}
	var wrong []fault.Field
	for name, values := range given {
		several, takes := known[name]
		switch {
		case !takes:
			wrong = append(wrong, fault.Field{Name: shown(name), ZH: "这里没有这个参数", EN: "there is no such parameter here"})
		case len(values) > 1 && !several:
			wrong = append(wrong, fault.Field{Name: name, ZH: fmt.Sprintf("只能给一次，却给了 %d 次", len(values)), EN: fmt.Sprintf("it is taken once, and was given %d times", len(values))})
		case slices.ContainsFunc(values, func(v string) bool { return !utf8.ValidString(v) || strings.ContainsRune(v, 0) }):
			wrong = append(wrong, fault.Field{Name: name, ZH: "不是 UTF-8 文字", EN: "it is no UTF-8 text"})
		}
	}
	if wrong == nil {
		return nil
	}
	slices.SortFunc(wrong, func(a, b fault.Field) int { return strings.Compare(a.Name, b.Name) })
	zh, en := make([]string, len(wrong)), make([]string, len(wrong))
	for i, f := range wrong {
		zh[i], en[i] = f.Name+"："+f.ZH, f.Name+": "+f.EN
	}
	return api.NewProblem(http.StatusBadRequest, "query", "地址中的参数有误（"+strings.Join(zh, "；")+"）。请更正后重试；如是在页面上操作，请刷新页面。",
		"Parameters of the address are wrong ("+strings.Join(en, "; ")+"). Correct them and try again; in a page, reload it.", wrong...)
}

// unreadable is what is told of an address whose end is not made as parameters are.
func unreadable(err error) *api.Problem {
	part := err.Error()
	if escape := url.EscapeError(""); errors.As(err, &escape) {
		part = string(escape)
	} else if strings.Contains(part, "semicolon") {
		part = ";"
	}
	return api.NewProblem(http.StatusBadRequest, "query", fmt.Sprintf("地址中的参数无法读懂：%q。请更正后重试；如是在页面上操作，请刷新页面。", part),
		fmt.Sprintf("The parameters of the address cannot be read: %q. Correct them and try again; in a page, reload it.", part))
}

// shown is a stranger's name for something, short enough to be told.
func shown(name string) string {
	name = strings.ToValidUTF8(name, "\uFFFD")
	if runes := []rune(name); len(runes) > 40 {
		name = string(runes[:40]) + "…"
	}
	return name
}

package desktop

import (
	"bytes"
	"fmt"
	"io/fs"
	"net/http"
	"regexp"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"

	"github.com/mingcha-console/mingcha/build/docs"
)

// guides are what the window's help shows, the office's first.
var guides = []struct{ name, zh, en string }{
	{"office", "督察机构", "Office"}, {"department", "部门", "Departments"}, {"volunteer", "监督员", "Volunteers"},
	{"administrator", "系统管理员", "Administrators"}, {"auditor", "审计", "Auditors"},
}

const helpAddress = own + "help"

// helpStyle is all that the guides need; they are read in the window only.
const helpStyle = `body{max-width:52rem;margin:0 auto;padding:1rem 2rem 4rem;font:1rem/1.7 "Noto Sans CJK SC","Microsoft YaHei",system-ui,sans-serif;color:#1c2530;background:#f3f5f9}
nav{position:sticky;top:0;display:flex;flex-wrap:wrap;gap:.4rem 1.2rem;padding:.8rem 0;background:#f3f5f9;border-bottom:1px solid #d4dae4}
table{border-collapse:collapse}td,th{padding:.3rem .6rem;border:1px solid #d4dae4;text-align:start;vertical-align:top}
pre{overflow:auto;padding:.7rem 1rem;background:#fff;border:1px solid #d4dae4}code{font-family:"Noto Sans Mono CJK SC",monospace}a{color:#1a56a8}
@media (prefers-color-scheme:dark){body,nav{color:#dde3ec;background:#141a22}pre{background:#1b232d}nav,td,th,pre{border-color:#38434f}a{color:#8ab8f5}}`

var markdown = goldmark.New(goldmark.WithExtensions(extension.Table), goldmark.WithParserOptions(parser.WithAutoHeadingID()))

// Links between guides lead to each other here; what lies elsewhere is named and
// leads nowhere, since the window shows no other pages.
var (
	toGuide   = regexp.MustCompile(`href="([a-z]+(?:\.zh-CN)?)\.md(#[^"]*)?"`)
	elsewhere = regexp.MustCompile(`<a href="(?:\.\.|https?:|[a-z]+/)[^"]*">(.*?)</a>`)
)

// serveHelp shows a guide; English if asked for, else Chinese.
func serveHelp(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(strings.TrimPrefix(r.URL.Path, helpAddress), "/")
	if name == "" {
		name = guides[0].name + ".zh-CN"
	}
	text, err := fs.ReadFile(docs.Guides, name+".md")
	if err != nil {
		http.NotFound(w, r)
		return
	}
	var body bytes.Buffer
	if err := markdown.Convert(text, &body); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	page := toGuide.ReplaceAllString(body.String(), `href="`+helpAddress+`/$1$2"`)
	page = elsewhere.ReplaceAllString(page, "$1")
	chinese := strings.HasSuffix(name, ".zh-CN")
	back, suffix, lang := "返回明察", ".zh-CN", "zh-CN"
	if !chinese {
		back, suffix, lang = "Back to Mingcha", "", "en"
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	fmt.Fprintf(w, `<!doctype html><html lang="%s"><meta charset="utf-8"><title>明察 Mingcha</title><style>%s</style><nav><a href="/">← %s</a>`, lang, helpStyle, back)
	for _, g := range guides {
		title := g.zh
		if !chinese {
			title = g.en
		}
		fmt.Fprintf(w, `<a href="%s/%s%s">%s</a>`, helpAddress, g.name, suffix, title)
	}
	fmt.Fprintf(w, "</nav><main>%s</main></html>", page)
}

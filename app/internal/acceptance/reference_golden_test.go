//go:build unix

package acceptance

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
)

// golden is an answer as it is kept: status, kind and name of the file, then
// the body. Answers in JSON are kept with their keys in order, since objects
// have none; files are kept as they are. What differs from run to run is cut
// out by the rules of cuts and varying, and nothing else.
func golden(path string, r reply) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%d %s %s\n", r.status, r.header.Get("Content-Type"), r.header.Get("Content-Disposition"))
	if strings.Contains(path, "/exports/") && r.status == 200 || !strings.Contains(r.header.Get("Content-Type"), "json") {
		if strings.HasPrefix(path, "/api/exports/acts") && !bytes.HasPrefix(r.body, []byte("PK")) {
			r.body = []byte(cutPorts(string(r.body)))
		}
		b.Write(r.body)
		return b.Bytes()
	}
	var v any
	if err := json.Unmarshal(r.body, &v); err != nil {
		return fmt.Appendf(nil, "%snot JSON: %v: %s", b.String(), err, r.body)
	}
	plain, _, _ := strings.Cut(path, "?")
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	e.Encode(cut(plain, v)) //nolint:errcheck // what was decoded encodes
	return b.Bytes()
}

// cuts are fields that differ from run to run, by address: tokens, sessions and
// certificates are made anew; the version is the build's; locks and sessions run
// by the real clock, not the office's.
var cuts = map[string][]string{
	"/api/session":     {"live_token", "live_url", "console", "version", "data_folder"},
	"/api/my/sessions": {"begun_at"},
	"/api/accounts":    {"locked_until"},
	"/api/network":     {"port", "addresses", "certificate"},
}

const varies = "(varies)"

// cut leaves out what differs from run to run.
func cut(path string, v any) any {
	switch x := v.(type) {
	case map[string]any:
		for k, inner := range x {
			if slices.Contains(cuts[path], k) {
				delete(x, k)
			} else {
				x[k] = cut(path, inner)
			}
		}
	case []any:
		for i := range x {
			x[i] = cut(path, x[i])
		}
	case string:
		if strings.HasPrefix(path, "/api/acts") {
			return cutPorts(x)
		}
	}
	return v
}

// ports are in the words of acts: a server takes whichever is free.
var ports = regexp.MustCompile(`(端口 |port )\d+`)

func cutPorts(s string) string { return ports.ReplaceAllString(s, "${1}"+varies) }

// varying is what of a workbook's parts differs from run to run.
var varying = regexp.MustCompile(`(<dcterms:(?:created|modified)[^>]*>)[^<]*`)

// answerDifferences are those of answers from the goldens that were decided on,
// by line: the golden's name, " > " and the line without what indents it, such as
//
//	signed in: * /api/session > "savedFilters",
//
// A workbook has a line for each tag. Lines that are named are left out of both
// sides before they are compared.
var answerDifferences = []*named{}

// compare names the first difference of what was given and what is; empty if
// there is none.
func compare(name string, was, is []byte) string {
	if bytes.Equal(was, is) {
		return ""
	}
	if i := bytes.IndexByte(was, '\n'); i > 0 && bytes.HasPrefix(was[i+1:], []byte("PK")) {
		return compareWorkbooks(name, was, is)
	}
	a, b := unnamed(name, was), unnamed(name, is)
	for i := range max(len(a), len(b)) {
		x, y := lineAt(a, i), lineAt(b, i)
		if x != y {
			return fmt.Sprintf("line %d%s\n- was %s\n+ is  %s", i+1, whereIn(a, i), around(x, y), around(y, x))
		}
	}
	return ""
}

// unnamed are the lines that no difference is named for. Where one is, commas at
// the ends of lines mean nothing: they depend on what comes after.
func unnamed(name string, content []byte) []string {
	lines := strings.Split(string(content), "\n")
	left := slices.DeleteFunc(slices.Clone(lines), func(line string) bool {
		return isNamed(answerDifferences, name+" > "+strings.TrimSpace(line))
	})
	if slices.ContainsFunc(answerDifferences, func(n *named) bool { return n.about(name) }) {
		for i := range left {
			left[i] = strings.TrimSuffix(left[i], ",")
		}
	}
	return left
}

func lineAt(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return "(nothing)"
}

// around shows a line from shortly before its first difference.
func around(s, other string) string {
	r, o := []rune(s), []rune(other)
	i := 0
	for i < min(len(r), len(o)) && r[i] == o[i] {
		i++
	}
	i = max(0, i-60)
	return string(r[i:min(len(r), i+200)])
}

// opening is a line of JSON that opens an object or list.
var opening = regexp.MustCompile(`^( *)"([^"]+)": [\[{]$`)

// whereIn is where in an answer a line lies, as far as its indentation tells.
func whereIn(lines []string, i int) (where string) {
	depth := len(lines[min(i, len(lines)-1)]) - len(strings.TrimLeft(lines[min(i, len(lines)-1)], " "))
	for ; i >= 0; i-- {
		if i < len(lines) {
			if m := opening.FindStringSubmatch(lines[i]); m != nil && len(m[1]) < depth {
				where, depth = "/"+m[2]+where, len(m[1])
			}
		}
	}
	if where != "" {
		where = " in " + where
	}
	return where
}

// compareWorkbooks compares two workbooks part by part.
func compareWorkbooks(name string, was, is []byte) string {
	headA, bodyA, _ := bytes.Cut(was, []byte("\n"))
	headB, bodyB, _ := bytes.Cut(is, []byte("\n"))
	if !bytes.Equal(headA, headB) {
		return fmt.Sprintf("- was %s\n+ is  %s", headA, headB)
	}
	a, err := parts(bodyA)
	if err != nil {
		return err.Error()
	}
	b, err := parts(bodyB)
	if err != nil {
		return err.Error()
	}
	for _, p := range a {
		i := slices.IndexFunc(b, func(q entry) bool { return q.name == p.name })
		if i < 0 {
			return "the workbook's part " + p.name + " is gone"
		}
		if d := compare(name, tagged(p.content), tagged(b[i].content)); d != "" {
			return p.name + ": " + d
		}
	}
	if len(a) != len(b) {
		return fmt.Sprintf("the workbook had %d parts and has %d", len(a), len(b))
	}
	return ""
}

// tagged has a line for each tag, so that the line that differs is short.
func tagged(part []byte) []byte {
	return bytes.ReplaceAll(varying.ReplaceAll(part, []byte("${1}"+varies)), []byte("><"), []byte(">\n<"))
}

func parts(workbook []byte) (all []entry, err error) {
	z, err := zip.NewReader(bytes.NewReader(workbook), int64(len(workbook)))
	if err != nil {
		return nil, err
	}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			return nil, err
		}
		b, err := io.ReadAll(r)
		r.Close()
		if err != nil {
			return nil, err
		}
		all = append(all, entry{f.Name, cutPortsOfActs(b)})
	}
	return all, nil
}

func cutPortsOfActs(b []byte) []byte { return []byte(cutPorts(string(b))) }

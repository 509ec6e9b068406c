package list

import (
	"bufio"
	"encoding/json"
	"io"
)

// jsonWriter writes one array with an object a row, a row a line. What is
// absent is null.
type jsonWriter struct {
	w    *bufio.Writer
	keys [][]byte
	rows int
}

func newJSON(w io.Writer, heads []head) (*jsonWriter, error) {
	out := &jsonWriter{w: bufio.NewWriterSize(w, 32<<10)}
	for i, h := range heads {
		lead := ","
		if i == 0 {
			lead = "{"
		}
		out.keys = append(out.keys, []byte(lead+`"`+h.name+`":`))
	}
	_, err := out.w.WriteString("[")
	return out, err
}

func (j *jsonWriter) row(values []any) error {
	lead := ",\n"
	if j.rows == 0 {
		lead = "\n"
	}
	j.rows++
	j.w.WriteString(lead)
	for i, v := range values {
		switch t := v.(type) {
		case day:
			v = orNil(t.String())
		case moment:
			v = orNil(t.String())
		case word:
			v = t.key
		case words:
			v = append([]string{}, t.keys...)
		}
		b, err := json.Marshal(v)
		if err != nil {
			return err
		}
		j.w.Write(j.keys[i])
		j.w.Write(b)
	}
	return j.w.WriteByte('}') // a bufio.Writer keeps its first error
}

func (j *jsonWriter) finish() error {
	j.w.WriteString("\n]\n")
	return j.w.Flush()
}

func orNil(s string) any {
	if s == "" {
		return nil
	}
	return s
}

func (j *jsonWriter) close() error { return nil }

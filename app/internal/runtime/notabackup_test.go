package runtime

import (
	"archive/zip"
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mingcha-console/mingcha/app/internal/fault"
)

// What is no backup is told for what it is, and a configuration that is no text, too.
func TestWhatIsNoBackupIsToldForWhatItIs(t *testing.T) {
	archive := func(names ...string) []byte {
		var out bytes.Buffer
		z := zip.NewWriter(&out)
		for _, name := range names {
			w, err := z.Create(name)
			if err == nil {
				_, err = w.Write(bytes.Repeat([]byte("x"), 500))
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		return out.Bytes()
	}
	whole := archive("mingcha.db")
	sealed := bytes.Clone(whole)
	sealed[6] |= 1
	sealed[bytes.Index(sealed, []byte("PK\x01\x02"))+8] |= 1
	dir := t.TempDir()
	for name, c := range map[string]struct {
		content []byte
		want    string
	}{
		"empty":     {[]byte{}, "文件是空的"},
		"zeros":     {make([]byte, 2000), "零字节"},
		"a text":    {[]byte("\ufeffhello"), "不是备份文件"},
		"an empty":  {archive(), "里面没有文件"},
		"a foreign": {archive("readme.txt"), "没有 mingcha.db"},
		"half":      {whole[:len(whole)/2], "不完整或已损坏"},
		"sealed":    {sealed, "密码"},
		"absent":    {nil, "没有这个文件"},
	} {
		file := filepath.Join(dir, name+".zip")
		if c.content != nil {
			if err := os.WriteFile(file, c.content, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		err := Restore(t.Context(), file, filepath.Join(dir, name), false)
		if f, ok := fault.As(err); !ok || f.Code != "restore_failed" || !strings.Contains(f.ZH, c.want) || f.EN == "" {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
	err := Restore(t.Context(), dir, filepath.Join(dir, "x"), false)
	if f, ok := fault.As(err); !ok || !strings.Contains(f.ZH, "是文件夹") {
		t.Errorf("a folder: %v", err)
	}
	_, err = ReadAdapterConfig(dir)
	if f, ok := fault.As(err); !ok || !strings.Contains(f.ZH, "是文件夹") {
		t.Errorf("a folder for a configuration: %v", err)
	}
	_, err = ReadAdapterConfig(filepath.Join(dir, "zeros.zip"))
	if f, ok := fault.As(err); !ok || !strings.Contains(f.ZH, "不是文字") {
		t.Errorf("zeros for a configuration: %v", err)
	}
	marked := filepath.Join(dir, "marked.yaml")
	if err := os.WriteFile(marked, []byte("\ufefffile: a.xes\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if b, err := ReadAdapterConfig(marked); err != nil || !strings.Contains(string(b), `"file"`) {
		t.Errorf("a configuration with a mark of UTF-8: %s, %v", b, err)
	}
}

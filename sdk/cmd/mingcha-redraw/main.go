// Command mingcha-redraw makes a draw of the supervision office again from its
// certificate and says whether the same sample comes out.
//
// It follows app/internal/draw/ALGORITHM.md and shares no code with the console.
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"golang.org/x/mod/sumdb/note"
)

const usage = `用法 Usage: mingcha-redraw CERTIFICATE.json [--key VERIFIER_KEY]

重做一次抽取，并说明结果是否与证书一致。公钥请取自督察办的公布，不要取自证书。
Makes a draw again and says whether the certificate is right. Take the key from
what the office has published, not from the certificate.

退出码 Exit status: 0 一致 agrees · 1 不一致 disagrees · 2 参数有误或无法读取 wrong arguments or unreadable
`

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

func run(args []string, out, errs io.Writer) int {
	file, key, err := arguments(args)
	if errors.Is(err, flag.ErrHelp) {
		fmt.Fprint(out, usage)
		return 0
	}
	if err != nil {
		fmt.Fprintf(errs, "%v\n\n%s", err, usage)
		return 2
	}
	c, err := read(file)
	if err != nil {
		fmt.Fprintf(errs, "无法读取证书。请重新取得该文件。\nThe certificate cannot be read. Get the file again.\n%v\n", err)
		return 2
	}
	if key == "" {
		fmt.Fprint(out, "注意！没有用 --key 给出公钥，只能使用证书自带的公钥：伪造的证书也能通过。请取督察办公布的公钥再核对一次。\n"+
			"WARNING! No --key was given, so the certificate's own key is used: a forged certificate would pass too. Check again with the key that the office has published.\n\n")
	}
	tree, err := c.check(key)
	if err != nil {
		fmt.Fprintf(out, "不一致。第一处：\nDISAGREES. The first place:\n%v\n", err)
		return 1
	}
	fmt.Fprintf(out, "名称 Name: %s\n检查点 Checkpoint: %d 条记录 records, %s\n候选 Candidates: %d, SHA-256 %s\n抽中 Drawn: %d\n",
		c.Name, tree.size, tree.at, len(c.Population), c.PopulationHash, len(c.Sample))
	fmt.Fprint(out, "一致：由该检查点和该候选名单重做，得到同样的样本和次序。（名单是否完整，须对照日志核对。）\n"+
		"AGREES: drawn again from this checkpoint and these candidates, the sample and its order are the same. (Whether the list of candidates is complete is to be checked against the journal.)\n")
	return 0
}

// arguments takes --key before or after the file's name. A key that is none is
// a wrong argument.
func arguments(args []string) (file, key string, err error) {
	flags := flag.NewFlagSet("mingcha-redraw", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.StringVar(&key, "key", "", "")
	var files []string
	for rest := args; ; rest = flags.Args()[1:] {
		if err := flags.Parse(rest); err != nil {
			return "", "", err
		}
		if flags.NArg() == 0 {
			break
		}
		files = append(files, flags.Arg(0))
	}
	if len(files) != 1 {
		return "", "", errors.New("请给出一个证书文件。Give one certificate file.")
	}
	given := false
	flags.Visit(func(*flag.Flag) { given = true })
	key = strings.TrimSpace(key)
	if given {
		if _, err := note.NewVerifier(key); err != nil {
			return "", "", fmt.Errorf("--key 不是公钥。--key is not a verifier key: %w", err)
		}
	}
	return files[0], key, nil
}

// read takes the certificate only if every reader must understand it alike:
// no unknown field, no field twice, nothing after it.
func read(file string) (*certificate, error) {
	b, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	if !utf8.Valid(b) {
		return nil, errors.New("not UTF-8")
	}
	var c certificate
	d := json.NewDecoder(strings.NewReader(string(b)))
	d.DisallowUnknownFields()
	if err := d.Decode(&c); err != nil {
		return nil, err
	}
	d = json.NewDecoder(strings.NewReader(string(b)))
	if err := once(d); err != nil {
		return nil, err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("something follows the certificate")
	}
	return &c, nil
}

// once reads one JSON value and refuses an object with a field twice.
func once(d *json.Decoder) error {
	t, err := d.Token()
	if err != nil {
		return err
	}
	seen := map[string]bool{}
	for t == json.Delim('{') && d.More() {
		field, err := d.Token()
		if err != nil {
			return err
		}
		// encoding/json takes "Sample" for "sample"; it would be a second one.
		name := strings.ToLower(field.(string))
		if seen[name] {
			return fmt.Errorf("the field %q is there twice", field)
		}
		seen[name] = true
		if err := once(d); err != nil {
			return err
		}
	}
	for t == json.Delim('[') && d.More() {
		if err := once(d); err != nil {
			return err
		}
	}
	if t == json.Delim('{') || t == json.Delim('[') {
		_, err = d.Token()
	}
	return err
}

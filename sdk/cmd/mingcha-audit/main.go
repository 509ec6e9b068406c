// Command mingcha-audit checks a journal of the supervision office that was
// written out (mingcha journal export), or that a later checkpoint extends an
// earlier one.
//
// It follows app/internal/journal/FORMAT.md and shares no code with the console,
// nor with the libraries that the console checks itself with.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
)

const usage = `用法 Usage:
  mingcha-audit --key KEY DIR [--kept CHECKPOINT]
      核对导出的账簿；并核对它是否延续您保存的检查点。
      Checks a journal that was written out, and that it extends the checkpoint that you keep.
  mingcha-audit --key KEY --proof PROOF.json EARLIER LATER
      核对后一个检查点是否延续前一个。证明取自 GET /api/checkpoint/consistency。
      Checks that a later checkpoint extends an earlier one, by the proof that GET /api/checkpoint/consistency gave.
  mingcha-audit [--key KEY] --evidence FILE
      核对页面保存的证据：其中的两个检查点是否有效，后一个是否延续前一个。
      Checks evidence that a page saved: whether its two checkpoints are valid, and the later extends the earlier.

KEY 是核验公钥或存有它的文件，请取自督察办的公布。核对证据时不给出，则按证据里写的公钥。
KEY is the verifier key, or a file with it. Take it from what the office has published. Without it, evidence is checked by the key that it names.

退出码 Exit status: 0 一致 agrees · 1 不一致 disagrees · 2 参数有误或无法读取 wrong arguments or unreadable
`

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

func run(args []string, out, errs io.Writer) int {
	flags := flag.NewFlagSet("mingcha-audit", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	key, kept, proof, saved := flags.String("key", "", ""), flags.String("kept", "", ""), flags.String("proof", "", ""), flags.String("evidence", "", "")
	var rest []string
	for len(args) > 0 { // options may follow the folder
		if err := flags.Parse(args); err != nil {
			if err == flag.ErrHelp { //nolint:errorlint // it is returned as it is
				fmt.Fprint(out, usage)
				return 0
			}
			return wrong(errs, err)
		}
		if args = flags.Args(); len(args) > 0 {
			rest, args = append(rest, args[0]), args[1:]
		}
	}
	var v *verifier
	if *key != "" || *saved == "" {
		var err error
		if v, err = readKey(*key); err != nil {
			return wrong(errs, err)
		}
	}
	var said string
	var err error
	switch {
	case *saved != "" && *proof == "" && *kept == "" && len(rest) == 0:
		said, err = checkEvidence(v, *saved)
	case *proof != "" && len(rest) == 2 && *kept == "" && *saved == "":
		said, err = checkProof(v, *proof, rest[0], rest[1])
	case *proof == "" && len(rest) == 1 && *saved == "":
		said, err = checkFolder(v, rest[0], *kept)
	default:
		return wrong(errs, fmt.Errorf("参数个数不对 the number of arguments is wrong"))
	}
	if w := (worthless{}); errors.As(err, &w) {
		fmt.Fprintln(errs, err)
		return 2
	}
	if err != nil {
		fmt.Fprintf(out, "不一致。第一处：\nDISAGREES. The first place:\n%v\n", err)
		return 1
	}
	fmt.Fprintf(out, "%s一致。\nAGREES.\n", said)
	return 0
}

func wrong(errs io.Writer, err error) int {
	fmt.Fprintf(errs, "%v\n\n%s", err, usage)
	return 2
}

// readKey reads a verifier key, or the file that holds it.
func readKey(key string) (*verifier, error) {
	if key == "" {
		return nil, fmt.Errorf("请用 --key 给出公钥 give the key with --key")
	}
	if b, err := os.ReadFile(key); err == nil {
		key = string(b)
	}
	return parseKey(strings.TrimSpace(key))
}

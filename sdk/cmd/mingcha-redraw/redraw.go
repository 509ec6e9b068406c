package main

import (
	"cmp"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"golang.org/x/mod/sumdb/note"
)

const version = "mingcha-draw-v1"

type certificate struct {
	Version    string `json:"version"`
	Name       string `json:"name"`
	Checkpoint string `json:"checkpoint"`
	PublicKey  string `json:"public_key"`
	Population []struct {
		ID      string `json:"id"`
		Stratum string `json:"stratum"`
		Seq     uint64 `json:"seq"`
	} `json:"population"`
	PopulationHash string `json:"population_sha256"`
	Wanted         struct {
		Rule   string `json:"rule"`
		Total  int    `json:"total"`
		Strata []struct {
			Stratum string `json:"stratum"`
			Number  int    `json:"number"`
		} `json:"strata"`
		Percent int `json:"percent"`
		AtLeast int `json:"at_least"`
	} `json:"wanted"`
	Sample []string `json:"sample"`
}

// head is what a checkpoint states.
type head struct {
	size uint64
	root []byte
	at   string
}

// check makes the draw again; its error names the first place that differs.
// An empty key means the certificate's own.
func (c *certificate) check(key string) (head, error) {
	if c.Version != version {
		return head{}, fmt.Errorf("version: %q, 本程序只认识 this program knows only %q", c.Version, version)
	}
	if !rightName(c.Name) {
		return head{}, fmt.Errorf("name: %q 不合格式 has not the form activity/kind/department/day/number", c.Name)
	}
	if key != "" && !sameKey(key, c.PublicKey) {
		return head{}, fmt.Errorf("public_key: 证书中的公钥与给出的不同 the certificate's key is not the one given")
	}
	tree, err := openCheckpoint(c.Checkpoint, c.PublicKey)
	if err != nil {
		return head{}, fmt.Errorf("checkpoint: %w", err)
	}
	content := number(text(nil, version+"/population"), uint64(len(c.Population)))
	for i, p := range c.Population {
		if p.ID == "" || i > 0 && c.Population[i-1].ID >= p.ID {
			return head{}, fmt.Errorf("population[%d]: 编号 %q 为空、重复或次序不对 the id is empty, there twice or out of order", i, p.ID)
		}
		if p.Seq < 1 || p.Seq > tree.size {
			return head{}, fmt.Errorf("population[%d]: %q 的日志序号 %d 不在检查点之内 its journal number is not within the checkpoint (1…%d)", i, p.ID, p.Seq, tree.size)
		}
		content = number(text(text(content, p.ID), p.Stratum), p.Seq)
	}
	sum := sha256.Sum256(content)
	if hash := hex.EncodeToString(sum[:]); hash != c.PopulationHash {
		return head{}, fmt.Errorf("population_sha256: 证书写 the certificate has %q, 算得 computed %s", c.PopulationHash, hash)
	}
	limit, err := c.limits()
	if err != nil {
		return head{}, fmt.Errorf("wanted: %w", err)
	}
	return tree, c.compare(c.redraw(tree, limit))
}

// sameKey tells whether two verifier keys (name+sum+key) are one: a journal that
// began without an origin of its own has given its key another name since.
func sameKey(a, b string) bool {
	x, y := strings.SplitN(a, "+", 3), strings.SplitN(b, "+", 3)
	return a == b || len(x) == 3 && len(y) == 3 && x[2] == y[2]
}

func rightName(name string) bool {
	part := strings.Split(name, "/")
	if len(part) != 5 {
		return false
	}
	for _, p := range part {
		if p == "" || strings.ContainsFunc(p, func(r rune) bool { return r == ' ' || r == '\uFFFD' || !unicode.IsPrint(r) }) {
			return false
		}
	}
	_, err := time.Parse("2006-01-02", part[3])
	n, nerr := strconv.ParseInt(part[4], 10, 64)
	return err == nil && nerr == nil && n >= 1 && strconv.FormatInt(n, 10) == part[4]
}

// openCheckpoint checks the signature and reads the tree's size and root.
func openCheckpoint(signed, key string) (head, error) {
	verifier, err := note.NewVerifier(key)
	if err != nil {
		return head{}, err
	}
	n, err := note.Open([]byte(signed), note.VerifierList(verifier))
	if err != nil {
		return head{}, fmt.Errorf("签名不符 the signature is not right: %w", err)
	}
	line := strings.Split(n.Text, "\n") // the last is empty, since the text ends with a line end
	name := verifier.Name()
	if len(line) < 5 || line[0] != name && (line[0] != "mingcha journal v1" || name != "mingcha") {
		return head{}, fmt.Errorf("不是日志检查点 not a checkpoint of a journal")
	}
	size, err := strconv.ParseInt(line[1], 10, 64)
	root, rootErr := base64.StdEncoding.DecodeString(line[2])
	_, timeErr := time.Parse(time.RFC3339, line[3])
	if err != nil || size < 0 || rootErr != nil || len(root) != sha256.Size || timeErr != nil {
		return head{}, fmt.Errorf("长度、根散列或时间有误 its size, root hash or time is wrong")
	}
	return head{uint64(size), root, line[3]}, nil
}

// limits says how many may be drawn of each stratum; of all, under "", if the
// rule is a total.
func (c *certificate) limits() (map[string]int, error) {
	w, limit := c.Wanted, map[string]int{}
	switch {
	case w.Rule == "total" && w.Total >= 0 && len(w.Strata) == 0 && w.Percent == 0 && w.AtLeast == 0:
		limit[""] = w.Total
	case w.Rule == "strata" && w.Total == 0 && w.Percent == 0 && w.AtLeast == 0:
		for i, s := range w.Strata {
			if s.Number < 0 || i > 0 && w.Strata[i-1].Stratum >= s.Stratum {
				return nil, fmt.Errorf("strata[%d]: 数量为负、重复或次序不对 negative, there twice or out of order", i)
			}
			limit[s.Stratum] = s.Number
		}
		for _, p := range c.Population {
			if _, ok := limit[p.Stratum]; !ok {
				return nil, fmt.Errorf("没有写明分层 %q 的数量 no number for this stratum", p.Stratum)
			}
		}
	case w.Rule == "share" && w.Total == 0 && len(w.Strata) == 0 && w.Percent >= 0 && w.Percent <= 100 && w.AtLeast >= 0:
		for _, p := range c.Population {
			limit[p.Stratum]++
		}
		for stratum, members := range limit {
			whole, rest := members*w.Percent/100, members*w.Percent%100
			if rest > 0 {
				whole++
			}
			limit[stratum] = max(whole, w.AtLeast)
		}
	default:
		return nil, fmt.Errorf("规则或数量不合规定 the rule %q is unknown or its numbers are not allowed", w.Rule)
	}
	return limit, nil
}

// redraw gives the sample's ids in the order of their tickets.
func (c *certificate) redraw(tree head, limit map[string]int) []string {
	seed := sha256.Sum256(text(text(number(text(nil, version+"/seed"), tree.size), string(tree.root)), c.Name))
	ticket, stratum := map[string]string{}, map[string]string{}
	var ids []string
	for _, p := range c.Population {
		mac := hmac.New(sha256.New, seed[:])
		mac.Write([]byte(p.ID))
		ticket[p.ID] = string(mac.Sum(nil))
		if c.Wanted.Rule != "total" {
			stratum[p.ID] = p.Stratum
		}
		ids = append(ids, p.ID)
	}
	slices.SortFunc(ids, func(a, b string) int {
		return cmp.Or(strings.Compare(ticket[a], ticket[b]), strings.Compare(a, b))
	})
	var sample []string
	taken := map[string]int{}
	for _, id := range ids {
		if s := stratum[id]; taken[s] < limit[s] {
			taken[s]++
			sample = append(sample, id)
		}
	}
	return sample
}

func (c *certificate) compare(sample []string) error {
	for i := range max(len(sample), len(c.Sample)) {
		switch {
		case i >= len(c.Sample):
			return fmt.Errorf("sample[%d]: 证书到此为止，应为 the certificate ends here, it should be %q", i, sample[i])
		case i >= len(sample):
			return fmt.Errorf("sample[%d]: 证书多出 the certificate has %q too much", i, c.Sample[i])
		case sample[i] != c.Sample[i]:
			return fmt.Errorf("sample[%d]: 证书写 the certificate has %q, 应为 it should be %q", i, c.Sample[i], sample[i])
		}
	}
	return nil
}

func number(b []byte, n uint64) []byte { return binary.BigEndian.AppendUint64(b, n) }

func text(b []byte, s string) []byte { return append(number(b, uint64(len(s))), s...) }

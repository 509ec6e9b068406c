package main

import (
	"bufio"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/mingcha-console/mingcha/plugins/simulator/internal/city"
	"github.com/mingcha-console/mingcha/plugins/simulator/internal/officedays"
	"github.com/mingcha-console/mingcha/sdk"
)

// writeKey writes the answer key, whole or not at all. The console never reads
// it: tests compare its findings with it.
func (r *run) writeKey(c *city.City) error {
	if r.keyPath == "" {
		return nil
	}
	if err := replace(r.keyPath, func(w io.Writer) error { return printKey(w, c.AnswerKey(r.options.Until)) }); err != nil {
		return fmt.Errorf("%w (%w)", sdk.FieldError{
			Field: "answer_key",
			ZH:    "答案文件无法写入。请检查文件夹是否存在、是否可写、磁盘是否已满。",
			EN:    "The answer key cannot be written. See whether its folder exists and may be written, and whether the disk is full.",
		}, err)
	}
	return nil
}

// printKey has one finding a line, in order. Findings raised after the end
// stand in it too: whoever compares leaves out what is later than their moment.
func printKey(w io.Writer, key []city.Finding) error {
	lines := csv.NewWriter(w)
	if err := lines.Write([]string{"department", "case_no", "rule", "key", "level", "raised_at"}); err != nil {
		return err
	}
	for _, f := range key {
		at := time.Unix(f.RaisedAt, 0).In(officedays.Zone).Format(time.RFC3339)
		if err := lines.Write([]string{f.Department, f.CaseNo, f.Rule, f.Key, f.Level, at}); err != nil {
			return err
		}
	}
	lines.Flush()
	return lines.Error()
}

// replace writes a file beside the path and puts it in its place.
func replace(path string, write func(io.Writer) error) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			f.Close()
			os.Remove(f.Name())
		}
	}()
	w := bufio.NewWriter(f)
	if err := write(w); err != nil {
		return err
	}
	if err := w.Flush(); err != nil {
		return err
	}
	if err := f.Sync(); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}

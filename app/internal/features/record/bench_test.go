package record_test

import (
	"database/sql"
	"path/filepath"
	"testing"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/act"
	"github.com/mingcha-console/mingcha/app/internal/features/record"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// BenchmarkList asks a journal of a million acts for a page. All but some dozens
// are of the console and of sign-ins, so that what is asked for is rare.
func BenchmarkList(b *testing.B) {
	o := open(b)
	db, err := sql.Open("sqlite3", filepath.Join(o.s.Dir(), store.DatabaseFile))
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000)
		INSERT INTO journal (seq, kind, corrects, observed_at, body, dept, source_id, case_id)
		SELECT i, 9, 0, 1790000000000000 + i * 30000000, CAST(CASE
			WHEN i <= 20 THEN '{"type":"account.created","data":{"login":"v' || i || '","name":"v","role":"volunteer"}}'
			WHEN i % 20000 = 7 THEN '{"type":"access.unmasked","by":' || (1 + i % 9) || ',"data":{"case":1,"reason":"核对投诉"}}'
			WHEN i % 3 = 0 THEN '{"type":"access.signed_in","by":' || (1 + i % 40) || ',"data":{"remote":"10.0.0.7:4003","agent":"browser"}}'
			ELSE '{"type":"matter.noticed","data":{"matter":1,"version":0,"action":"anonymous","at":"2026-09-22T01:00:00Z"}}' END AS BLOB), 0, i, 0 FROM n`); err != nil {
		b.Fatal(err)
	}
	from := time.UnixMicro(1790000000000000 + 400000*30000000)
	for name, q := range map[string]record.Query{
		"all": {}, "deep": {Before: 1000}, "group": {Group: act.Openings}, "person": {By: "5"}, "person and group": {By: "5", Group: act.Openings},
		"console": {By: "console"}, "here": {By: "here"}, "people": {By: record.People}, "volunteer": {By: "volunteer"}, "text": {Text: "投诉"}, "text not found": {Text: "无此事由"},
		"month": {Group: act.Openings, From: from, To: from.AddDate(0, 1, 0)}, "month of a person": {By: "5", From: from, To: from.AddDate(0, 1, 0)},
		"since": {Group: act.Openings, From: time.UnixMicro(1790000000000000)},
	} {
		b.Run(name, func(b *testing.B) {
			q.Limit = 100
			for b.Loop() {
				o.list(q)
			}
		})
	}
}

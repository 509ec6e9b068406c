package httpapi

import (
	"time"

	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// Window is the part of a list that is asked for.
type Window struct {
	Offset int `query:"offset" minimum:"0" maximum:"100000"`
	Limit  int `query:"limit" minimum:"1" maximum:"1000" default:"200"`
}

func (w Window) at() store.Window { return store.Window{Offset: w.Offset, Limit: w.Limit} }

type instant struct {
	name, text string
	to         *time.Time
}

// instants reads times as clients write them.
func instants(all ...instant) error {
	for _, i := range all {
		if i.text == "" {
			continue
		}
		t, err := time.Parse(time.RFC3339Nano, i.text)
		if err != nil {
			t, err = time.ParseInLocation(time.DateOnly, i.text, officeZone)
		}
		if err != nil || t.Year() < 1900 || t.Year() > 2200 {
			return wrongField(i.name, "应为日期（如 2026-09-22）或 RFC 3339 时间", "expected a date such as 2026-09-22, or an RFC 3339 time")
		}
		*i.to = t
	}
	return nil
}

func wrongField(name, zh, en string) error {
	f := fault.New(fault.Invalid, "invalid_input", "填写的内容有误。请按各项提示更正后重试。",
		"Something in the request is wrong. Correct what is named and try again.", nil)
	f.Fields = []fault.Field{{Name: name, ZH: zh, EN: en}}
	return f
}

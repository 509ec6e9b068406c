package main

import (
	"strings"
	"testing"
	"time"

	"google.golang.org/protobuf/proto"

	"github.com/mingcha-console/mingcha/plugins/simulator/internal/city"
	"github.com/mingcha-console/mingcha/sdk"
)

// After every third event comes one that a department's system got wrong, of four
// kinds in turn, and whoever goes on from a cursor gets the same ones.
func TestM25MistakesComeAfterEverySoManyEvents(t *testing.T) {
	set := defaults()
	options, err := set.options(time.Date(2026, 11, 30, 1, 30, 0, 0, time.UTC), false)
	if err != nil {
		t.Fatal(err)
	}
	stream := func(skipped int) (out []*sdk.Event) {
		m := &mistaken{Stream: city.New(options, calendar()).Events(), every: 3}
		for range skipped {
			m.Skip()
		}
		for range 20 - skipped {
			out = append(out, m.Take())
		}
		return out
	}
	all := stream(0)
	for i, e := range all {
		if wrong := strings.HasSuffix(e.SourceId, "/x"); wrong != (i%4 == 3) {
			t.Errorf("%d: %s", i, e.SourceId)
		}
	}
	if all[3].ItemCode != "" || all[7].OccurredAt.Seconds-all[6].OccurredAt.Seconds != 365*24*3600 || all[11].Department != "EX-"+all[10].Department || all[15].Kind != sdk.Decided || all[15].Decision != nil {
		t.Errorf("%v\n%v\n%v\n%v", all[3], all[7], all[11], all[15])
	}
	for skipped := range 12 {
		for i, e := range stream(skipped) {
			if !proto.Equal(e, all[skipped+i]) {
				t.Fatalf("after %d, number %d is %v", skipped, i, e)
			}
		}
	}
}

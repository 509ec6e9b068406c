package runtime

import (
	"encoding/json"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/workday"
	"github.com/mingcha-console/mingcha/sdk/officeclock"
)

// demoSpeed is how fast the demonstration's time runs: a working day passes in
// about a quarter of an hour, and a case event comes every few seconds.
const demoSpeed = 30

// PrepareDemo makes a folder the demonstration city's, if it is not yet. The
// city's clock starts in the morning of the latest working day and leaps over
// nights and weekends, so that the board lives at any hour. Its people's past is
// told when it is opened first.
func PrepareDemo(dir string) error {
	c, err := LoadConfig(dir)
	if err != nil || c.Demo {
		return err
	}
	now := time.Now()
	cal := workday.Default()
	day := cal.DateOf(now)
	for !cal.IsWorkday(day) {
		day--
	}
	config, err := json.Marshal(map[string]any{"seed": 20261123, "start": (day - 45).String(), "cases": 155_000, "mistake_every": 2500})
	if err != nil {
		return err
	}
	c = Config{Demo: true, Story: &Story{}, Adapters: []Instance{{Name: "city", Adapter: "simulator", Config: config}},
		Clock: officeclock.Setting{Real: now.UTC().Truncate(time.Second), Office: cal.StartOf(day).Add(9*time.Hour + 30*time.Minute).UTC(), Speed: demoSpeed, SkipRest: true}}
	return c.Save(dir)
}

// Package feature is what an area of people's work hands the program: its acts and
// their tables, its lists and words, the operations of the API with who may do
// them, and what it does by itself from time to time. A program runs what is
// registered and knows nothing else of it.
package feature

import (
	"context"
	"log/slog"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/act"
	"github.com/mingcha-console/mingcha/app/internal/api"
	"github.com/mingcha-console/mingcha/app/internal/casefile"
	"github.com/mingcha-console/mingcha/app/internal/journal"
	"github.com/mingcha-console/mingcha/app/internal/list"
	"github.com/mingcha-console/mingcha/app/internal/store"
	"github.com/mingcha-console/mingcha/app/internal/vocab"
	"github.com/mingcha-console/mingcha/app/internal/workday"
)

// Feature is an area of people's work.
type Feature struct {
	Name       string
	Acts       []act.Any
	Tables     []string // derived tables that only its acts fill
	Lists      []list.Any
	Words      []*vocab.Vocabulary // besides those of its lists
	Operations func(*api.API)      // nil: none
	Jobs       []Job
}

// Job is what a feature does by itself, while the console runs.
type Job struct {
	Name  string // for the log
	Every time.Duration
	Do    func(context.Context) error
}

// Office is the open data folder as features use it. They keep the pointer: the
// journal is there once the folder is open, and never while the API is only
// described.
type Office struct {
	Store     *store.Store
	Cases     *casefile.Reader
	Journal   act.Journal
	Now       func() time.Time // the office clock
	PublicKey string           // checks the journal's checkpoints
	Dir       string           // the data folder
	Log       *slog.Logger
	// Checkpoint signs the journal as it stands.
	Checkpoint func(context.Context) (journal.Checkpoint, error)

	Lists []list.Any // of all features
}

// ListNamed is what a list is called in a sentence, in both languages.
func (o *Office) ListNamed(name string) (zh, en string, known bool) {
	if w, ok := spoken[name]; ok {
		return w[0], w[1], true
	}
	for _, l := range o.Lists {
		if d := l.Describe(); d.Name == name {
			return d.ZH, d.EN, true
		}
	}
	return "", "", false
}

// spoken are lists whose heading would not do within a sentence.
var spoken = map[string][2]string{
	"cases": {"办件", "cases"}, "findings": {"异常", "findings"}, "ratings": {"好差评", "ratings"}, "volunteers": {"义务监督员", "volunteer supervisors"},
	"overdue": {"超时登记", "the overdue register"}, "rejections": {"否定报备", "the register of rejections"}, "authorizations": {"首席代表授权", "authorizations"},
	"reviews": {"评议", "reviews"}, "visits": {"暗访", "visits"}, "matters": {"督办", "matters"}, "acts": {"操作记录", "the record of acts"},
}

// Calendar is the office's calendar as it is now.
func (o *Office) Calendar() *workday.Calendar { return o.Journal.Calendar() }

// Today is the office's day.
func (o *Office) Today() workday.Date { return o.Calendar().DateOf(o.Now()) }

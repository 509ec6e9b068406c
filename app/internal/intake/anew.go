package intake

import (
	"github.com/mingcha-console/mingcha/app/internal/store"
)

// anewChunk is how many cases are judged anew in one transaction, so that what
// departments send is not kept waiting.
const anewChunk = 1024

// anewAtOnce is how many are judged in the transaction that asks for it.
const anewAtOnce = 4096

// judgeSomeAnew judges the first of those cases anew that are to be, in the
// transaction that asks for it: of most offices, all of them.
func (p *projector) judgeSomeAnew() (err error) {
	if p.pending, err = p.w.Rejudgements(); err != nil {
		return err
	}
	for n := 0; len(p.pending) > 0 && n < anewAtOnce; {
		done, err := p.anewOnce(anewChunk)
		if err != nil {
			return err
		}
		n += done
	}
	return nil
}

// judgeAllAnew finishes judging anew.
func (p *projector) judgeAllAnew() error {
	for len(p.pending) > 0 {
		select {
		case <-p.quit:
			return ErrClosed
		default:
		}
		if _, err := p.anewOnce(anewChunk); err != nil {
			return err
		}
		p.hot.trim()
	}
	return nil
}

// anewOnce judges the next cases anew, and notes how far that went.
func (p *projector) anewOnce(most int) (done int, err error) {
	r := &p.pending[0]
	d := p.reg.department(r.Dept)
	ids, err := p.w.CasesAfter(r.Dept, r.After, most)
	if err != nil {
		return 0, err
	}
	p.anew = true
	_, err = p.judgeAnew(d, ids)
	p.anew = false
	if err != nil {
		return 0, err
	}
	if len(ids) < most {
		err = p.w.Rejudged(r.Dept)
		p.pending = p.pending[1:]
		return len(ids), err
	}
	r.After = ids[len(ids)-1]
	return len(ids), p.w.Rejudge(store.Rejudgement{Dept: r.Dept, After: r.After})
}

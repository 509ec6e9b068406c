package xeslog

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
)

// straight is the events that stand straight in a log, outside of any trace, as
// IEEE 1849 allows. They come in any order, so they wait in a temporary file
// until the log's end and are given out case by case.
type straight struct {
	f     *os.File
	w     *bufio.Writer
	index []placed
	ranks map[string]uint32 // of cases, in the order in which they came
	size  int64

	sorted bool
	given  int
}

// placed is an event in the temporary file.
type placed struct {
	offset int64
	rank   uint32
	marked bool
}

func (s *straight) put(caseOf func(Attrs) string, attrs Attrs, marked bool) error {
	if s.f == nil {
		f, err := os.CreateTemp("", "xes-events-")
		if err != nil {
			return &Error{Reason: Unreadable, Err: err}
		}
		os.Remove(f.Name()) // an open file cannot be removed on Windows; close does it there
		s.f, s.w, s.ranks = f, bufio.NewWriterSize(f, 256<<10), map[string]uint32{}
	}
	no := caseOf(attrs)
	rank, known := s.ranks[no]
	if !known {
		rank = uint32(len(s.ranks))
		s.ranks[no] = rank
	}
	b := binary.AppendUvarint(nil, uint64(len(attrs)))
	for _, a := range attrs {
		for _, text := range []string{a.Key, a.Value} {
			b = append(binary.AppendUvarint(b, uint64(len(text))), text...)
		}
	}
	s.index = append(s.index, placed{s.size, rank, marked})
	n, err := s.w.Write(b)
	s.size += int64(n)
	if err != nil {
		return &Error{Reason: Unreadable, Err: err}
	}
	return nil
}

// next is the next case, nil after the last.
func (s *straight) next() (*Trace, error) {
	if s.given == len(s.index) {
		return nil, nil
	}
	if !s.sorted {
		if err := s.w.Flush(); err != nil {
			return nil, err
		}
		slices.SortStableFunc(s.index, func(a, b placed) int { return int(a.rank) - int(b.rank) })
		s.ranks, s.sorted = nil, true
	}
	t := &Trace{Straight: true}
	rank := s.index[s.given].rank
	for ; s.given < len(s.index) && s.index[s.given].rank == rank; s.given++ {
		e, err := s.event(s.index[s.given].offset)
		if err != nil {
			return nil, err
		}
		t.Events = append(t.Events, e)
		t.Marked = t.Marked || s.index[s.given].marked
	}
	return t, nil
}

func (s *straight) event(offset int64) (Attrs, error) {
	r := bufio.NewReader(io.NewSectionReader(s.f, offset, s.size-offset))
	n, err := binary.ReadUvarint(r)
	if err != nil {
		return nil, fmt.Errorf("the temporary file of events: %w", err)
	}
	attrs := make(Attrs, n)
	for i := range attrs {
		for _, into := range []*string{&attrs[i].Key, &attrs[i].Value} {
			size, err := binary.ReadUvarint(r)
			if err != nil {
				return nil, fmt.Errorf("the temporary file of events: %w", err)
			}
			text := make([]byte, size)
			if _, err := io.ReadFull(r, text); err != nil {
				return nil, fmt.Errorf("the temporary file of events: %w", err)
			}
			*into = string(text)
		}
	}
	return attrs, nil
}

func (s *straight) close() error {
	if s.f == nil {
		return nil
	}
	err := s.f.Close()
	os.Remove(s.f.Name()) // gone already but on Windows
	if errors.Is(err, os.ErrClosed) {
		return nil
	}
	return err
}

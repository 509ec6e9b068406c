// Package sheet reads tables that other people's programs wrote: CSV in the
// encodings of Chinese Windows programs, and Excel workbooks (.xlsx) as they
// really look, with merged cells, headings in two rows, notes above and totals
// below, several sheets, some of them hidden, and numbers that Excel cut.
//
// It knows nothing of what the tables say. What cannot be read is refused with
// the true reason and what to do about it, in Chinese and English; what is
// damaged in one place is told of that place, and the rest is read on.
//
// It reads in one pass and in bounded memory, and needs nothing but Go's own
// library and golang.org/x/text: an adapter that reads a ledger brings no
// spreadsheet suite with it.
package sheet

// Package tlogcheck has others' tools say whether a journal that the console
// wrote out is one: tessera's fsck and torchwood's client. It is a module of its
// own, so that the console needs neither.
//
// MINGCHA_TLOG_RECORDS is how long the journal is (20,000 unless told; a release
// takes a million).
package tlogcheck

// Package vocab holds the words of the console: each closed set of words that the
// API, files and pages share (states, kinds, channels, levels) exists once, with
// what people read in both languages. It is pure.
package vocab

import (
	"slices"
	"strings"
)

// Word is one word of a vocabulary.
type Word struct {
	Key    string // in the API, in csv and json, and in addresses of pages
	ZH, EN string // as people read it
}

// Vocabulary is a closed set of words. Its name is the one under which pages find
// its words, such as "matters.state".
type Vocabulary struct {
	Name  string
	words []Word
}

// New is a vocabulary, its words in the order in which they are offered.
func New(name string, words ...Word) *Vocabulary {
	v := &Vocabulary{name, words}
	for i, w := range words {
		if slices.ContainsFunc(words[:i], func(x Word) bool { return x.Key == w.Key }) {
			panic("vocab: " + name + " has two words " + w.Key)
		}
	}
	return v
}

// Words lists the words in order.
func (v *Vocabulary) Words() []Word { return slices.Clone(v.words) }

// Keys lists the words as the API has them.
func (v *Vocabulary) Keys() []string {
	out := make([]string, len(v.words))
	for i, w := range v.words {
		out[i] = w.Key
	}
	return out
}

// Has tells whether there is a word.
func (v *Vocabulary) Has(key string) bool {
	return slices.ContainsFunc(v.words, func(w Word) bool { return w.Key == key })
}

// ZH is what a word is called in Chinese; a word that there is not stays as it is.
func (v *Vocabulary) ZH(key string) string {
	for _, w := range v.words {
		if w.Key == key {
			return w.ZH
		}
	}
	return key
}

// EN is what a word is called in English, as ZH is.
func (v *Vocabulary) EN(key string) string {
	for _, w := range v.words {
		if w.Key == key {
			return w.EN
		}
	}
	return key
}

// AllZH calls several words in Chinese, one after the other.
func (v *Vocabulary) AllZH(keys []string) string {
	out := make([]string, len(keys))
	for i, k := range keys {
		out[i] = v.ZH(k)
	}
	return strings.Join(out, "；")
}

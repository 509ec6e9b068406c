package main

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/mingcha-console/mingcha/app/internal/list"
	"github.com/mingcha-console/mingcha/app/internal/vocab"
)

const listsHead = `// Made by make generate from the lists that the features of the console describe.
// What is wrong here is put right there.

/** A word of a closed set, as the API has it and as people read it. */
export interface Word {
  readonly key: string
  readonly zh: string
  readonly en: string
}

/** A column of a list; sort is the order that goes by it. */
export interface ListColumn {
  readonly name: string
  readonly zh: string
  readonly en: string
  readonly width: number
  readonly sort?: string
  readonly words?: VocabularyName
}

/** What a list can be narrowed by: its parameter, and of a span its end's too. */
export interface ListFilter {
  readonly name: string
  readonly to?: string
  readonly zh: string
  readonly en: string
  readonly kind: 'department' | 'choice' | 'text' | 'span' | 'flag' | 'number'
  readonly words?: VocabularyName
  readonly keys?: readonly string[]
  readonly several?: boolean
}

/** An order in which a list can be shown; the first is the usual one. */
export interface ListOrder {
  readonly name: string
  readonly zh: string
  readonly en: string
}

/** A list: what the API, files and pages know of it. */
export interface ListDescription {
  readonly name: string
  readonly zh: string
  readonly en: string
  readonly columns: readonly ListColumn[]
  readonly filters: readonly ListFilter[]
  readonly orders: readonly ListOrder[]
  readonly fixed: boolean
}

`

type (
	columnJSON struct {
		Name  string  `json:"name"`
		ZH    string  `json:"zh"`
		EN    string  `json:"en"`
		Width float64 `json:"width"`
		Sort  string  `json:"sort,omitempty"`
		Words string  `json:"words,omitempty"`
	}
	filterJSON struct {
		Name    string   `json:"name"`
		To      string   `json:"to,omitempty"`
		ZH      string   `json:"zh"`
		EN      string   `json:"en"`
		Kind    string   `json:"kind"`
		Words   string   `json:"words,omitempty"`
		Keys    []string `json:"keys,omitempty"`
		Several bool     `json:"several,omitempty"`
	}
	orderJSON struct {
		Name string `json:"name"`
		ZH   string `json:"zh"`
		EN   string `json:"en"`
	}
	listJSON struct {
		Name    string       `json:"name"`
		ZH      string       `json:"zh"`
		EN      string       `json:"en"`
		Columns []columnJSON `json:"columns"`
		Filters []filterJSON `json:"filters"`
		Orders  []orderJSON  `json:"orders"`
		Fixed   bool         `json:"fixed"`
	}
)

// lists writes what pages know of lists, and every vocabulary that one of them or
// a feature speaks.
func lists(w io.Writer, all []list.Any, more []*vocab.Vocabulary) error {
	words := map[string]*vocab.Vocabulary{}
	note := func(v *vocab.Vocabulary) string {
		if v == nil {
			return ""
		}
		words[v.Name] = v
		return v.Name
	}
	for _, v := range more {
		note(v)
	}
	described := map[string]listJSON{}
	for _, l := range all {
		d := l.Describe()
		out := listJSON{Name: d.Name, ZH: d.ZH, EN: d.EN, Columns: []columnJSON{}, Filters: []filterJSON{}, Orders: []orderJSON{}, Fixed: d.Fixed}
		for _, c := range d.Columns {
			out.Columns = append(out.Columns, columnJSON{c.Name, c.ZH, c.EN, c.Width, c.Sort, note(c.Words)})
		}
		for _, f := range d.Filters {
			out.Filters = append(out.Filters, filterJSON{f.Name, f.To, f.ZH, f.EN, string(f.Sort), note(f.Words), f.Only, f.Several})
		}
		for _, o := range d.Orders {
			out.Orders = append(out.Orders, orderJSON{o.Name, o.ZH, o.EN})
		}
		described[d.Name] = out
	}
	fmt.Fprint(w, listsHead)
	fmt.Fprint(w, "export const vocabularies = {\n")
	for _, name := range slices.Sorted(maps.Keys(words)) {
		fmt.Fprintf(w, "  %q: [\n", name)
		for _, x := range words[name].Words() {
			fmt.Fprintf(w, "    { key: %s, zh: %s, en: %s },\n", quoted(x.Key), quoted(x.ZH), quoted(x.EN))
		}
		fmt.Fprint(w, "  ],\n")
	}
	fmt.Fprint(w, "} as const satisfies Record<string, readonly Word[]>\n\nexport type VocabularyName = keyof typeof vocabularies\n\nexport const lists = {\n")
	for _, name := range slices.Sorted(maps.Keys(described)) {
		b, err := json.MarshalIndent(described[name], "  ", "  ")
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "  %s: %s,\n", name, b)
	}
	_, err := fmt.Fprint(w, "} as const satisfies Record<string, ListDescription>\n\nexport type ListName = keyof typeof lists\n")
	return err
}

// quoted is a text as TypeScript has it.
func quoted(s string) string {
	b, _ := json.Marshal(s) // a string
	return string(b)
}

package architecture

import (
	"encoding/xml"
	"errors"
	"io"
	"os"
	"strings"
	"testing"
)

// TestTheDrawingIsWhatTheImportsGive holds the checked-in file to the code.
func TestTheDrawingIsWhatTheImportsGive(t *testing.T) {
	drawn, err := Mingcha().Draw(repository(t))
	if err != nil {
		t.Fatal(err)
	}
	kept, err := os.ReadFile("../../../build/docs/architecture.svg")
	if err != nil {
		t.Fatal(err)
	}
	if string(kept) != drawn {
		t.Error("build/docs/architecture.svg is not what the imports give: run make generate and commit it")
	}
}

// TestTheDrawingIsTheSameEachTime: maps have no order, and must not leave one.
func TestTheDrawingIsTheSameEachTime(t *testing.T) {
	g := repository(t)
	first, err := Mingcha().Draw(g)
	if err != nil {
		t.Fatal(err)
	}
	for range 5 {
		if again, _ := Mingcha().Draw(g); again != first {
			t.Fatal("two drawings of the same imports differ")
		}
	}
}

// TestTheDrawingOfAMadeUpHouse covers what the drawing must show and may leave
// out, and that it is well-formed.
func TestTheDrawingOfAMadeUpHouse(t *testing.T) {
	h := House{Layers: []Layer{
		{Name: "checks", Undrawn: true, Packages: []string{"check"}},
		{Name: "top", Duty: "begins", Packages: []string{"cli"}},
		{Name: "work", Duty: "people's", Grouped: true, Packages: []string{"app/internal/features/..."}},
		{Name: "low", Duty: "words & figures", Packages: []string{"store", "fault", "words"}},
		{Name: "empty", Packages: []string{"nobody"}},
	}, Common: []string{"words"}}
	svg, err := h.Draw(Graph{
		"check":                             {"cli"},
		"cli":                               {"app/internal/features/visit", "store", "fmt"},
		"app/internal/features/visit":       {"store", "app/internal/features/term", "app/internal/features/visit/words"},
		"app/internal/features/term":        {"fault"},
		"app/internal/features/visit/words": nil,
		"store":                             {"fault", "words"},
		"words":                             nil,
		"fault":                             nil,
	})
	if err != nil {
		t.Fatal(err)
	}
	for decoder := xml.NewDecoder(strings.NewReader(svg)); ; {
		if _, err := decoder.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatalf("not well-formed: %v", err)
		}
	}
	for _, want := range []string{">cli<", ">store<", ">fault<", ">words<", ">term   visit<", "words &amp; figures"} {
		if !strings.Contains(svg, want) {
			t.Errorf("%q is not on it", want)
		}
	}
	for _, not := range []string{">check<", "empty", "visit/words"} {
		if strings.Contains(svg, not) {
			t.Errorf("%q is on it", not)
		}
	}
	// cli → features → store → fault; the arrows past them say nothing more,
	// and none is drawn to words.
	if n := strings.Count(svg, `class="arrow"`); n != 3 {
		t.Errorf("%d arrows, want 3", n)
	}
}

func TestNoDrawingIsMadeOfACircle(t *testing.T) {
	h := House{Layers: []Layer{{Name: "all", Packages: []string{"a", "b"}}}}
	if _, err := h.Draw(Graph{"a": {"b"}, "b": {"a"}}); err == nil {
		t.Error("a circle was drawn")
	}
}

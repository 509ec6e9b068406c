package rating

import "testing"

// Codes that differ by a stroke are two; written in another way, one is found where it
// is the only one of its letters.
func TestCodesThatPeopleTellApartAreTwo(t *testing.T) {
	k := newCodebook()
	for _, code := range []string{"1/4", "14", "GH-01"} {
		k.add(code, code)
	}
	for text, want := range map[string]string{"1/4": "1/4", "１/4": "1/4", "14": "14", "1-4": "", "GH01": "GH-01", "gh—01": "GH-01", "GH02": "", "": "", "-": ""} {
		if got := k.find(text); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}

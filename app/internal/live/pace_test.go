package live

import (
	"testing"
	"time"
)

func TestFramesAreTheRarerTheMoreListen(t *testing.T) {
	for clients, want := range map[int]time.Duration{
		0: 4 * time.Millisecond, 1: 4 * time.Millisecond, 200: 4 * time.Millisecond,
		500: 10 * time.Millisecond, 1000: 20 * time.Millisecond, 5000: 20 * time.Millisecond,
	} {
		if got := pace(clients); got != want {
			t.Errorf("%d clients: frames every %v, want %v", clients, got, want)
		}
	}
}

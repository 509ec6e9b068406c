//go:build race

package adapterhost

// The race detector's own tables are larger than any limit.
const raceDetector = true

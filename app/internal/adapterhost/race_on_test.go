//go:build race

package adapterhost

const raceDetector = true

package desktop

import "slices"

// zoomSteps are the sizes that the window's pages may be shown in, in percent.
var zoomSteps = []int{100, 110, 125, 150, 175, 200}

// zoomed is the next size for what a person asked for: "in", "out" or "reset".
// One that is no step becomes the nearest in the direction asked for.
func zoomed(now int, ask string) int {
	switch ask {
	case "in":
		if i := slices.IndexFunc(zoomSteps, func(s int) bool { return s > now }); i >= 0 {
			return zoomSteps[i]
		}
		return zoomSteps[len(zoomSteps)-1]
	case "out":
		for _, s := range slices.Backward(zoomSteps) {
			if s < now {
				return s
			}
		}
		return zoomSteps[0]
	}
	return zoomSteps[0]
}

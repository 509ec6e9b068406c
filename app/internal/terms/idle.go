package terms

import "github.com/mingcha-console/mingcha/app/internal/workday"

// idleDays is after how many days without anything somebody is marked who was
// asked for something.
const idleDays = 90

// Idle tells whether it is 90 days or more from a day on which somebody did
// something, or began, to another.
func Idle(active, by workday.Date) bool { return by-active >= idleDays }

package workday

// onTheDay lays a limit of no days out: the day that the clock starts on. It ends
// at the close of business, of calendar days at midnight, in either counting mode.
// What starts after the close has the rest of that day; what starts on a day of
// rest, the next working day (Civil Code art. 203).
func (k *clock) onTheDay() {
	c, day := k.axis.c, floorDiv(k.begin, daySeconds)
	closing, midnight := day*daySeconds+c.hours.close(), day*daySeconds+daySeconds-1
	k.sameDay = true
	switch k.axis.kind {
	case civilWorkingDays:
		switch {
		case !c.table.IsWorkday(day):
			k.limit, k.restAt = 1, closing
		case k.begin > closing:
			k.noSooner = midnight
		}
	case strictWorkingDays:
		switch {
		case !c.table.IsWorkday(day):
			k.limit, k.restAt = c.hours.close(), closing
		case k.begin > closing:
			k.limit = midnight - k.begin
		default:
			k.limit = closing - k.begin
		}
	case strictCalendarDays:
		k.limit = midnight - k.begin
	case workingHours: // no time at all: the second in which it starts, and none before that
		k.noSooner = k.begin
	}
}

// ends is the axis' end of a position, and what a day of rest moved it from.
func (k *clock) ends(position int64) (local, from int64) {
	local, from = k.axis.ends(position)
	if local < k.noSooner {
		local, from = k.noSooner, k.noSooner
	}
	if k.restAt > 0 && position == k.start+k.limit {
		from = k.restAt
	}
	return local, from
}

func (k *clock) end(position int64) int64 {
	local, _ := k.ends(position)
	return local
}

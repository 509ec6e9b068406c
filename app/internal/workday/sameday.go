package workday

// onTheDay lays a limit of no days out: the day that the clock starts on. It ends
// at the close of business, in either counting mode, but for calendar days by Strict
// counting, which know no hours: those end at midnight. What starts after the close
// counts from when the office opens next; what starts on a day of rest has the next
// working day (Civil Code art. 203).
func (k *clock) onTheDay() {
	k.sameDay = true
	k.openNext()
	c, day := k.axis.c, floorDiv(k.begin, daySeconds)
	closing, midnight := day*daySeconds+c.hours.close(), day*daySeconds+daySeconds-1
	switch k.axis.kind {
	case civilWorkingDays:
		if !c.table.IsWorkday(day) {
			k.limit, k.restAt = 1, closing
		}
	case strictWorkingDays:
		if !c.table.IsWorkday(day) {
			k.limit, k.restAt = c.hours.close(), closing
		} else {
			k.limit = closing - k.begin
		}
	case strictCalendarDays:
		k.limit = midnight - k.begin
	case workingHours: // no time at all: the second in which it starts, and none before that
		k.noSooner = k.begin
	}
}

// openNext has a clock that starts after the close start when the office opens next.
// One that days of rest move begins on such a day all the same.
func (k *clock) openNext() {
	x, c := &k.axis, k.axis.c
	switch day := dateOf(k.begin); x.kind {
	case civilWorkingDays, strictWorkingDays, civilCalendarDays:
		if floorMod(k.begin, daySeconds) > c.hours.close() && (c.IsWorkday(day) || !x.working && !x.rolls) {
			k.begin = int64(c.AddWorkingDays(day, 1))*daySeconds + c.hours.open[0].from
			k.start = x.position(k.begin)
		}
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

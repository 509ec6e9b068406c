package city

// violation is one way of going wrong. plant plans a whole case around it and
// lists every finding that follows, its companions included: a case over its
// statutory limit was near its limit and over its promise before.
type violation struct {
	name   string
	weight float64
	fits   func(*item) bool
	plant  func(*draft)
}

// violations are all the ways, by the rule they are meant for.
var violations = []violation{
	{"V01", 15, timed, nearLimit},
	{"V02", 13, timed, overPromise},
	{"V03", 5, statutory, overStatutory},
	{"V04", 8, stepped, stepOverLimit},
	{"V05", 5, deemed, notToldInTime},
	{"V06", 6, (*item).roomy, toldTwice},
	{"V07", 6, anyLicensing, turnedDownWithoutGrounds},
	{"V08", 5, anyLicensing, turnedDownUnfiled},
	{"V09", 5, anyLicensing, filedAfterDeciding},
	{"V10", 8, (*item).roomy, unlawfulPause},
	{"V11", 8, (*item).roomy, overlongPause},
	{"V13", 8, (*item).roomy, unlawfulExtension},
	{"V17", 6, inHall, decidedOutsideHall},
	{"V19", 9, anyItem, enteredLate},
	{"V20", 11, decidedHere, contradictoryTimes},
	{"V21", 7, signedAtWindow, signedByAnother},
	{"V22", 4, gatedItem, signedUnauthorized},
	{"V24", 7, onSpot, notOnTheSpot},
	{"V27 overdue", 5, timed, overdueUnreported},
	{"V27 rejection", 5, anyItem, rejectionUnreported},
}

// The gated item is kept for the violation that needs it.
func anyItem(it *item) bool      { return !it.gated && it.published.Promised.GetUnit() != calendarUnit }
func decidedHere(it *item) bool  { return anyItem(it) && it.kind != kindReferred }
func anyLicensing(it *item) bool { return decidedHere(it) && it.licensing() }
func gatedItem(it *item) bool    { return it.gated }
func onSpot(it *item) bool       { return !it.gated && it.kind == kindSpot }
func inHall(it *item) bool       { return anyLicensing(it) && it.published.InHall }
func signedAtWindow(it *item) bool {
	return anyLicensing(it) && it.published.WindowSignOff
}

// timed items have a clock that a case can run out of within weeks.
func timed(it *item) bool {
	return it.kind != kindSpot && (it.promisedHours() > 0 || it.promisedDays() > 0) && anyItem(it)
}

func statutory(it *item) bool {
	return it.kind != kindSpot && it.mainDays() > 0 && it.statutoryDays() > 0
}

func stepped(it *item) bool { return it.kind != kindReferred && it.mainDays() >= 5 }

// deemed items show deemed acceptance without guessing what a department knows
// beforehand: their promise is as long as the time to tell what is missing, or
// they promise nothing.
func deemed(it *item) bool {
	return it.licensing() && (it.promisedDays() == 5 || it.kind == kindJoint) && it.kind != kindReferred
}

// fit lists, for each violation, the department's items it can be planted in,
// and their cumulative weights.
func (d *department) fit() {
	d.fitting = make([][]*item, len(violations))
	for i, v := range violations {
		for _, it := range d.items {
			if v.fits(it) {
				d.fitting[i] = append(d.fitting[i], it)
			}
		}
	}
}

var violationWeights = func() []float64 {
	var sum float64
	var cumulative []float64
	for _, v := range violations {
		sum += v.weight
		cumulative = append(cumulative, sum)
	}
	return cumulative
}()

// violating plans a case that goes wrong, or returns nil where nothing fits:
// the department has no such item, or the case would not be fully told by the
// end of the data.
func (b *draft) violating() *plan {
	v := weighted(&b.rng, violationWeights)
	items := b.department.fitting[v]
	if len(items) == 0 {
		return nil
	}
	b.begin(pick(&b.rng, items))
	violations[v].plant(b)
	if len(b.findings) == 0 {
		return nil // not possible on this day
	}
	if p := b.finish(); b.city.until == 0 || p.known <= b.city.until {
		return p
	}
	return nil
}

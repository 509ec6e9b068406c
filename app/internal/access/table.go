package access

import "slices"

var (
	everyone, seesCases, seesCity, office, desk, headAlone, takesFiles = Everyone, SeesCases, SeesCity, Office, Desk, HeadAlone, TakesFiles
)

// table is who may do what, by the operation's name in the API's description.
// An operation that is not here cannot be registered.
var table = map[string][]Role{
	// Oneself.
	"session": everyone,

	// What the law and the office have published.
	"calendar":   everyone,
	"checkpoint": everyone,

	// Cases and what came of them.
	"live": seesCases,

	// How the console itself is.
	"settings":       seesCity,
	"adapters":       seesCity,
	"adapterLogs":    office,
	"startAdapter":   office,
	"stopAdapter":    desk,
	"restartAdapter": office,
	"signCheckpoint": desk,
	"importCalendar": desk,

	// Visits. Who made one is the head's to open, and the journal says so.
	"myVisits":        {Volunteer},
	"putPhoto":        {Volunteer},
	"fileVisit":       {Volunteer},
	"supplementVisit": {Volunteer},
	"myVisitPhoto":    {Volunteer},
	"visits":          office,
	"exportVisits":    desk,
	"visit":           office,
	"visitPhoto":      office,
	"unsealVisitor":   headAlone,

	// What volunteers are asked for. Departments never learn of it.
	"visitPlans":      desk,
	"visitPlanCounts": desk,
	"visitCandidates": desk,
	"visitors":        desk,
	"planVisit":       desk,
	"changeVisitPlan": desk,
	"cancelVisitPlan": desk,
	"declineVisit":    {Volunteer},
	"matterVisits":    office,

	// Departments rate notes without knowing whose.
	"noteRating": {Head, Staff, Liaison},
	"rateNote":   {Liaison},

	// People.
	"network":      headAlone,
	"openNetwork":  headAlone,
	"closeNetwork": headAlone,
}

// May tells whether a role may do an operation.
func May(r Role, operation string) bool { return slices.Contains(table[operation], r) }

// Defined tells whether the table speaks of an operation.
func Defined(operation string) bool { return table[operation] != nil }

// Operations lists what a role may do, in order: pages show no more than that.
func Operations(r Role) []string {
	var out []string
	for op, roles := range table {
		if slices.Contains(roles, r) {
			out = append(out, op)
		}
	}
	slices.Sort(out)
	return out
}

// Table is the whole table; whoever reads it must not change it.
func Table() map[string][]Role { return table }

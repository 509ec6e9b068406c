package access

import "slices"

var (
	everyone, seesCases, seesCity, office, desk, headAlone, takesFiles = Everyone, SeesCases, SeesCity, Office, Desk, HeadAlone, TakesFiles
)

// table is who may do what, by the operation's name in the API's description.
// An operation that is not here cannot be registered.
var table = map[string][]Role{
	// Oneself.
	"session":        everyone,
	"signOut":        everyone,
	"changePassword": everyone,
	"mySessions":     everyone,
	"endMySessions":  everyone,

	"secondFactor":        everyone,
	"beginSecondFactor":   everyone,
	"confirmSecondFactor": everyone,
	"endSecondFactor":     everyone,

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

	// Reviews. Reviewers' names are the head's to open, and the journal says so.
	"myReviews":       {Volunteer},
	"myReview":        {Volunteer},
	"declareInterest": {Volunteer},
	"giveVerdict":     {Volunteer},
	"reviews":         seesCases,
	"exportReviews":   takesFiles,
	"unsealReviewers": headAlone,
	"draws":           everyone,
	"makeDraw":        desk,
	"drawCertificate": everyone,

	// What the office chooses for review; who reviews it is not its to choose.
	"reviewPlan":           office,
	"setReviewPlan":        desk,
	"putUpForReview":       desk,
	"caseReviews":          office,
	"authorizationReviews": office,

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

	// Ratings of the service. Who gave one is the desk's to open, and the journal
	// says so.
	"ratings":             seesCases,
	"ratingFigures":       seesCases,
	"rating":              seesCases,
	"exportRatings":       takesFiles,
	"openRater":           desk,
	"previewRatingImport": desk,
	"importRatings":       desk,
	"ratingImports":       desk,
	"callbackDraws":       seesCity,
	"callbacks":           office,
	"drawCallbacks":       desk,
	"openCallback":        desk,
	"recordCallback":      desk,

	// Who serves as a volunteer supervisor. Sums of their work, never whose single
	// reviews and visits were; departments rate notes without knowing whose.
	"terms":             desk,
	"volunteerRecord":   desk,
	"appointVolunteer":  desk,
	"correctTerm":       desk,
	"endTerm":           desk,
	"trainings":         desk,
	"recordTraining":    desk,
	"withdrawTraining":  desk,
	"appraiseVolunteer": desk,
	"exportVolunteers":  desk,
	"myTerm":            {Volunteer},
	"noteRating":        {Head, Staff, Liaison},
	"rateNote":          {Liaison},

	// People.
	"accounts":        headAlone,
	"createAccount":   headAlone,
	"changeAccount":   headAlone,
	"resetPassword":   headAlone,
	"revokeSessions":  headAlone,
	"acts":            desk,
	"actPeople":       desk,
	"exportActs":      desk,
	"network":         headAlone,
	"openNetwork":     headAlone,
	"closeNetwork":    headAlone,
	"unmaskApplicant": desk,

	"factorRoles":         headAlone,
	"requireSecondFactor": headAlone,
	"removeSecondFactor":  headAlone,
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

package access

// Groups of roles, as operations name who may do them.
var (
	Everyone     = []Role{Head, Staff, Duty, Leader, Liaison, Volunteer}
	SeesCases    = []Role{Head, Staff, Duty, Leader, Liaison} // a liaison its own department's only
	SeesCity     = []Role{Head, Staff, Duty, Leader}          // all of the city
	Office       = []Role{Head, Staff, Duty}
	Desk         = []Role{Head, Staff} // who decides and files
	HeadAlone    = []Role{Head}
	TakesFiles   = []Role{Head, Staff, Leader, Liaison}
	StepsMatters = []Role{Head, Staff, Liaison}
	Liaisons     = []Role{Liaison}
	Volunteers   = []Role{Volunteer}
)

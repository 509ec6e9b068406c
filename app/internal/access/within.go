package access

import "github.com/mingcha-console/mingcha/app/internal/fault"

// elsewhere is what a liaison is told of other departments' matters: the same
// as of matters that do not exist.
var elsewhere = fault.New(fault.NotFound, "not_found", "没有找到。您只能查看本部门的内容。", "Not found. You can see your own department's matters only.", nil)

// Within sets the department of a query to the one that the principal is kept
// to; asking for another is asking for what is not there.
func (p Principal) Within(department *string) error {
	own, restricted := p.Restricted()
	if !restricted {
		return nil
	}
	if *department != "" && *department != own {
		return elsewhere
	}
	*department = own
	return nil
}

// Sees tells by an error if the principal may not see a department's matters.
func (p Principal) Sees(department string) error { return p.Within(&department) }

package act

import "testing"

// Minor 12: "转部门处理：GT" says nothing to a clerk.
func TestMinor12WordsNameDepartments(t *testing.T) {
	n := Naming(func(code string) (zh, en string) {
		if code == "GT" {
			return "国土资源局", "Land and Resources Bureau"
		}
		return "", ""
	})
	words := func(code string) (zh, en string) {
		return "差评 #7 转部门处理：" + DepartmentIn(code), "Bad rating #7 went to its department: " + DepartmentIn(code) + "."
	}
	for code, want := range map[string][2]string{
		"GT": {"差评 #7 转部门处理：国土资源局", "Bad rating #7 went to its department: Land and Resources Bureau."},
		"ZZ": {"差评 #7 转部门处理：ZZ", "Bad rating #7 went to its department: ZZ."},
		"":   {"差评 #7 转部门处理：", "Bad rating #7 went to its department: ."},
	} {
		if zh, en := n.In(words(code)); zh != want[0] || en != want[1] {
			t.Errorf("%q: %q %q", code, zh, en)
		}
	}
	if zh, _ := codes.In(words("GT")); zh != "差评 #7 转部门处理：GT" {
		t.Errorf("without names: %q", zh)
	}
	if zh, en := n.In("没有部门的话", "no department \x1e here"); zh != "没有部门的话" || en != "no department \x1e here" {
		t.Errorf("%q %q", zh, en)
	}
}

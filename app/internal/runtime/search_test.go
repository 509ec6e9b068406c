package runtime

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/mingcha-console/mingcha/app/internal/access"
	"github.com/mingcha-console/mingcha/app/internal/features/account"
	"github.com/mingcha-console/mingcha/app/internal/features/casework"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// What a word finds by its letters, among people, matters and authorizations as well;
// and that nobody finds what they may not see.
func TestMinor10ASearchFindsByPinyinWhatOneMaySee(t *testing.T) {
	w := openTown(t)
	w.rate() // a bad rating of each department: matter 1 and 2
	at := func(days int) *timestamppb.Timestamp { return timestamppb.New(w.c.Now().AddDate(0, 0, days)) }
	authorizations := &pb.AuthorizationsResponse{Cursor: []byte("1"), CaughtUp: true}
	for code, rep := range map[string]string{"GH": "长孙重行", "JS": "单雄"} {
		authorizations.Records = append(authorizations.Records, &pb.AuthorizationRecord{Record: &pb.AuthorizationRecord_Authorization{Authorization: &pb.Authorization{SourceId: "q" + code,
			Department: code, AuthNo: code + "-授权-1", Rep: &pb.Person{Name: rep, Post: "首席代表"}, ValidFrom: at(-200), ValidTo: at(100), Signer: "局长", SignedAt: at(-200)}}})
	}
	if err := w.c.intake.Authorizations(t.Context(), "a", authorizations); err != nil {
		t.Fatal(err)
	}
	for login, x := range map[string]account.Profile{"zhixin": {Name: "王志新", Role: access.Liaison, Department: "JS"}, "changhe": {Name: "欧阳长河", Role: access.Volunteer}} {
		if _, err := w.c.accounts.Create(t.Context(), access.Here, login, x); err != nil {
			t.Fatal(err)
		}
	}
	w.add("head", access.Head, "")
	w.add("staff", access.Staff, "")
	w.add("duty", access.Duty, "")
	w.add("gh", access.Liaison, "GH")
	as := map[string]*browser{}
	for _, login := range []string{"head", "staff", "duty", "gh"} {
		as[login] = w.signedIn(login)
	}
	found := func(login, word string) string {
		t.Helper()
		status, answer := as[login].do("GET", "/api/search?q="+url.QueryEscape(word), "")
		var f casework.Found
		if err := json.Unmarshal(answer, &f); err != nil || status != http.StatusOK {
			t.Fatalf("%s: %q: %d %s", login, word, status, answer)
		}
		var out []string
		for _, x := range f.Departments {
			out = append(out, x.Code)
		}
		for _, x := range f.Items {
			out = append(out, x.Name)
		}
		for _, x := range f.Authorizations {
			out = append(out, x.Rep)
		}
		for _, x := range f.People {
			out = append(out, x.Name)
		}
		for _, x := range f.Matters {
			out = append(out, fmt.Sprintf("%s督办", x.Department))
		}
		return strings.Join(out, " ")
	}
	for _, c := range []struct{ login, word, want string }{
		{"head", "wzx", "王志新"},
		{"head", "wangzhixin", "王志新"},
		{"head", "王志", "王志新"},
		{"head", "zhixin", "王志新"},
		{"head", "oych", "欧阳长河"}, {"head", "ouyangzhanghe", "欧阳长河"},
		{"staff", "oych", "欧阳长河"},
		{"staff", "wzx", ""}, // staff see volunteers only
		{"duty", "wzx", ""}, {"duty", "oych", ""},
		{"gh", "wzx", ""}, {"gh", "oych", ""}, {"gh", "王志新", ""},
		{"head", "zszx", "长孙重行"}, {"head", "changsunchonghang", "长孙重行"}, {"head", "zhangsunzhongxing", "长孙重行"}, {"head", "shanxiong", "单雄"},
		{"gh", "zszx", "长孙重行"}, {"gh", "shanxiong", ""}, {"gh", "单雄", ""},
		{"head", "xuke", "GH许可 JS许可 JS督办 GH督办"}, {"gh", "xuke", "GH许可 JS许可 GH督办"}, // items are published
		{"head", "说了三遍", "JS督办 GH督办"}, {"gh", "说了三遍", "GH督办"},
		{"gh", "slsb", "GH督办"}, {"gh", "shuolesanbian", "GH督办"}, {"gh", ofJS, ""},
	} {
		got := strings.Replace(found(c.login, c.word), "GH督办 JS督办", "JS督办 GH督办", 1) // ratings of one moment come in either order
		if got != c.want {
			t.Errorf("%s finds by %q: %q, want %q", c.login, c.word, got, c.want)
		}
	}
	// By its number, as pages write it: a liaison its own department's.
	own, seen := 0, 0
	for _, word := range []string{"督办 1", "督办#2"} {
		if found("head", word) == "" {
			t.Errorf("the head does not find %s", word)
		}
		if got := found("gh", word); got == "GH督办" {
			own++
		} else if got != "" {
			seen++
		}
	}
	if own != 1 || seen != 0 {
		t.Errorf("a liaison finds %d of its own by number, and %d of others", own, seen)
	}
}

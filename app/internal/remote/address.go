package remote

import (
	"fmt"
	"net"
	"net/netip"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"github.com/mingcha-console/mingcha/app/internal/fault"
)

// DefaultPort is where a console is unless the address says otherwise.
const DefaultPort = 8617

var hostForm = regexp.MustCompile(`^[a-z0-9_]([a-z0-9_.-]{0,251}[a-z0-9_])?$`)

// ParseAddress brings what a person typed or pasted, a host with or without a
// port or a whole address of a browser, into the form host:port.
func ParseAddress(typed string) (string, error) {
	s := strings.ToLower(strings.TrimSpace(norm.NFKC.String(typed)))
	for _, scheme := range []string{"https://", "http://"} {
		s = strings.TrimPrefix(s, scheme)
	}
	s, _, _ = strings.Cut(s, "/")
	host, port, err := net.SplitHostPort(s)
	if err != nil { // without a port
		host, port = strings.Trim(s, "[]"), strconv.Itoa(DefaultPort)
	}
	n, err := strconv.ParseUint(port, 10, 16)
	_, notIP := netip.ParseAddr(host)
	if err != nil || n == 0 || notIP != nil && !hostForm.MatchString(host) {
		return "", fault.New(fault.Invalid, "remote_address",
			fmt.Sprintf("地址 %q 写法有误。请写成“机器名或 IP 地址:端口”，例如 192.168.1.20:8617；端口是 8617 时可以不写。", typed),
			fmt.Sprintf("The address %q is not well written. Write a name or IP address and a port, for example 192.168.1.20:8617; the port may be left out where it is 8617.", typed), nil)
	}
	return net.JoinHostPort(host, strconv.FormatUint(n, 10)), nil
}

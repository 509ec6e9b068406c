// Package origin compares where a page came from with the host that it asks. Who
// leaves a default port away and who writes it out mean the same: a gateway sends
// "Host: name:443" where the page's origin is "https://name". It is pure.
package origin

import (
	"net"
	"net/url"
	"strings"
)

// defaults are the ports that an address need not say.
var defaults = map[string]string{"http": "80", "https": "443"}

// Same tells whether an origin, as the header of that name has it, is the host
// that was asked, as the Host header has it; and its scheme. Schemes of their own,
// such as the window's, have no default port. What is no origin is none.
func Same(origin, host string) (scheme string, same bool) {
	u, err := url.Parse(origin)
	if err != nil || u.Host == "" || u.User != nil || u.Path != "" || u.RawQuery != "" || u.Fragment != "" {
		return "", false
	}
	name, port := split(u.Host, u.Scheme)
	asked, at := split(host, u.Scheme)
	return u.Scheme, name != "" && strings.EqualFold(name, asked) && port == at
}

// split is a host's name and its port, the scheme's where it says none.
func split(hostport, scheme string) (name, port string) {
	name, port, err := net.SplitHostPort(hostport)
	if err != nil { // no port
		name, port = strings.TrimSuffix(strings.TrimPrefix(hostport, "["), "]"), ""
	}
	if port == "" {
		port = defaults[scheme]
	}
	return strings.TrimSuffix(name, "."), port
}

package network

import (
	"fmt"
	"net"
	"net/netip"
	"os"
	"slices"
	"strconv"
	"strings"
)

// Addresses are the https addresses on which colleagues can reach this machine
// now, likeliest first. Phones seldom find a machine by its name, so addresses
// come first; IPv6 only counts where there is no IPv4, because machines change
// theirs from day to day.
func Addresses(port int) []string {
	ips, _ := reachable()
	hosts := texts(ips)
	if name, ok := hostName(); ok {
		hosts = append(hosts, name)
	}
	list := make([]string, len(hosts))
	for i, host := range hosts {
		list[i] = "https://" + authority(host, port) + "/"
	}
	return list
}

// authority is host and port as an https address has them.
func authority(host string, port int) string {
	if port != 443 {
		return net.JoinHostPort(host, strconv.Itoa(port))
	}
	if strings.Contains(host, ":") {
		return "[" + host + "]"
	}
	return host
}

// wanted are the names that the console's own certificate must be for, and
// those that it may leave out later.
func wanted(extra []string) (must, also []string) {
	must = append([]string{"localhost", "127.0.0.1", "::1"}, extra...)
	if name, ok := hostName(); ok {
		must = append(must, name)
	}
	first, rest := reachable()
	must = unique(append(must, texts(first)...))
	for _, name := range texts(rest) {
		if !slices.Contains(must, name) {
			also = append(also, name)
		}
	}
	return must, also
}

// reachable are the addresses of interfaces that are connected: those to use,
// and IPv6 ones besides. A machine whose interfaces cannot be listed has none.
func reachable() (use, besides []netip.Addr) {
	interfaces, err := net.Interfaces()
	if err != nil {
		return nil, nil
	}
	var v4, v6 []netip.Addr
	for _, i := range interfaces {
		if i.Flags&net.FlagRunning == 0 || i.Flags&net.FlagLoopback != 0 {
			continue
		}
		addrs, err := i.Addrs()
		if err != nil {
			continue // gone since it was listed
		}
		for _, a := range addrs {
			prefix, err := netip.ParsePrefix(a.String())
			if err != nil || !prefix.Addr().IsGlobalUnicast() {
				continue // link-local ones cannot stand in a browser's address
			}
			if ip := prefix.Addr().Unmap(); ip.Is4() {
				v4 = append(v4, ip)
			} else {
				v6 = append(v6, ip.WithZone(""))
			}
		}
	}
	if len(v4) > 0 {
		return v4, v6
	}
	return v6, nil
}

// hostName is the machine's name if certificates and browsers can have it;
// Windows lets names be Chinese.
func hostName() (string, bool) {
	name, err := os.Hostname()
	name = strings.ToLower(name)
	return name, err == nil && name != "localhost" && isHostName(name)
}

// isHostName follows RFC 1123, 2.1, and allows the underscore as Windows does.
func isHostName(s string) bool {
	if s == "" || len(s) > 253 {
		return false
	}
	for label := range strings.SplitSeq(s, ".") {
		if label == "" || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' {
			return false
		}
		for _, c := range label {
			if !(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '_') {
				return false
			}
		}
	}
	return true
}

// checkNames brings names that somebody gave into one form.
func checkNames(names []string) ([]string, error) {
	var list []string
	for _, name := range names {
		if ip, err := netip.ParseAddr(strings.Trim(name, "[]")); err == nil {
			list = append(list, ip.Unmap().WithZone("").String())
			continue
		}
		lower := strings.ToLower(strings.TrimSuffix(name, "."))
		if !isHostName(lower) {
			return nil, invalid("host_name",
				fmt.Sprintf("%q 不是主机名或 IP 地址。请只写名称，不带 https:// 和端口，例如 mingcha.local 或 192.168.1.20。", name),
				fmt.Sprintf("%q is not a host name or an IP address. Give the name alone without https:// and port, for example mingcha.local or 192.168.1.20.", name), nil)
		}
		list = append(list, lower)
	}
	return unique(list), nil
}

func texts(ips []netip.Addr) []string {
	list := make([]string, len(ips))
	for i, ip := range ips {
		list[i] = ip.String()
	}
	return list
}

func unique(list []string) []string {
	var once []string
	for _, s := range list {
		if !slices.Contains(once, s) {
			once = append(once, s)
		}
	}
	return once
}

package remote

import (
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"fmt"
	"net"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/fault"
	"github.com/mingcha-console/mingcha/app/internal/network"
)

// Unknown is a console whose certificate nobody has confirmed yet: a person has
// to compare it with what the office reads out.
type Unknown struct {
	Address     string    `json:"address"`
	Fingerprint string    `json:"fingerprint"` // see network.Fingerprint
	Key         string    `json:"key"`         // see KeyOf; to be given back once confirmed
	Ends        time.Time `json:"ends"`
}

func (u *Unknown) Error() string {
	return fmt.Sprintf("the certificate of %s is not known: %s", u.Address, u.Fingerprint)
}

// KeyOf is the SHA-256 of a certificate's public key (SubjectPublicKeyInfo) in
// base64. It outlives the certificate: a console keeps its key when it renews.
func KeyOf(cert *x509.Certificate) string {
	sum := sha256.Sum256(cert.RawSubjectPublicKeyInfo)
	return base64.StdEncoding.EncodeToString(sum[:])
}

// trust decides whether who answers at an address is whom one means.
type trust struct {
	address string
	key     string         // that it must have; "": one that authorities vouch for will do
	roots   *x509.CertPool // nil: the system's
}

// config checks every connection, resumed ones too.
func (t trust) config(protocols ...string) *tls.Config {
	return &tls.Config{MinVersion: tls.VersionTLS12, ServerName: t.host(), NextProtos: protocols,
		InsecureSkipVerify: true, // instead of the usual check there is this one
		VerifyConnection:   t.verify}
}

func (t trust) host() string {
	host, _, _ := net.SplitHostPort(t.address) // it is of ParseAddress
	return host
}

func (t trust) verify(cs tls.ConnectionState) error {
	leaf := cs.PeerCertificates[0]
	switch {
	case t.key == KeyOf(leaf):
		return nil
	case t.key != "":
		return fault.New(fault.Forbidden, "certificate_changed",
			fmt.Sprintf("%s 的证书与上次确认的不同，已停止连接。可能是那台机器重装或换了证书，也可能有人冒充。请先向效能办问清楚：确实换过，就忘记旧证书并重新核对指纹；没有换过，请不要连接。", t.address),
			fmt.Sprintf("The certificate of %s is not the one confirmed before, so the connection was stopped. That machine may have been set up anew, or somebody may be posing as it. Ask the office first: if it did change, forget the old certificate and compare the fingerprint again; if not, do not connect.", t.address), nil)
	}
	rest := x509.NewCertPool()
	for _, c := range cs.PeerCertificates[1:] {
		rest.AddCert(c)
	}
	if _, err := leaf.Verify(x509.VerifyOptions{DNSName: t.host(), Roots: t.roots, Intermediates: rest}); err == nil {
		return nil
	}
	return &Unknown{t.address, network.Fingerprint(leaf), KeyOf(leaf), leaf.NotAfter.UTC()}
}

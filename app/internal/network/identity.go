// Package network is what serving an office's network takes: a certificate, a
// listener and a server with bounds, limits on how often and how much one
// address may ask. It knows nothing of what is served.
package network

import (
	"bytes"
	"context"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/hex"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// soon is how long before its end a certificate counts as ending.
const soon = 30 * 24 * time.Hour

// Warning is what an administrator should know and the console can live with.
type Warning struct{ ZH, EN string }

// Info describes a certificate in use.
type Info struct {
	Fingerprint string    // see Fingerprint
	NotAfter    time.Time // UTC
	Names       []string  // host names and IP addresses that it is for
	SelfMade    bool      // made by the console, to be confirmed by hand
	Warnings    []Warning
}

// Identity is the certificate by which the console shows who it is. It is safe
// for use by several goroutines.
type Identity struct {
	obtain  func(now time.Time) (*held, error)
	renewal sync.Mutex // one at a time
	held    atomic.Pointer[held]
}

type held struct {
	cert *tls.Certificate // with its leaf parsed
	info Info
}

// Certificate loads the certificate and key in PEM from the two files, or, if
// neither is named, the one that the console made for itself and keeps in
// dir/tls, making it where there is none that will do. names are host names or
// IP addresses by which colleagues reach this machine, besides its own. Errors
// are faults.
func Certificate(dir, certFile, keyFile string, names []string, now time.Time) (*Identity, error) {
	names, err := checkNames(names)
	if err != nil {
		return nil, err
	}
	id := &Identity{}
	switch {
	case certFile == "" && keyFile == "":
		id.obtain = func(now time.Time) (*held, error) { return selfMade(dir, names, now) }
	case certFile == "" || keyFile == "":
		return nil, invalid("certificate_half",
			"证书文件和私钥文件要一起指定。请补上缺少的一个，或两个都不指定，由控制台自己生成证书。",
			"A certificate needs its key and a key its certificate. Name both files, or neither and the console makes its own.", nil)
	default:
		id.obtain = func(now time.Time) (*held, error) { return given(certFile, keyFile, names, now) }
	}
	first, err := id.obtain(now)
	if err != nil {
		return nil, err
	}
	id.held.Store(first)
	return id, nil
}

// Info describes the certificate in use now.
func (id *Identity) Info() Info { return id.held.Load().info }

// Renew looks whether the certificate still does: one that the console made is
// made anew near its end or when the machine's addresses have changed; one that
// was given is read again, since somebody may have replaced the files. After an
// error the certificate in use stays in use. Open connections are not touched.
func (id *Identity) Renew(now time.Time) (changed bool, err error) {
	id.renewal.Lock()
	defer id.renewal.Unlock()
	next, err := id.obtain(now)
	if err != nil {
		return false, err
	}
	changed = !bytes.Equal(next.cert.Leaf.Raw, id.held.Load().cert.Leaf.Raw)
	id.held.Store(next)
	return changed, nil
}

// Keep renews now and then until the context ends.
func (id *Identity) Keep(ctx context.Context, every time.Duration, log *slog.Logger) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		changed, err := id.Renew(time.Now())
		info := id.Info()
		switch {
		case err != nil:
			log.WarnContext(ctx, "the certificate could not be renewed; the present one stays in use", "ends", info.NotAfter, "error", err)
		case changed:
			log.InfoContext(ctx, "a new certificate is in use", "fingerprint", info.Fingerprint, "ends", info.NotAfter, "names", info.Names)
		}
	}
}

// TLSConfig serves the certificate in use at each handshake: TLS 1.3, or 1.2
// with forward secrecy and authenticated encryption only; HTTP/2, and HTTP/1.1
// which WebSockets need.
func (id *Identity) TLSConfig() *tls.Config {
	return &tls.Config{
		MinVersion: tls.VersionTLS12,
		NextProtos: []string{"h2", "http/1.1"},
		CipherSuites: []uint16{
			tls.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, tls.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
			tls.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, tls.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
			tls.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, tls.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
		},
		GetCertificate: func(*tls.ClientHelloInfo) (*tls.Certificate, error) { return id.held.Load().cert, nil },
	}
}

// Fingerprint is the certificate's SHA-256 in sixteen groups of four
// hexadecimal digits, for people to compare: "3F2A 91BC …".
func Fingerprint(cert *x509.Certificate) string {
	sum := sha256.Sum256(cert.Raw)
	digits := strings.ToUpper(hex.EncodeToString(sum[:]))
	groups := make([]string, 0, len(digits)/4)
	for i := 0; i < len(digits); i += 4 {
		groups = append(groups, digits[i:i+4])
	}
	return strings.Join(groups, " ")
}

func hold(cert *tls.Certificate, self bool, warnings []Warning) *held {
	names := append([]string(nil), cert.Leaf.DNSNames...)
	for _, ip := range cert.Leaf.IPAddresses {
		names = append(names, ip.String())
	}
	return &held{cert, Info{Fingerprint(cert.Leaf), cert.Leaf.NotAfter.UTC(), names, self, warnings}}
}

package network

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/fault"
)

const (
	// lifetime stays under the 398 days that browsers and phones allow at most.
	lifetime = 397 * 24 * time.Hour
	// early is how far back it begins, for clients whose clock is slow.
	early = 24 * time.Hour
	// pairFile in dir/tls holds key and certificate together, so that one
	// rename replaces both or neither.
	pairFile = "console.pem"
)

// selfMade loads the console's own certificate or makes a new one.
func selfMade(dir string, extra []string, now time.Time) (*held, error) {
	dir = filepath.Join(dir, "tls")
	file := filepath.Join(dir, pairFile)
	must, also := wanted(extra)
	var warnings []Warning
	var key crypto.PrivateKey // a sound one stays, since clients may know the console by it
	cert, exposed, err := loadPair(file)
	switch {
	case err == nil && !exposed && serves(cert.Leaf, must, now):
		return hold(cert, true, nil), nil
	case err == nil && !exposed:
		key = cert.PrivateKey
	case exposed:
		warnings = append(warnings, Warning{
			fmt.Sprintf("私钥文件 %s 曾可被本机其他用户读取，已换用新的证书。请让同事重新确认指纹。", file),
			fmt.Sprintf("Others on this machine could read the key file %s, so a new certificate was made. Have colleagues confirm its fingerprint again.", file)})
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		if errors.Is(err, fs.ErrPermission) {
			return nil, notKept(dir, err)
		}
		warnings = append(warnings, Warning{
			fmt.Sprintf("证书文件 %s 已损坏，已换用新的证书。请让同事重新确认指纹。", file),
			fmt.Sprintf("The certificate file %s was damaged, so a new one was made. Have colleagues confirm its fingerprint again.", file)})
	}
	pair, err := newPair(key, append(must, also...), now)
	if err != nil {
		return nil, err
	}
	if err := keepPair(dir, pair); err != nil {
		return nil, notKept(dir, err)
	}
	made, err := tls.X509KeyPair(pair, pair)
	if err != nil {
		return nil, err
	}
	return hold(&made, true, warnings), nil
}

// loadPair also tells whether others on this machine could read the key. On
// Windows the folder's own permissions rule that, not the file's mode.
func loadPair(file string) (cert *tls.Certificate, exposed bool, err error) {
	info, err := os.Stat(file)
	if err != nil {
		return nil, false, err
	}
	pair, err := os.ReadFile(file)
	if err != nil {
		return nil, false, err
	}
	c, err := tls.X509KeyPair(pair, pair)
	return &c, runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0, err
}

// serves reports whether the certificate is for all the names and not near its
// end.
func serves(leaf *x509.Certificate, names []string, now time.Time) bool {
	if now.Before(leaf.NotBefore) || leaf.NotAfter.Sub(now) <= soon {
		return false
	}
	for _, name := range names {
		if leaf.VerifyHostname(name) != nil {
			return false
		}
	}
	return true
}

// newPair makes a certificate for a key (nil: a new one), in PEM. The
// certificate is no authority: who comes to trust it trusts this console and
// nothing else.
func newPair(of crypto.PrivateKey, names []string, now time.Time) ([]byte, error) {
	key, known := of.(crypto.Signer)
	if !known {
		var err error
		if key, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader); err != nil {
			return nil, err
		}
	}
	begin := now.UTC().Truncate(time.Second).Add(-early)
	// The last second belongs to the validity (RFC 5280, 4.1.2.5).
	t := &x509.Certificate{NotBefore: begin, NotAfter: begin.Add(lifetime - time.Second),
		Subject:  pkix.Name{CommonName: "Mingcha console", Organization: []string{"Mingcha, made by this console itself"}},
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		BasicConstraintsValid: true}
	for _, name := range names {
		if ip, err := netip.ParseAddr(name); err == nil {
			t.IPAddresses = append(t.IPAddresses, net.IP(ip.AsSlice()))
		} else {
			t.DNSNames = append(t.DNSNames, name)
		}
	}
	der, err := x509.CreateCertificate(rand.Reader, t, t, key.Public(), key)
	if err != nil {
		return nil, err
	}
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return nil, err
	}
	return append(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: secret}),
		pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})...), nil
}

// keepPair writes the file whole or leaves what was there.
func keepPair(dir string, pair []byte) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	file := filepath.Join(dir, pairFile)
	partial := file + ".new"
	// One that a crash left could have another mode.
	if err := os.Remove(partial); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	out, err := os.OpenFile(partial, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = out.Write(pair)
	if err := errors.Join(err, out.Sync(), out.Close()); err != nil {
		return errors.Join(err, os.Remove(partial))
	}
	if err := os.Rename(partial, file); err != nil {
		return errors.Join(err, os.Remove(partial))
	}
	return nil
}

func notKept(dir string, err error) error {
	return fault.New(fault.Unavailable, "certificate_not_kept",
		fmt.Sprintf("证书无法在文件夹 %s 里读取或保存。请检查磁盘空间和权限后重试。", dir),
		fmt.Sprintf("The certificate cannot be read from or saved in the folder %s. Check the disk's space and the permissions, then try again.", dir), err)
}

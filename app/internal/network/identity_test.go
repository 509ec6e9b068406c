package network

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/x509"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"
)

var noon = time.Date(2026, 3, 2, 4, 0, 0, 0, time.UTC)

const days = 24 * time.Hour

func certificate(t *testing.T, dir string, names []string, now time.Time) *Identity {
	t.Helper()
	id, err := Certificate(dir, "", "", names, now)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func TestAFingerprintReadsInGroupsOfFour(t *testing.T) {
	// The SHA-256 of "abc" is FIPS 180-2's own example.
	const want = "BA78 16BF 8F01 CFEA 4141 40DE 5DAE 2223 B003 61A3 9617 7A9C B410 FF61 F200 15AD"
	if got := Fingerprint(&x509.Certificate{Raw: []byte("abc")}); got != want {
		t.Error(got)
	}
}

func TestTheConsoleMakesACertificateThatBrowsersTake(t *testing.T) {
	dir := t.TempDir()
	id := certificate(t, dir, []string{"Mingcha.Example.", "10.1.2.3", "[fd00::1]"}, noon)
	leaf, info := id.held.Load().cert.Leaf, id.Info()
	if key, ok := leaf.PublicKey.(*ecdsa.PublicKey); !ok || key.Curve != elliptic.P256() || leaf.SignatureAlgorithm != x509.ECDSAWithSHA256 {
		t.Errorf("key %T, signature %v", leaf.PublicKey, leaf.SignatureAlgorithm)
	}
	if leaf.IsCA || leaf.KeyUsage != x509.KeyUsageDigitalSignature || !slices.Equal(leaf.ExtKeyUsage, []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}) {
		t.Errorf("may do more than serve: CA %v, usages %v %v", leaf.IsCA, leaf.KeyUsage, leaf.ExtKeyUsage)
	}
	if leaf.SerialNumber.BitLen() < 64 {
		t.Errorf("serial number %v can be guessed", leaf.SerialNumber)
	}
	if got := leaf.NotAfter.Sub(leaf.NotBefore) + time.Second; got != 397*days {
		t.Errorf("valid for %v", got)
	}
	if !info.SelfMade || len(info.Warnings) != 0 || !info.NotAfter.Equal(leaf.NotAfter) || info.Fingerprint != Fingerprint(leaf) {
		t.Errorf("%+v", info)
	}
	want := []string{"localhost", "127.0.0.1", "::1", "mingcha.example", "10.1.2.3", "fd00::1"}
	use, besides := reachable()
	want = append(append(want, texts(use)...), texts(besides)...)
	if host, ok := hostName(); ok {
		want = append(want, host)
	}
	roots := x509.NewCertPool()
	roots.AddCert(leaf)
	for _, name := range want {
		if _, err := leaf.Verify(x509.VerifyOptions{DNSName: name, Roots: roots, CurrentTime: noon}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if !slices.Contains(info.Names, name) {
			t.Errorf("%s is not among %v", name, info.Names)
		}
	}
}

func TestItIsKeptAndNobodyElseReadsTheKey(t *testing.T) {
	dir := t.TempDir()
	tls := filepath.Join(dir, "tls")
	// A crash while writing left its beginning, readable by all.
	if err := os.Mkdir(tls, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(tls, pairFile+".new"), []byte("begin"), 0o644); err != nil {
		t.Fatal(err)
	}
	first := certificate(t, dir, nil, noon)
	if again := certificate(t, dir, nil, noon.Add(days)); again.Info().Fingerprint != first.Info().Fingerprint {
		t.Error("another certificate on the next day")
	}
	files, err := os.ReadDir(tls)
	if err != nil || len(files) != 1 {
		t.Fatalf("in the folder: %v %v", files, err)
	}
	info, err := files[0].Info()
	if err != nil {
		t.Fatal(err)
	}
	if runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v", info.Mode())
	}
}

func TestItIsMadeAnewThirtyDaysBeforeItsEnd(t *testing.T) {
	dir := t.TempDir()
	id := certificate(t, dir, nil, noon)
	first := id.Info()
	// Begun a day early, it ends 396 days less a second from noon.
	if left := certificate(t, dir, nil, noon.Add(366*days-2*time.Second)).Info(); left.Fingerprint != first.Fingerprint {
		t.Error("made anew while it still had 30 days and a second")
	}
	renewed := certificate(t, dir, nil, noon.Add(366*days))
	next := renewed.Info()
	if next.Fingerprint == first.Fingerprint || !next.NotAfter.Equal(first.NotAfter.Add(366*days)) {
		t.Errorf("on day 366: %+v", next)
	}
	if !bytes.Equal(id.held.Load().cert.Leaf.RawSubjectPublicKeyInfo, renewed.held.Load().cert.Leaf.RawSubjectPublicKeyInfo) {
		t.Error("another key: who knew the console by it would not know it again")
	}
	if early := certificate(t, dir, nil, noon).Info(); early.Fingerprint == next.Fingerprint {
		t.Error("one is used that begins in the future")
	}
}

func TestItIsMadeAnewForANewAddressOnly(t *testing.T) {
	dir := t.TempDir()
	first := certificate(t, dir, []string{"10.1.2.3", "hall"}, noon).Info()
	if fewer := certificate(t, dir, []string{"hall"}, noon).Info(); fewer.Fingerprint != first.Fingerprint {
		t.Error("made anew for an address less")
	}
	if more := certificate(t, dir, []string{"10.1.2.4"}, noon).Info(); more.Fingerprint == first.Fingerprint || !slices.Contains(more.Names, "10.1.2.4") {
		t.Errorf("%+v", more)
	}
}

func TestADamagedOrExposedKeyIsReplacedWithAWarning(t *testing.T) {
	for name, spoil := range map[string]func(file string) error{
		"cut short": func(file string) error { return os.Truncate(file, 100) },
		"empty":     func(file string) error { return os.Truncate(file, 0) },
		"exposed":   func(file string) error { return os.Chmod(file, 0o640) },
	} {
		t.Run(name, func(t *testing.T) {
			if name == "exposed" && runtime.GOOS == "windows" {
				t.Skip("Windows rules this by the folder's permissions")
			}
			dir := t.TempDir()
			id := certificate(t, dir, nil, noon)
			first := id.Info()
			file := filepath.Join(dir, "tls", pairFile)
			if err := spoil(file); err != nil {
				t.Fatal(err)
			}
			replaced := certificate(t, dir, nil, noon)
			next := replaced.Info()
			if bytes.Equal(id.held.Load().cert.Leaf.RawSubjectPublicKeyInfo, replaced.held.Load().cert.Leaf.RawSubjectPublicKeyInfo) {
				t.Error("the same key")
			}
			if next.Fingerprint == first.Fingerprint || len(next.Warnings) != 1 || next.Warnings[0].ZH == "" || next.Warnings[0].EN == "" {
				t.Errorf("%+v", next)
			}
			if calm := certificate(t, dir, nil, noon).Info(); calm.Fingerprint != next.Fingerprint || len(calm.Warnings) != 0 {
				t.Errorf("afterwards %+v", calm)
			}
		})
	}
}

func TestAFailedWriteLeavesTheOldCertificate(t *testing.T) {
	dir := t.TempDir()
	id := certificate(t, dir, nil, noon)
	file := filepath.Join(dir, "tls", pairFile)
	before, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	// Where the new file should go, there is a folder with something in it.
	if err := os.MkdirAll(filepath.Join(file+".new", "x"), 0o700); err != nil {
		t.Fatal(err)
	}
	changed, err := id.Renew(noon.Add(380 * days))
	isFault(t, err, "certificate_not_kept")
	if after, err := os.ReadFile(file); changed || err != nil || string(after) != string(before) {
		t.Errorf("changed %v, file %v", changed, err)
	}
	if !id.Info().NotAfter.After(noon.Add(380 * days)) {
		t.Error("the certificate in use is gone")
	}
	notDir := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(notDir, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err = Certificate(notDir, "", "", nil, noon)
	isFault(t, err, "certificate_not_kept")
}

func TestNamesThatAreNoneAreRefused(t *testing.T) {
	for _, name := range []string{"", "https://hall", "hall:8617", "大厅", "a..b", "-a", "a b", strings.Repeat("a", 64), "*.example"} {
		_, err := Certificate(t.TempDir(), "", "", []string{name}, noon)
		isFault(t, err, "host_name")
	}
}

func TestACertificateServesEveryNameItIsMadeFor(t *testing.T) {
	label := rapid.StringMatching(`[a-z0-9]([a-z0-9_-]{0,10}[a-z0-9])?`)
	rapid.Check(t, func(t *rapid.T) {
		var names []string
		for range rapid.IntRange(1, 4).Draw(t, "names") {
			switch rapid.IntRange(0, 2).Draw(t, "kind") {
			case 0:
				// With a letter at the end it cannot be taken for an address.
				names = append(names, strings.Join(rapid.SliceOfN(label, 1, 3).Draw(t, "labels"), ".")+"x")
			case 1:
				names = append(names, net.IP(rapid.SliceOfN(rapid.Byte(), 4, 4).Draw(t, "v4")).String())
			default:
				names = append(names, net.IP(rapid.SliceOfN(rapid.Byte(), 16, 16).Draw(t, "v6")).String())
			}
		}
		checked, err := checkNames(names)
		if err != nil {
			t.Fatal(err)
		}
		pair, err := newPair(nil, checked, noon)
		if err != nil {
			t.Fatal(err)
		}
		cert, err := parsePair(pair)
		if err != nil {
			t.Fatal(err)
		}
		if !serves(cert, checked, noon) || serves(cert, append(checked, "other-host"), noon) {
			t.Fatalf("made for %v, is for %v %v", checked, cert.DNSNames, cert.IPAddresses)
		}
	})
}

func TestKeepRenewsWhileRunningAndStops(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		id := certificate(t, dir, nil, time.Now())
		first := id.Info()
		ctx, cancel := context.WithCancel(t.Context())
		go id.Keep(ctx, 5*days, slog.New(slog.DiscardHandler))
		time.Sleep(364 * days)
		synctest.Wait()
		if id.Info().Fingerprint != first.Fingerprint {
			t.Error("renewed a month too early")
		}
		time.Sleep(7 * days)
		synctest.Wait()
		if now := id.Info(); now.Fingerprint == first.Fingerprint || time.Until(now.NotAfter) < 390*days {
			t.Errorf("after 371 days: %+v", now)
		}
		cancel()
		synctest.Wait() // the test fails if the goroutine is still there
	})
}

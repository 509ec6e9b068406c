package network

import (
	"crypto/tls"
	"crypto/x509"
	"os"
	"strings"
	"testing"
	"time"
)

func parsePair(pair []byte) (*x509.Certificate, error) {
	c, err := tls.X509KeyPair(pair, pair)
	return c.Leaf, err
}

func TestAGivenCertificateIsUsedAsItIs(t *testing.T) {
	certFile, keyFile := pairFiles(t, []string{"hall.example"}, noon)
	dir := t.TempDir()
	id, err := Certificate(dir, certFile, keyFile, []string{"HALL.example"}, noon)
	if err != nil {
		t.Fatal(err)
	}
	if info := id.Info(); info.SelfMade || len(info.Warnings) != 0 || len(info.Names) != 1 || info.Names[0] != "hall.example" {
		t.Errorf("%+v", info)
	}
	if files, err := os.ReadDir(dir); err != nil || len(files) != 0 {
		t.Errorf("something was written besides: %v %v", files, err)
	}
}

func TestAGivenCertificateThatWillNotDoIsRefusedWithASentence(t *testing.T) {
	certFile, keyFile := pairFiles(t, []string{"hall.example"}, noon)
	_, otherKey := pairFiles(t, []string{"hall.example"}, noon)
	text := t.TempDir() + "/text"
	if err := os.WriteFile(text, []byte("no certificate"), 0o600); err != nil {
		t.Fatal(err)
	}
	// Valid from a day before noon to 396 days after it.
	for name, c := range map[string]struct {
		cert, key string
		now       time.Time
		code      string
	}{
		"another's key":        {certFile, otherKey, noon, "certificate_key"},
		"no key":               {certFile, "", noon, "certificate_half"},
		"no certificate":       {"", keyFile, noon, "certificate_half"},
		"key is text":          {certFile, text, noon, "certificate_unreadable"},
		"certificate is text":  {text, keyFile, noon, "certificate_unreadable"},
		"key is not there":     {certFile, text + "x", noon, "certificate_file"},
		"ended":                {certFile, keyFile, noon.Add(396 * days), "certificate_expired"},
		"not begun":            {certFile, keyFile, noon.Add(-days - time.Second), "certificate_early"},
		"a folder, not a file": {t.TempDir(), keyFile, noon, "certificate_file"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Certificate(t.TempDir(), c.cert, c.key, nil, c.now)
			isFault(t, err, c.code)
		})
	}
}

func TestAGivenCertificateWarnsOfItsEndAndOfNamesItLacks(t *testing.T) {
	certFile, keyFile := pairFiles(t, []string{"hall.example"}, noon)
	for _, c := range []struct {
		after time.Duration
		names []string
		want  []string
	}{
		{366*days - 2*time.Second, nil, nil}, // 30 days and a second left
		{366 * days, nil, []string{"2027-04-02"}},
		{0, []string{"hall.example", "10.1.2.3"}, []string{"10.1.2.3"}},
		{380 * days, []string{"office"}, []string{"2027-04-02", "office"}},
	} {
		id, err := Certificate(t.TempDir(), certFile, keyFile, c.names, noon.Add(c.after))
		if err != nil {
			t.Fatal(err)
		}
		got := id.Info().Warnings
		if len(got) != len(c.want) {
			t.Fatalf("after %v for %v: %v", c.after, c.names, got)
		}
		for i, part := range c.want {
			if !strings.Contains(got[i].ZH, part) || !strings.Contains(got[i].EN, part) {
				t.Errorf("%v does not name %s", got[i], part)
			}
		}
	}
}

func TestReplacedFilesAreTakenUpAndBrokenOnesAreNot(t *testing.T) {
	certFile, keyFile := pairFiles(t, []string{"hall.example"}, noon)
	id, err := Certificate(t.TempDir(), certFile, keyFile, nil, noon)
	if err != nil {
		t.Fatal(err)
	}
	first := id.Info().Fingerprint
	if changed, err := id.Renew(noon); changed || err != nil {
		t.Errorf("same files: %v %v", changed, err)
	}
	if err := os.WriteFile(keyFile, []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	changed, err := id.Renew(noon)
	isFault(t, err, "certificate_unreadable")
	if changed || id.Info().Fingerprint != first {
		t.Error("a broken file put the certificate in use out of it")
	}
	next, err := newPair(nil, []string{"hall.example"}, noon.Add(days))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range []string{certFile, keyFile} {
		if err := os.WriteFile(f, next, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if changed, err := id.Renew(noon.Add(days)); !changed || err != nil || id.Info().Fingerprint == first {
		t.Errorf("new files: %v %v", changed, err)
	}
}

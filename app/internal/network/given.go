package network

import (
	"crypto/tls"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/mingcha-console/mingcha/app/internal/fault"
)

// given loads a certificate that the administrator brings.
func given(certFile, keyFile string, names []string, now time.Time) (*held, error) {
	certPEM, err := readPEM("证书", "certificate", certFile)
	if err != nil {
		return nil, err
	}
	keyPEM, err := readPEM("私钥", "key", keyFile)
	if err != nil {
		return nil, err
	}
	cert, err := tls.X509KeyPair(certPEM, keyPEM)
	switch {
	case err != nil && strings.Contains(err.Error(), "does not match"):
		return nil, invalid("certificate_key",
			fmt.Sprintf("私钥 %s 与证书 %s 不是一对。请换成配套的文件；证书文件里服务器自己的证书要排在最前。", keyFile, certFile),
			fmt.Sprintf("The key %s does not belong to the certificate %s. Bring the two that fit; the server's own certificate comes first in its file.", keyFile, certFile), err)
	case err != nil:
		return nil, invalid("certificate_unreadable",
			fmt.Sprintf("证书 %s 或私钥 %s 读不懂。两者都要是 PEM 格式，私钥不能带密码。", certFile, keyFile),
			fmt.Sprintf("The certificate %s or the key %s cannot be read. Both have to be PEM, and the key without a password.", certFile, keyFile), err)
	}
	leaf := cert.Leaf
	if now.Before(leaf.NotBefore) {
		return nil, invalid("certificate_early",
			fmt.Sprintf("证书 %s 从 %s 起才有效。请核对本机时间，或换用已生效的证书。", certFile, day(leaf.NotBefore)),
			fmt.Sprintf("The certificate %s is valid only from %s on. Check this machine's clock, or bring one that is valid.", certFile, day(leaf.NotBefore)), nil)
	}
	if now.After(leaf.NotAfter) {
		return nil, invalid("certificate_expired",
			fmt.Sprintf("证书 %s 已于 %s 到期。请换用新的证书，或不指定证书，由控制台自己生成。", certFile, day(leaf.NotAfter)),
			fmt.Sprintf("The certificate %s ended on %s. Bring a new one, or name none and the console makes its own.", certFile, day(leaf.NotAfter)), nil)
	}
	var warnings []Warning
	if leaf.NotAfter.Sub(now) < soon {
		warnings = append(warnings, Warning{
			fmt.Sprintf("证书 %s 将于 %s 到期。请尽快换用新的证书。", certFile, day(leaf.NotAfter)),
			fmt.Sprintf("The certificate %s ends on %s. Replace it soon.", certFile, day(leaf.NotAfter))})
	}
	for _, name := range names {
		if leaf.VerifyHostname(name) != nil {
			warnings = append(warnings, Warning{
				fmt.Sprintf("证书 %s 不含 %s，用这个地址打开页面时浏览器会告警。请换用含有它的证书。", certFile, name),
				fmt.Sprintf("The certificate %s is not for %s; browsers will warn at that address. Bring one that names it.", certFile, name)})
		}
	}
	return hold(&cert, false, warnings), nil
}

func readPEM(zh, en, file string) ([]byte, error) {
	b, err := os.ReadFile(file)
	if err != nil {
		return nil, invalid("certificate_file",
			fmt.Sprintf("%s文件 %s 打不开。请核对路径和读取权限。", zh, file),
			fmt.Sprintf("The %s file %s cannot be opened. Check the path and that this account may read it.", en, file), err)
	}
	return b, nil
}

func day(t time.Time) string { return t.UTC().Format("2006-01-02 15:04 UTC") }

func invalid(code, zh, en string, err error) error {
	return fault.New(fault.Invalid, code, zh, en, err)
}

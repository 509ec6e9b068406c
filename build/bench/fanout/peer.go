package main

import (
	"bufio"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"math/big"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"time"

	"github.com/centrifugal/centrifuge"
)

const channel = "changes"

// servePeer is a centrifuge server over TLS that publishes what the console
// publishes: the events of twenty milliseconds in one frame.
func servePeer() error {
	node, err := centrifuge.New(centrifuge.Config{})
	if err != nil {
		return err
	}
	node.OnConnecting(func(context.Context, centrifuge.ConnectEvent) (centrifuge.ConnectReply, error) {
		return centrifuge.ConnectReply{Credentials: &centrifuge.Credentials{UserID: "viewer"}}, nil
	})
	node.OnConnect(func(c *centrifuge.Client) {
		c.OnSubscribe(func(_ centrifuge.SubscribeEvent, answer centrifuge.SubscribeCallback) {
			answer(centrifuge.SubscribeReply{}, nil)
		})
	})
	if err := node.Run(); err != nil {
		return err
	}
	cert, err := certificate()
	if err != nil {
		return err
	}
	ln, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{Certificates: []tls.Certificate{cert}, NextProtos: []string{"http/1.1"}})
	if err != nil {
		return err
	}
	fmt.Println(ln.Addr())
	go publish(node)
	return http.Serve(ln, centrifuge.NewWebsocketHandler(node, centrifuge.WebsocketConfig{CheckOrigin: func(*http.Request) bool { return true }}))
}

// change is as big as one of the console's.
type change struct {
	Seq        int       `json:"seq"`
	Kind       string    `json:"kind"`
	Department string    `json:"department"`
	CaseID     int       `json:"case_id"`
	CaseNo     string    `json:"case_no"`
	ItemCode   string    `json:"item_code"`
	At         time.Time `json:"at"`
	ObservedAt time.Time `json:"observed_at"`
	Level      string    `json:"level"`
}

func publish(node *centrifuge.Node) {
	every := time.NewTicker(20 * time.Millisecond)
	seq := 0
	for range every.C {
		now := time.Now()
		var all []change
		for i := range perSec / 50 {
			seq++
			at := now.Add(-20*time.Millisecond + time.Duration(i)*5*time.Millisecond) // came in since the last frame
			all = append(all, change{seq, "step_finished", "D07", seq, fmt.Sprintf("D07-2026-%08d", seq), "I03", at.UTC(), now.UTC(), "none"})
		}
		b, err := json.Marshal(map[string]any{"type": "changes", "changes": all})
		if err == nil {
			_, err = node.Publish(channel, b)
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
	}
}

func certificate() (tls.Certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return tls.Certificate{}, err
	}
	t := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.ParseIP("127.0.0.1")}}
	der, err := x509.CreateCertificate(rand.Reader, t, t, &key.PublicKey, key)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, err
}

func measurePeer() (figures, error) {
	cmd := exec.Command(os.Args[0], "peer")
	cmd.Stderr = os.Stderr
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return figures{}, err
	}
	if err := cmd.Start(); err != nil {
		return figures{}, err
	}
	defer stop(cmd)
	address, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil {
		return figures{}, err
	}
	all := make([]browser, browsers)
	for i := range all {
		all[i].from = localAddress(i)
	}
	time.Sleep(time.Second)
	before, after := resident(cmd.Process.Pid), 0.0
	waits, err := stream("wss://"+strings.TrimSpace(address)+"/", nil, all,
		[][]byte{[]byte(`{"id":1,"connect":{}}`), []byte(`{"id":2,"subscribe":{"channel":"` + channel + `"}}`)},
		func() { time.Sleep(3 * time.Second); after = resident(cmd.Process.Pid) })
	return summarize(waits, before, after), err
}

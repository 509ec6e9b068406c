package main

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/gorilla/websocket"
	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"
	_ "github.com/mattn/go-sqlite3"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/proto"

	"github.com/mingcha-console/mingcha/sdk"
	pb "github.com/mingcha-console/mingcha/sdk/contract/mingcha/adapter/v1"
)

// floorProcess is the floor in a process of its own, as the console is: a bare
// go-plugin stream from the same feeder, the events inserted in plain batches
// through database/sql as durably as the console's, and the batch written to
// one WebSocket. There is no checking, judging or proving in it.
func floorProcess(args []string) error {
	feeder, config, dir := args[0], args[1], args[2]
	client := plugin.NewClient(&plugin.ClientConfig{HandshakeConfig: sdk.Handshake,
		VersionedPlugins: map[int]plugin.PluginSet{sdk.ProtocolVersion: {sdk.PluginName: bare{}}},
		Cmd:              exec.Command(feeder), AllowedProtocols: []plugin.Protocol{plugin.ProtocolGRPC}, AutoMTLS: true,
		Logger: hclog.NewNullLogger(), SkipHostEnv: true, GRPCDialOptions: sdk.DialOptions()})
	defer client.Kill()
	rpc, err := client.Client()
	if err != nil {
		return err
	}
	raw, err := rpc.Dispense(sdk.PluginName)
	if err != nil {
		return err
	}
	adapter := raw.(pb.AdapterServiceClient)
	answer, err := adapter.Configure(context.Background(), &pb.ConfigureRequest{ConfigJson: []byte(config), OfficeZone: "Asia/Shanghai", BaseDir: dir})
	if err != nil || len(answer.FieldErrors) > 0 {
		return errors.Join(err, fmt.Errorf("%v", answer.GetFieldErrors()))
	}
	db, err := floorDatabase(dir)
	if err != nil {
		return err
	}
	defer db.Close()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Println(ln.Addr())
	served := make(chan error, 1)
	go http.Serve(ln, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { //nolint:errcheck // ends with the process
		up := websocket.Upgrader{WriteBufferSize: 64 << 10}
		ws, err := up.Upgrade(w, r, nil)
		if err == nil {
			err = move(adapter, db, ws)
			ws.Close()
		}
		served <- err
	}))
	return <-served
}

func floorDatabase(dir string) (*sql.DB, error) {
	db, err := sql.Open("sqlite3", "file:"+filepath.Join(dir, "floor.db")+"?_journal_mode=WAL&_synchronous=FULL")
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	_, err = db.Exec(`CREATE TABLE event (seq INTEGER PRIMARY KEY, department TEXT, case_no TEXT, source_id TEXT, kind INTEGER, occurred_at INTEGER, body BLOB);
		CREATE UNIQUE INDEX event_source ON event (department, source_id);
		CREATE INDEX event_case ON event (case_no);
		CREATE INDEX event_time ON event (occurred_at)`)
	return db, err
}

// told is what the floor tells of an event: what the console tells of one.
type told struct {
	Seq        uint64    `json:"seq"`
	Kind       string    `json:"kind"`
	Department string    `json:"department"`
	CaseID     uint64    `json:"case_id"`
	CaseNo     string    `json:"case_no"`
	ItemCode   string    `json:"item_code"`
	At         time.Time `json:"at"`
	ObservedAt time.Time `json:"observed_at"`
	Level      string    `json:"level"`
}

// floorBatch is how many rows share a transaction.
const floorBatch = 1024

// move is the floor itself: receive, insert, send on. Inserting and sending
// overlap, as they do in the console.
func move(adapter pb.AdapterServiceClient, db *sql.DB, ws *websocket.Conn) error {
	stream, err := adapter.Events(context.Background(), &pb.EventsRequest{})
	if err != nil {
		return err
	}
	received := make(chan *pb.EventsResponse, 16)
	committed := make(chan []byte, 16)
	go func() {
		defer close(received)
		for {
			m, err := stream.Recv()
			if err != nil {
				return
			}
			received <- m
			if m.CaughtUp {
				return
			}
		}
	}()
	failed := make(chan error, 1)
	go func() {
		defer close(committed)
		failed <- insert(db, received, committed)
	}()
	for frame := range committed {
		if err := ws.WriteMessage(websocket.TextMessage, frame); err != nil {
			return err
		}
	}
	return errors.Join(<-failed, ws.WriteMessage(websocket.TextMessage, []byte("end")))
}

func insert(db *sql.DB, received <-chan *pb.EventsResponse, committed chan<- []byte) error {
	open := true
	for open {
		tx, err := db.Begin()
		if err != nil {
			return err
		}
		put, err := tx.Prepare(`INSERT INTO event (department, case_no, source_id, kind, occurred_at, body) VALUES (?,?,?,?,?,?)`)
		if err != nil {
			return err
		}
		frame := bytes.NewBufferString(`{"type":"changes","changes":[`)
		empty := frame.Len()
		for n := 0; n < floorBatch; {
			m, more := <-received
			if open = more; !more {
				break
			}
			for _, r := range m.Records {
				e := r.GetEvent()
				body, err := proto.Marshal(e)
				if err != nil {
					return err
				}
				if _, err := put.Exec(e.Department, e.CaseNo, e.SourceId, int64(e.Kind), e.OccurredAt.AsTime().UnixMicro(), body); err != nil {
					return err
				}
				text, err := json.Marshal(told{Seq: uint64(n), Kind: "received", Department: e.Department, CaseID: uint64(n), CaseNo: e.CaseNo, ItemCode: e.ItemCode,
					At: e.OccurredAt.AsTime(), ObservedAt: e.EnteredAt.AsTime(), Level: "none"})
				if err != nil {
					return err
				}
				if frame.Len() > empty {
					frame.WriteByte(',')
				}
				frame.Write(text)
				n++
			}
		}
		if err := errors.Join(put.Close(), tx.Commit()); err != nil {
			return err
		}
		if frame.Len() > empty {
			frame.WriteString("]}")
			committed <- frame.Bytes()
		}
	}
	return nil
}

// bare hands out the generated client.
type bare struct{ plugin.NetRPCUnsupportedPlugin }

func (bare) GRPCServer(*plugin.GRPCBroker, *grpc.Server) error { return errors.New("a client only") }

func (bare) GRPCClient(_ context.Context, _ *plugin.GRPCBroker, c *grpc.ClientConn) (any, error) {
	return pb.NewAdapterServiceClient(c), nil
}

// floor runs the floor and returns events a second, from the client's hello to
// its last byte.
func (b *bench) floor(f *feed, events int) (float64, error) {
	dir, err := os.MkdirTemp(b.dir, "floor-")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(dir)
	config, err := json.Marshal(f)
	if err != nil {
		return 0, err
	}
	cmd := exec.Command(os.Args[0], "floor", filepath.Join(b.adapters(), "feeder"), string(config), dir)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		return 0, err
	}
	if err := cmd.Start(); err != nil {
		return 0, err
	}
	var address string
	if _, err := fmt.Fscanln(out, &address); err != nil {
		return 0, errors.Join(err, cmd.Wait())
	}
	go io.Copy(io.Discard, out) //nolint:errcheck // until it ends
	ws, _, err := (&websocket.Dialer{ReadBufferSize: 1 << 20}).Dial("ws://"+address, nil)
	if err != nil {
		return 0, err
	}
	var m meter
	for {
		_, frame, err := ws.ReadMessage()
		if err != nil {
			return 0, err
		}
		if string(frame) == "end" {
			break
		}
		var msg message
		if err := json.Unmarshal(frame, &msg); err != nil {
			return 0, err
		}
		m.frame(len(msg.Changes))
	}
	ws.Close()
	if m.events != events {
		return 0, fmt.Errorf("the floor moved %d events of %d", m.events, events)
	}
	err = cmd.Wait()
	b.spent["floor"] = cores(cmd, events)
	return m.rate(), err
}

package tasks

import (
	"bytes"
	"encoding/json"
	"errors"
	"time"

	"github.com/nats-io/nats.go"
)

// inline is what a message of NATS carries, whose servers take 1 MB unless told otherwise. More goes by the object
// store.
const inline = 512 << 10

// carried is how much a message of a connection carries.
func carried(nc *nats.Conn) int { return min(inline, int(nc.MaxPayload()/2)) }

// request is the head of a message that asks for tasks.
type request struct {
	ID      uint64        `json:"i"`
	Run     uint64        `json:"r"` // the call of Map that it belongs to
	Func    string        `json:"f"`
	N       int           `json:"n"` // how many inputs it brings
	Tries   int           `json:"t"` // how often it may be given out
	Timeout time.Duration `json:"d,omitempty"`
	Max     int64         `json:"m"`           // the largest result
	X64     bool          `json:"x,omitempty"` // whether the caller has 64-bit types
	Object  string        `json:"o,omitempty"` // where the inputs are, if they are not in the message
}

// reply is the head of a worker's answer.
type reply struct {
	ID       uint64           `json:"i"`
	Worker   string           `json:"w"`
	Ack      string           `json:"a"` // the subject by which NATS is told that the request is done
	Took     time.Duration    `json:"d"`
	Failures map[int]*failure `json:"f,omitempty"` // by input; all others have a result
	All      *failure         `json:"e,omitempty"` // of every input
	Object   string           `json:"o,omitempty"`

	payload []byte // the results, encoded
	values  any    // or as they are, from a goroutine of this process
	err     error  // the pool's own, with no worker
}

// frame is a head in JSON and what it describes.
func frame(head any, payload []byte) []byte {
	text, err := json.Marshal(head)
	if err != nil {
		panic(err) // plain structs of ours
	}
	return append(append(text, '\n'), payload...)
}

func unframe(data []byte, head any) (payload []byte, err error) {
	text, payload, ok := bytes.Cut(data, []byte{'\n'})
	if !ok {
		return nil, errors.New("tasks: a message without a head")
	}
	return payload, json.Unmarshal(text, head)
}

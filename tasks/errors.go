package tasks

import (
	"context"
	"errors"
	"fmt"
	"strings"
)

// What can go wrong, for errors.Is. All but the last seven come in an *Error, which says with which input, and where.
var (
	ErrPanic        = errors.New("the task panicked")
	ErrTimeout      = fmt.Errorf("the task took longer than Options.Timeout: %w", context.DeadlineExceeded)
	ErrLost         = errors.New("every worker that had the task died")
	ErrUnregistered = errors.New("the worker does not know the task")
	ErrEncoding     = errors.New("gob cannot encode or decode it")
	ErrTooLarge     = errors.New("larger than Options.MaxBytes")
	ErrClosed       = errors.New("the pool is closed")

	ErrBuild   = errors.New("another build of the program")
	ErrToken   = errors.New("the server refuses the user or the token")
	ErrTLS     = errors.New("no TLS connection")
	ErrPort    = errors.New("the address cannot be listened on")
	ErrServer  = errors.New("no NATS server with JetStream answers")
	ErrWorkers = errors.New("no worker could start")
	ErrOptions = errors.New("bad options")
)

// kinds are the errors that a worker sends, by the name that they have on the way.
var kinds = map[string]error{"panic": ErrPanic, "timeout": ErrTimeout, "lost": ErrLost,
	"unregistered": ErrUnregistered, "encoding": ErrEncoding, "too large": ErrTooLarge}

// Error is why a task failed.
type Error struct {
	Call   string // the line that asked for the task: "main.go:31"
	Task   string // its name
	Index  int    // which of the inputs of Map or Unordered
	Worker string // who had it: "local-2@host"; empty where nobody had
	Where  string // the worker's line, for a panic: "fit.go:12"
	Stack  string // the worker's goroutine, for a panic
	Err    error  // what the function returned, or one of the errors above with what is known more
}

// Error is "main.go:31: task fit, input 7, on local-2@host: fit.go:12: the task panicked: what it said".
func (e *Error) Error() string {
	var s strings.Builder
	if e.Call != "" {
		s.WriteString(e.Call + ": ")
	}
	fmt.Fprintf(&s, "task %s, input %d", e.Task, e.Index)
	if e.Worker != "" {
		s.WriteString(", on " + e.Worker)
	}
	s.WriteString(": ")
	if e.Where != "" {
		s.WriteString(e.Where + ": ")
	}
	s.WriteString(e.Err.Error())
	return s.String()
}

// Unwrap is the cause.
func (e *Error) Unwrap() error { return e.Err }

// failure is an error on its way from a worker.
type failure struct {
	Kind, Text, Where, Stack string
}

// failed is the failure of kind with a text.
func failed(kind, format string, args ...any) *failure {
	return &failure{Kind: kind, Text: fmt.Sprintf(format, args...)}
}

func (f *failure) err() error {
	switch is := kinds[f.Kind]; {
	case is == nil:
		return errors.New(f.Text)
	case f.Text == "":
		return is
	default:
		return fmt.Errorf("%w: %s", is, f.Text)
	}
}

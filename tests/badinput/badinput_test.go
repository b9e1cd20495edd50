// Package badinput goes through everything that a user can do wrong and holds gojax to its promise: a clear error of
// the right type, at the line of the mistake, and a process that computes on as if nothing had happened.
package badinput_test

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/tests/leak"
)

func TestMain(m *testing.M) {
	if f := children[os.Getenv("GOJAX_TEST_CHILD")]; f != nil {
		f()
		os.Exit(0)
	}
	leak.Main(m, gojax.LiveBuffers)
}

type arr = jnp.Array

// mistake is one thing done wrong. It is written on one line, by which says knows the line that its error must name.
type mistake struct {
	name string
	f    func()
	want message
}

// message is what an error must say, and the line that it must name.
type message struct {
	parts []string
	file  string
	line  int
	op    string // the Error.Op, where the line of the mistake does not show which function is called
}

// by is m for a mistake that is found in the function op of the library, which its line does not name.
func (m message) by(op string) message {
	m.op = op
	return m
}

// says is the message with these parts and the caller's line.
func says(parts ...string) message {
	_, file, line, _ := runtime.Caller(1)
	return message{parts: parts, file: file, line: line}
}

// saysAbove is says for a mistake that gofmt has put on the line above.
func saysAbove(parts ...string) message {
	_, file, line, _ := runtime.Caller(1)
	return message{parts: parts, file: file, line: line - 1}
}

// check makes the mistakes one by one, each on a goroutine of its own so that one that hangs is named, and then counts
// what is left.
func check(t *testing.T, cases []mistake) {
	t.Helper()
	before := leak.Steady(gojax.LiveBuffers)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) { checkOne(t, c) })
	}
	if n := leak.Settle(gojax.LiveBuffers, before); n > before {
		t.Errorf("%d arrays were alive before, %d are now", before, n)
	}
}

func checkOne(t *testing.T, c mistake) {
	t.Helper()
	done := make(chan any, 1)
	go func() {
		var err error
		defer func() {
			if r := recover(); r != nil {
				done <- r
			} else {
				done <- err
			}
		}()
		err = gojax.Try(c.f)
	}()
	var got any
	select {
	case got = <-done:
	case <-time.After(5 * time.Minute):
		t.Fatal("it hangs")
	}
	err, _ := got.(error)
	var e *gojax.Error
	switch {
	case got == nil:
		t.Error("no error")
	case !errors.As(err, &e):
		t.Errorf("panics with %T: %v", got, got)
	default:
		t.Log(err)
		file, line := c.want.file, c.want.line
		if f, l := e.Src.Position(); f != file || l != line {
			t.Errorf("%v\nnames %s:%d; the mistake is at %s:%d", err, filepath.Base(f), l, filepath.Base(file), line)
		}
		if prefix := filepath.Base(file) + ":" + strconv.Itoa(line) +
			": "; !strings.HasPrefix(err.Error(), prefix+e.Op) {
			t.Errorf("%v\ndoes not begin with %s and the operation", err, prefix)
		}
		checkOp(t, e.Op, c.want)
		for _, w := range c.want.parts {
			if !strings.Contains(err.Error(), w) {
				t.Errorf("%v\ndoes not say %q", err, w)
			}
		}
	}
	works(t)
}

var (
	opForm = regexp.MustCompile(`^[a-z]+\.[A-Z]\w*(\.[A-Z]\w*)?$`)
	calls  = regexp.MustCompile(`([\w)}\]]+)\.([A-Z]\w*)(?:\[[^\]]*\])?\(`) // the functions that a line calls
)

// checkOp fails unless op is the name of a function of the library, and the one that the mistake calls.
func checkOp(t *testing.T, op string, want message) {
	t.Helper()
	if !opForm.MatchString(op) {
		t.Errorf("%q is not the name of a function of the library", op)
	}
	if want.op != "" {
		if op != want.op {
			t.Errorf("the function is named %q, want %q", op, want.op)
		}
		return
	}
	src, err := os.ReadFile(want.file)
	if err != nil {
		t.Fatal(err)
	}
	line := strings.Split(string(src), "\n")[want.line-1]
	pkg, name := op[:strings.IndexByte(op, '.')], op[strings.LastIndexByte(op, '.')+1:]
	for _, call := range calls.FindAllStringSubmatch(line, -1) {
		// A function is called through its package, a method through anything else.
		if call[2] == name && (call[1] == pkg || !packages[call[1]]) {
			return
		}
	}
	t.Errorf("the function is named %q, which this line does not call: %s", op, line)
}

// packages are those of the library that mistakes are made with.
var packages = map[string]bool{"debug": true, "fft": true, "gojax": true, "jnp": true, "lax": true, "linalg": true,
	"nn": true, "random": true, "special": true, "stats": true}

// works fails unless arrays are computed right, at once and jitted, and no trace was left open.
func works(t *testing.T) {
	t.Helper()
	err := gojax.Try(func() {
		x := jnp.FromSlice([]float32{1, 2, 3})
		if got := x.Mul(2).Sum().Item(); got != 12 {
			t.Errorf("afterwards 2+4+6 is %v", got)
		}
		if got := square(x).Sum().Item(); got != 14 {
			t.Errorf("afterwards 1+4+9 is %v", got)
		}
	})
	if err != nil {
		t.Errorf("afterwards: %v", err)
	}
}

var square = gojax.Jit(func(x arr) arr { return x.Mul(x) })

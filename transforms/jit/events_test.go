package jit

import (
	"testing"
	"time"

	"github.com/gojax/gojax/ops"
)

// A hook that panics ends its goroutine's call, and nobody else's.
func TestPanicInHookFreesTheKey(t *testing.T) {
	stop := OnCompile(func(e CompileEvent) {
		if e.Name == "hooked" {
			panic("hook")
		}
	})
	f := &Func{Name: "hooked"}
	x := vec(3, 2, 1)
	body := func(x *val) *val { return ops.Exp(ops.Tan(x)) }
	func() {
		defer func() {
			if recover() != "hook" {
				t.Error("the hook's panic was swallowed")
			}
		}()
		call1(f, x, body)
	}()
	stop()
	done := make(chan bool)
	go func() { call1(f, x, body); close(done) }()
	select {
	case <-done:
	case <-time.After(5 * time.Minute):
		t.Fatal("the key stayed taken")
	}
}

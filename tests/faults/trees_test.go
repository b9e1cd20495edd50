package faults

import (
	"errors"
	"strings"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/debug"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
)

type link struct {
	X    arr
	Next *link
	Any  any
}

// endless are trees that contain themselves: with a part that is refused before, beside or behind the way round, and
// with several ways.
func endless() map[string]any {
	x := jnp.Ones(2)
	trees := map[string]any{}
	for name, refused := range map[string]any{"": nil, ", a function": func() {}, ", a channel": make(chan int),
		", an unexported field": struct{ x int }{1}} {
		l := &link{X: x, Any: refused}
		l.Next = l
		trees["pointer"+name] = l
		l = &link{X: x}
		l.Any = []any{refused, l}
		trees["pointer in a slice"+name] = l
		l = &link{X: x, Next: &link{X: x, Any: refused}}
		l.Next.Next = l
		trees["pair"+name] = l
		s := []any{x, nil, nil, refused}
		s[1], s[2] = s, &s
		trees["slice"+name] = s
		m := map[string]any{"x": x, "z": refused}
		m["a"], m["y"] = m, []any{m}
		trees["map"+name] = m
		a := &[2]any{nil, refused}
		a[0] = a
		trees["array"+name] = a
	}
	var p any
	p = &p
	trees["pointer to itself"] = p
	type self *self
	var q self
	q = &q
	trees["pointer of its own type"] = q
	shared := any(x)
	for range 100 { // ends, after 2^100 arrays
		shared = []any{shared, shared}
	}
	trees["shared"] = shared
	shared = 0
	for range 100 {
		shared = &link{Any: []any{shared, nil, shared}}
	}
	trees["shared numbers"] = shared
	return trees
}

func TestEndlessTrees(t *testing.T) {
	child(t, limits{memory: 2 << 30}, func(t *testing.T) {
		one := func(any) arr { return jnp.Ones() }
		for name, x := range endless() {
			for taker, f := range map[string]func(){
				"Jit":    func() { gojax.Jit(one)(x) },
				"result": func() { gojax.Jit(func(a arr) any { return x })(jnp.Ones()) },
			} {
				refuses(t, name+", "+taker, f)
			}
		}
		l := endless()["pointer, a function"].(*link)
		for taker, f := range map[string]func(){
			"Vmap": func() { gojax.Vmap(func(*link) arr { return jnp.Ones() })(l) },
			"Grad": func() { gojax.Grad(func(*link) arr { return jnp.Ones() })(l) },
			"JVP":  func() { gojax.JVP(func(*link) arr { return jnp.Ones() }, l, l) },
			"Scan": func() {
				lax.Scan(func(c *link, x arr) (*link, arr) { return c, x }, l, jnp.Ones(2))
			},
			"WhileLoop": func() {
				lax.WhileLoop(func(*link) arr { return jnp.Ones().Gt(0) }, func(c *link) *link { return c }, l)
			},
			"Cond": func() {
				lax.Cond(jnp.Ones().Gt(0), func() *link { return l }, func() *link { return l })
			},
			"PureCallback":     func() { gojax.PureCallback(func(*link) arr { return jnp.Ones() }, jnp.Ones(), l) },
			"debug.Callback":   func() { debug.Callback(func(*link) {}, l) },
			"Checkpoint":       func() { gojax.Checkpoint(func(*link) arr { return jnp.Ones() })(l) },
			"DevicePut":        func() { gojax.DevicePut(l, nil) },
			"BlockUntilReady":  func() { gojax.BlockUntilReady(l) },
			"AsArray":          func() { jnp.AsArray(endless()["slice"]) },
			"AsArray, shared":  func() { jnp.AsArray(endless()["shared"]) },
			"AsArray, numbers": func() { jnp.AsArray(doubled(any(1), 100)) },
		} {
			refuses(t, taker, f)
		}
	})
}

// doubled is x in two elements of two elements and so on.
func doubled(x any, times int) any {
	for range times {
		x = []any{x, x}
	}
	return x
}

// refuses runs f, which must fail with an *Error of reasonable length.
func refuses(t *testing.T, name string, f func(), parts ...string) {
	t.Helper()
	err := gojax.Try(f)
	if e := (*gojax.Error)(nil); !errors.As(err, &e) {
		t.Errorf("%s: the error is %v", name, err)
		return
	}
	if len(err.Error()) > 5000 {
		t.Errorf("%s: the error has %d bytes", name, len(err.Error()))
	}
	for _, p := range parts {
		if !strings.Contains(err.Error(), p) {
			t.Errorf("%s: the error %q lacks %q", name, err, p)
		}
	}
}

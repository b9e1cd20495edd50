package jit

import (
	"slices"
	"testing"

	"github.com/gojax/gojax/backend/pjrt"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// sinOverCores is the sine of each element of x, on all cores.
func sinOverCores(x *val) *val {
	t := x.Aval()
	elem, _ := trace.Trace("sin", []ir.Aval{t.With(nil)}, func(x []*val) []*val { return []*val{ops.Sin(x[0])} })
	n, at := x.Shape()[0], []int{0}
	all, _ := trace.Vmap(elem, n, at, at, "sin")
	return ops.OverCores("sin", elem, all, n, at, at, []*val{x})[0]
}

// A program is divided at what can be: the rest are stages of their own.
func TestStages(t *testing.T) {
	if pjrt.Threads() < 2 {
		t.Skip("one core: nothing is divided")
	}
	x := vec(1, 2, 3, 4, 5)
	double := func(x *val) *val { return ops.Add(x, x) }
	loop := func(x *val) *val {
		return ops.ForiN("loop", 2, []*val{x}, func(_ *val, c []*val) []*val { return []*val{sinOverCores(c[0])} })[0]
	}
	for name, c := range map[string]struct {
		f    func(x *val) *val
		want string // P: parts, e: a program
	}{
		"alone":     {sinOverCores, "P"},
		"between":   {func(x *val) *val { return double(sinOverCores(double(x))) }, "ePe"},
		"in a row":  {func(x *val) *val { return sinOverCores(sinOverCores(x)) }, "PP"},
		"used late": {func(x *val) *val { d := double(x); return ops.Mul(sinOverCores(d), d) }, "ePe"},
		"unused":    {func(x *val) *val { sinOverCores(x); return double(x) }, ""},
		"in a loop": {loop, ""},
	} {
		f := &Func{Name: name}
		y := call1(f, x, c.f)
		got := ""
		if st := f.last.Load().on(DefaultDevice()).stages; st != nil {
			for _, s := range st.list {
				got += map[bool]string{true: "P", false: "e"}[s.e == nil]
			}
		}
		if got != c.want {
			t.Errorf("%s: stages %q, want %q", name, got, c.want)
		}
		whole := &Func{Name: name}
		in := []*val{x}
		en := whole.Make(in, nil, nil, func(x []*val) ([]*val, trace.Trees) { return []*val{c.f(x[0])}, nil })
		exe := en.compile(site{DefaultDevice(), spaceOf(DefaultDevice().Client()), nil}, "test", true)
		out, err := exe.runList(DefaultDevice(), in, nil)
		if err != nil || exe.stages != nil || !slices.Equal(host(out[0]), host(y)) {
			t.Errorf("%s: %v, as one program %v, %v", name, host(y), host(out[0]), err)
		}
	}
}

package transforms

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/tests/sample"
)

func TestMain(m *testing.M) {
	gojax.EnableX64(true)
	os.Exit(m.Run())
}

// property is something that holds of every program. It returns "" if it does, else how it does not.
type property struct {
	name string
	// it is tested of every single operation too; the others are of interest where there are several, or bodies
	each bool
	only func(*op) bool // nil: of programs of any operations
	f    func(p *prog, r *rand.Rand) string
}

func reverse(o *op) bool { return !o.forward }
func smooth(o *op) bool  { return !o.forward && !o.kinks }

var properties = []property{
	{"jit is eager evaluation", false, nil, func(p *prog, r *rand.Rand) string {
		x := p.args(r)
		return apart("jit", gojax.Jit(p.f)(x), p.f(x), 1e-10)
	}},
	{"vmap is a stacked loop", true, nil, func(p *prog, r *rand.Rand) string {
		const size = 2
		axes, rows := make([]any, len(p.in)), make([][]jnp.Array, size)
		x := make([]jnp.Array, len(p.in))
		mapped := r.IntN(len(p.in)) // one is in any case
		for j := range rows {
			rows[j] = make([]jnp.Array, len(p.in))
		}
		for i, shape := range p.in {
			if i != mapped && r.IntN(3) == 0 {
				x[i] = normal(r, shape)
				for j := range rows {
					rows[j][i] = x[i]
				}
				continue
			}
			axis := r.IntN(len(shape) + 1)
			axes[i] = axis
			x[i] = normal(r, slices.Insert(slices.Clone(shape), axis, size))
			for j := range rows {
				rows[j][i] = x[i].Take(j, axis)
			}
		}
		f := gojax.Vmap(p.f, gojax.InAxes(axes))
		y := together(func(in [][]jnp.Array) [][]jnp.Array {
			a, b := p.f(in[1]), p.f(in[2])
			want := make([]jnp.Array, len(p.out))
			for k := range want {
				want[k] = jnp.Stack([]jnp.Array{a[k], b[k]})
			}
			return [][]jnp.Array{f(in[0]), want}
		})([][]jnp.Array{x, rows[0], rows[1]})
		if s := apart(fmt.Sprintf("vmap over %v", axes), y[0], y[1], 1e-10); s != "" || !sample.All() {
			return s
		}
		return apart("jit of vmap", gojax.Jit(f)(x), y[1], 1e-10)
	}},
	{"forward mode follows central differences", true, smooth, func(p *prog, r *rand.Rand) string {
		const h = 1e-5
		x, t := p.args(r), p.args(r)
		y := together(func(in [][]jnp.Array) [][]jnp.Array {
			_, yt := gojax.JVP(p.f, in[0], in[1])
			up, down := p.f(along3(in[0], in[1], h)), p.f(along3(in[0], in[1], -h))
			for k := range up {
				up[k] = up[k].Sub(down[k]).Div(2 * h)
			}
			return [][]jnp.Array{yt, up}
		})([][]jnp.Array{x, t})
		return apart("JVP", y[0], y[1], 2e-5)
	}},
	{"reverse mode is the transpose of forward mode", false, reverse, func(p *prog, r *rand.Rand) string {
		x, t := p.args(r), p.args(r)
		ct := p.likes(r)
		y := together(func(in [][]jnp.Array) [][]jnp.Array {
			x, t, ct := in[0], in[1], in[2]
			yj, yt := gojax.JVP(p.f, x, t)
			yv, pull := gojax.VJP(p.f, x)
			yl, push := gojax.Linearize(p.f, x)
			return [][]jnp.Array{p.f(x), yj, yv, yl, push(t), yt, pull(ct)}
		})([][]jnp.Array{x, t, ct})
		for i, name := range []string{"JVP", "VJP", "Linearize"} {
			if s := apart("the value under "+name, y[1+i], y[0], 1e-10); s != "" {
				return s
			}
		}
		yt, g := y[5], y[6]
		if s := apart("Linearize", y[4], yt, 1e-9); s != "" {
			return s
		}
		if s := same(inner(ct, yt), inner(g, t), 1e-9); s != "" {
			return "inner products: " + s
		}
		if !sample.All() {
			return ""
		}
		return apart("jit of the gradient", gojax.Jit(p.gradient(ct))(x), g, 1e-9)
	}},
	{"gradients and vmap commute", false, reverse, func(p *prog, r *rand.Rand) string {
		x := make([]jnp.Array, len(p.in))
		for i, shape := range p.in {
			x[i] = normal(r, append([]int{2}, shape...))
		}
		y := together(func(in [][]jnp.Array) [][]jnp.Array {
			x, ct := in[0], in[1]
			outside := gojax.Vmap(p.gradient(ct))(x)
			inside := gojax.Grad(func(x []jnp.Array) jnp.Array { return gojax.Vmap(p.scalar(ct))(x).Sum() })(x)
			return [][]jnp.Array{inside, outside}
		})([][]jnp.Array{x, p.likes(r)})
		return apart("the gradient of vmap", y[0], y[1], 1e-9)
	}},
	{"second derivatives agree", true, reverse, func(p *prog, r *rand.Rand) string {
		x, u, v := p.args(r), p.args(r), p.args(r)
		y := together(func(in [][]jnp.Array) [][]jnp.Array {
			x, u, v, ct := in[0], in[1], in[2], in[3]
			g := p.gradient(ct)
			_, hu := gojax.JVP(g, x, u)
			_, hv := gojax.JVP(g, x, v)
			_, pull := gojax.VJP(g, x)
			forward := func(x []jnp.Array) jnp.Array { _, yt := gojax.JVP(p.scalar(ct), x, u); return yt }
			return [][]jnp.Array{hu, hv, pull(v), gojax.Grad(forward)(x)}
		})([][]jnp.Array{x, u, v, p.likes(r)})
		hu, hv, back := y[0], y[1], y[2]
		if p.every(smooth) { // with a kink, a custom rule or a constant the Hessian is symmetric only as a limit
			if s := same(inner(v, hu), inner(u, hv), 1e-8); s != "" {
				return "the Hessian is not symmetric: " + s
			}
		}
		if s := same(inner(back, u), inner(v, hu), 1e-8); s != "" {
			return "reverse over reverse and forward over reverse: " + s
		}
		return apart("reverse over forward mode", y[3][:1], hu[:1], 1e-8)
	}},
	{"rematerialisation changes nothing", false, reverse, func(p *prog, r *rand.Rand) string {
		x := p.args(r)
		y := together(func(in [][]jnp.Array) [][]jnp.Array {
			x, ct := in[0], in[1]
			return [][]jnp.Array{gojax.Grad(gojax.Checkpoint(p.scalar(ct)))(x), p.gradient(ct)(x)}
		})([][]jnp.Array{x, p.likes(r)})
		return apart("the gradient with Checkpoint", y[0], y[1], 1e-9)
	}},
}

// together is f, compiled as one program: operation by operation it would be many. With GOJAX_TEST_ALL=1 it is f as it
// is, whose transformations run eagerly.
func together(f func(in [][]jnp.Array) [][]jnp.Array) func(in [][]jnp.Array) [][]jnp.Array {
	if sample.All() {
		return f
	}
	return gojax.Jit(f)
}

// scalar is the inner product of p's results with ct.
func (p *prog) scalar(ct []jnp.Array) func(x []jnp.Array) jnp.Array {
	return func(x []jnp.Array) jnp.Array {
		s := jnp.Zeros()
		for k, y := range p.f(x) {
			s = s.Add(y.Mul(ct[k]).Sum())
		}
		return s
	}
}

func (p *prog) gradient(ct []jnp.Array) func(x []jnp.Array) []jnp.Array {
	return gojax.Grad(p.scalar(ct))
}

// normal draws an array on the host, so that the numbers depend on the source alone.
func normal(r *rand.Rand, shape []int) jnp.Array {
	n := 1
	for _, d := range shape {
		n *= d
	}
	v := make([]float64, n)
	for i := range v {
		v[i] = r.NormFloat64()
	}
	if len(shape) == 0 { // without a shape FromSlice makes a vector
		return jnp.AsArray(v[0])
	}
	return jnp.FromSlice(v, shape...)
}

func (p *prog) args(r *rand.Rand) []jnp.Array {
	x := make([]jnp.Array, len(p.in))
	for i, shape := range p.in {
		x[i] = normal(r, shape)
	}
	return x
}

// likes draws arrays like p's results.
func (p *prog) likes(r *rand.Rand) []jnp.Array {
	in := make([]jnp.Array, len(p.in))
	for i, shape := range p.in {
		in[i] = jnp.Zeros(shape...)
	}
	var y []jnp.Array
	for _, t := range gojax.MakeProgram(p.f)(in).OutTypes() {
		y = append(y, normal(r, t.Shape))
	}
	return y
}

func along3(x, t []jnp.Array, h float64) []jnp.Array {
	z := make([]jnp.Array, len(x))
	for i := range x {
		z[i] = x[i].Add(t[i].Mul(h))
	}
	return z
}

func inner(x, y []jnp.Array) float64 {
	s := 0.0
	for i := range x {
		a, b := jnp.ToSlice[float64](x[i]), jnp.ToSlice[float64](y[i])
		for k := range a {
			s += a[k] * b[k]
		}
	}
	return s
}

// same reports how x differs from y, by more than tol of the larger of 1 and y; NaN is never the same, since programs
// make none.
func same(x, y, tol float64) string {
	if math.Abs(x-y) <= tol*math.Max(1, math.Abs(y)) {
		return ""
	}
	return fmt.Sprintf("%v and %v", x, y)
}

func apart(what string, got, want []jnp.Array, tol float64) string {
	if len(got) != len(want) {
		return fmt.Sprintf("%s: %d results, want %d", what, len(got), len(want))
	}
	for i := range got {
		if !slices.Equal(got[i].Shape(), want[i].Shape()) || got[i].DType() != want[i].DType() {
			return fmt.Sprintf("%s: result %d is %v%v, want %v%v", what, i, got[i].DType(), got[i].Shape(),
				want[i].DType(), want[i].Shape())
		}
		a, b := jnp.ToSlice[float64](got[i]), jnp.ToSlice[float64](want[i])
		scale := 1.0
		for _, v := range b {
			scale = math.Max(scale, math.Abs(v))
		}
		for k := range a {
			if !(math.Abs(a[k]-b[k]) <= tol*scale) {
				return fmt.Sprintf("%s: result %d has %v at %d, want %v", what, i, a[k], k, b[k])
			}
		}
	}
	return ""
}

// fails says how the property fails of p, "" if it holds. Errors and panics are failures.
func (prop property) fails(p *prog, seed uint64) (how string) {
	defer func() {
		if v := recover(); v != nil {
			how = fmt.Sprint("panic: ", v)
		}
	}()
	return prop.f(p, rand.New(rand.NewPCG(seed, 1)))
}

// check makes a program from the seed and tests a property of it. What fails is cut down to the operations that matter:
// those without which the failure, up to the numbers in it, is another one.
func (prop property) check(t *testing.T, seed uint64) {
	t.Helper()
	g := &generator{Rand: rand.New(rand.NewPCG(seed, 0)), only: prop.only}
	p := g.program(0, 1+g.IntN(3), 2+g.IntN(6), 1+g.IntN(2), 0)
	how := prop.fails(p, seed)
	if how == "" {
		return
	}
	kind := func(how string) string {
		if before, _, ok := strings.Cut(how, ":"); ok {
			return before
		}
		return how
	}
	small := p.shrink(func(q *prog) bool { return kind(prop.fails(q, seed)) == kind(how) })
	t.Errorf("seed %d: %s\nin the program\n%v", seed, prop.fails(small, seed), small)
}

// seeds are those of the programs that property number k is tested of: one of those that compile soon, five with
// GOJAX_TEST_ALL=1, or a thousand with GOJAX_FUZZ=1000 go test ./tests/transforms
func seeds(t *testing.T, k int) []uint64 {
	s := os.Getenv("GOJAX_FUZZ")
	if s == "" && !sample.All() {
		return []uint64{3, 3, 4, 0, 3, 4, 3}[k : k+1]
	}
	n, err := 5, error(nil)
	if s != "" {
		n, err = strconv.Atoi(s)
	}
	if err != nil {
		t.Fatalf("GOJAX_FUZZ=%s: %v", s, err)
	}
	all := make([]uint64, n)
	for i := range all {
		all[i] = uint64(i)
	}
	return all
}

func TestRandomPrograms(t *testing.T) {
	for k, prop := range properties {
		t.Run(prop.name, func(t *testing.T) {
			t.Parallel()
			for _, seed := range seeds(t, k) {
				prop.check(t, seed)
				if t.Failed() {
					return
				}
			}
		})
	}
}

// Every operation by itself, so that none is left out by chance, with every second property, every third where it has
// programs of its own, beginning with another one by turns; with GOJAX_TEST_ALL=1 with all.
func TestEveryOperation(t *testing.T) {
	for i := range operations {
		o := &operations[i]
		t.Run(o.name, func(t *testing.T) {
			t.Parallel()
			g := &generator{Rand: rand.New(rand.NewPCG(uint64(i), 2)),
				only: func(o *op) bool { return smooth(o) && o.bodies == 0 && !o.outside }}
			n := node{op: o, p: 5, x: []int{0, 1}[:o.arity]}
			for range o.bodies {
				n.body = append(n.body, g.program(2, o.inputs, 1, 1, 1))
			}
			p := &prog{in: [][]int{{2, 3}, {3}}, nodes: []node{n}, out: []int{2}}
			turn, every := i, 2+min(o.bodies, 1)
			for _, prop := range properties {
				if prop.only != nil && !prop.only(o) || o.bodies == 0 && !prop.each {
					continue
				}
				if turn++; turn%every != 1 && !sample.All() {
					continue
				}
				if how := prop.fails(p, uint64(i)); how != "" {
					t.Errorf("%s: %s\nin the program\n%v", prop.name, how, p)
				}
			}
		})
	}
}

// FuzzTransforms lets go test -fuzz look for programs: go test -fuzz FuzzTransforms ./tests/transforms
func FuzzTransforms(f *testing.F) {
	f.Add(uint64(0), uint(1000))
	f.Fuzz(func(t *testing.T, property uint64, seed uint) {
		properties[property%uint64(len(properties))].check(t, uint64(seed))
	})
}

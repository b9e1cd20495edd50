package main

import (
	"maps"
	"slices"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
)

// row is a line of the table: a piece of work, timed in turn with others who do the same, or one figure of gojax's own.
type row struct {
	name, group string
	in          []input
	body        body
	key         string // of the peers' tables of work, or of figures; empty: nobody else does it
	args        []int  // what the peers' function takes after the inputs
	rivals      map[string]rival
	view        view    // what is compared of the results; nil: all of them
	err         float64 // how far apart results may be, relative to their size
	over        float64 // the goal: at most this many times the fastest of the others
	least       string  // the one whose time the goal is taken of, in place of the fastest
	ideal       ideal   // a yardstick: what the machine takes for the like of it, for the floors
	x64         bool
	alsoEager   bool
	inQuick     bool

	figure func() (float64, error) // in place of body: measured in its own way
	unit   string                  // of a figure
	goal   float64                 // of a figure: at most this much; 0: none
	atMin  bool                    // the goal is a least, not a most
}

// input makes an array, or is the key itself.
type input func(k random.KeyArray) any

// call does a row's work on its inputs.
type call func(in []any) []jnp.Array

// body is a function of gojax as it is, and jitted, each time anew.
type body struct {
	eager call
	jit   func() call
}

// rival is another way to do the work in this process. It gives, for the inputs, the function that is timed, whose
// result is a slice of numbers.
type rival func(in []any) func() any

func bodyOf[F any](f F, with func(f F) call) body {
	return body{with(f), func() call { return with(gojax.Jit(f)) }}
}

func one(f func(x jnp.Array) jnp.Array) body {
	return bodyOf(f, func(f func(jnp.Array) jnp.Array) call {
		return func(in []any) []jnp.Array { return []jnp.Array{f(in[0].(jnp.Array))} }
	})
}

// axis is the body of a function that takes its axes last.
func axis(f func(x jnp.Array, axes ...int) jnp.Array, axes ...int) body {
	return one(func(x jnp.Array) jnp.Array { return f(x, axes...) })
}

func two(f func(x, y jnp.Array) jnp.Array) body {
	return bodyOf(f, func(f func(x, y jnp.Array) jnp.Array) call {
		return func(in []any) []jnp.Array { return []jnp.Array{f(in[0].(jnp.Array), in[1].(jnp.Array))} }
	})
}

func drawn(f func(k random.KeyArray) jnp.Array) body {
	return bodyOf(f, func(f func(k random.KeyArray) jnp.Array) call {
		return func(in []any) []jnp.Array { return []jnp.Array{f(in[0].(random.KeyArray))} }
	})
}

// many is a body of any number of arrays and results.
func many(f func(x []jnp.Array) []jnp.Array) body {
	return bodyOf(f, func(f func([]jnp.Array) []jnp.Array) call {
		return func(in []any) []jnp.Array {
			x := make([]jnp.Array, len(in))
			for i := range in {
				x[i] = in[i].(jnp.Array)
			}
			return f(x)
		}
	})
}

func pair(a, b jnp.Array) []jnp.Array      { return []jnp.Array{a, b} }
func triple(a, b, c jnp.Array) []jnp.Array { return []jnp.Array{a, b, c} }

// The inputs.

func key(k random.KeyArray) any { return k }

func of(d jnp.DType, shape ...int) input {
	return func(k random.KeyArray) any { return random.Dist{DType: d}.Normal(k, shape...) }
}

func normal(shape ...int) input { return of(jnp.Float32, shape...) }
func double(shape ...int) input { return of(jnp.Float64, shape...) }

func integers(below int, shape ...int) input {
	return func(k random.KeyArray) any {
		return random.Dist{DType: jnp.Int32}.RandInt(k, 0, below, shape...)
	}
}

// made is what f makes of an input.
func made(x input, f func(x jnp.Array) jnp.Array) input {
	return func(k random.KeyArray) any { return f(x(k).(jnp.Array)) }
}

func scaled(by float64, shape ...int) input {
	return made(normal(shape...), func(x jnp.Array) jnp.Array { return x.Mul(by) })
}

func positive(shape ...int) input {
	return made(normal(shape...), func(x jnp.Array) jnp.Array { return jnp.Abs(x).Add(0.1) })
}

func eye(x jnp.Array) jnp.Array { return jnp.Creation{DType: x.DType()}.Eye(x.Shape()[x.NDim()-1]) }

// definite matrices are positive so; regular ones have a diagonal that carries them.
func definite(x input) input {
	return made(x, func(x jnp.Array) jnp.Array {
		return x.MatMul(x.MT()).Div(x.Shape()[x.NDim()-1]).Add(eye(x))
	})
}

func regular(x input) input {
	return made(x, func(x jnp.Array) jnp.Array { return x.Add(eye(x).Mul(3)) })
}

// work is a row that the peers have under key in their table of work. Its goal is to be at most a tenth slower than the
// fastest of the others.
func work(name, key string, b body, in ...input) row {
	return row{name: name, key: key, body: b, in: in, over: 1.1, err: 1e-3}
}

// group gives rows the name of their group.
func group(name string, rows ...row) []row {
	for i := range rows {
		rows[i].group = name
	}
	return rows
}

// What a row has besides, a word each.

func (r row) with(args ...int) row     { r.args = args; return r }
func (r row) see(v view) row           { r.view = v; return r }
func (r row) within(err float64) row   { r.err = err; return r }
func (r row) eager() row               { r.alsoEager = true; return r }
func (r row) quick() row               { r.inQuick = true; return r }
func (r row) doubles() row             { r.x64 = true; return r }
func (r row) yard(f ideal) row         { r.ideal = f; return r }
func (r row) most(over float64) row    { r.over = over; return r }
func (r row) ofNumPy(over float64) row { r.over, r.least = over, "numpy"; return r }
func (r row) ofJAX(over float64) row   { r.over, r.least = over, "jax"; return r }
func (r row) gonum(f rival) row        { return r.rival("gonum", f) }
func (r row) loop(f rival) row         { return r.rival(goLoop, f) }

func (r row) rival(name string, f rival) row {
	rivals := maps.Clone(r.rivals)
	if rivals == nil {
		rivals = map[string]rival{}
	}
	rivals[name] = f
	r.rivals = rivals
	return r
}

// rows lists everything, in the order of the table.
func rows() []row {
	return slices.Concat(elementwiseRows(), reductionRows(), sortingRows(), movingRows(), productRows(), linalgRows(),
		fftRows(), randomRows(), loopRows(), gradRows(), modelRows(), tutorialRows(), figureRows(),
		group("figures", deviceRows()...))
}

package ops_test

import (
	flags "flag"
	"fmt"
	"math"
	"os"
	"reflect"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// covered collects the operations that checkSecond has tested, those of nested programs too.
var covered = coverage{ops: map[reflect.Type]bool{}}

type coverage struct {
	mu         sync.Mutex
	ops        map[reflect.Type]bool
	incomplete atomic.Bool // tests were left out for lack of time
}

func (c *coverage) note(p *ir.Program) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.walk(p)
}

func (c *coverage) walk(p *ir.Program) {
	for _, e := range p.Eqns {
		c.ops[reflect.TypeOf(e.Op)] = true
		if n, ok := e.Op.(ir.Nested); ok {
			for _, q := range n.Programs() {
				c.walk(q)
			}
		}
	}
}

// report fails a run of all tests that left out an operation which can be differentiated.
func (c *coverage) report() int {
	if f := flags.Lookup("test.run"); f == nil || f.Value.String() != "" || c.incomplete.Load() {
		return 0
	}
	var missing []string
	for _, op := range ops.All() {
		name := op.Name()
		if _, ok := op.(trace.JVPer); ok && !c.ops[reflect.TypeOf(op)] && noSecond[name] == "" {
			missing = append(missing, name)
		}
	}
	if len(missing) == 0 {
		return 0
	}
	fmt.Fprintf(os.Stderr,
		"FAIL: no test takes the second derivatives of %s; give them a row, or a reason in noSecond\n",
		strings.Join(missing, ", "))
	return 1
}

// noSecond are the differentiable operations that no row has CheckGrads look at, and why.
var noSecond = map[string]string{
	"is_finite": discrete, "not": discrete, "population_count": discrete, "clz": discrete, "and": discrete,
	"or": discrete, "xor": discrete,
	"shift_left": discrete, "shift_right_arithmetic": discrete, "shift_right_logical": discrete, "compare": discrete,
	"bitcast_convert_type": discrete,
	"argmax":               discrete, "argmin": discrete, "search_sorted": discrete, "bincount": discrete,
	"threefry2x32": discrete, "axis_index": discrete,
	"key_use": discrete, "mulhi": discrete, "rng_bit_generator": discrete, "platform_index": discrete,
	"rng_uniform": "gives other numbers at each execution, so there are no differences to take",
	"reduce_precision": "its derivative is that of the identity, which central differences of a step function do not " +
		"have",
	"stop_gradient": "its derivative is 0 by definition, not by central differences",
	"array_const":   "has no operands",
	"callback":      "has no results",
	"pure_callback": hostFunction, "kernel": hostFunction,
	"psum": collective, "all_gather": collective, "ppermute": collective, "all_to_all": collective,
	"psum_scatter": collective,
	"pcast":        inShardMap, "pcast_sum": inShardMap,
	"over_cores":         "is a call to derivatives",
	"while_tangent":      "is what forward mode makes of while",
	"custom_vjp_tangent": "is what forward mode makes of custom_vjp",
}

const (
	hostFunction = "a Go function has no derivative of its own"
	discrete     = "its results are integers, bools or bits: they have no tangents"
	inShardMap   = "is of ShardMap's bodies alone, whose second derivatives transforms/shard compares with JAX's"
	collective   = "is gone from the program once Vmap has mapped its axis; TestSecondDerivatives has a row for " +
		"collectives"
)

// through makes a function of arrays of one of Values.
func through(f func(x *trace.Value) *trace.Value) func(x jnp.Array) jnp.Array {
	return func(x jnp.Array) jnp.Array { return jnp.Wrap(f(x.TraceValue())) }
}

// complexOf is a complex vector that depends on x in both parts.
func complexOf(x jnp.Array) *trace.Value {
	return ops.Complex(x.TraceValue(), jnp.Sin(x).TraceValue())
}

// twice is sin(2x) in x > 0.7, with rules of its own.
func twice(x jnp.Array) jnp.Array { return jnp.Sin(x.Mul(2)) }

// secondRows take float64 vectors of three elements to float64 arrays, through operations that other rows give complex
// numbers, or that hold programs.
var secondRows = []struct {
	name string
	f    func(x jnp.Array) jnp.Array
	in   modes
}{
	{"complex parts", through(func(x *trace.Value) *trace.Value {
		z := ops.Mul(complexOf(jnp.Wrap(x)), ops.Conj(ops.Exp(complexOf(jnp.Wrap(x)))))
		return ops.Add(ops.Real(z), ops.Imag(ops.Mul(z, z)))
	}), forward | reverse},
	{"fft", through(func(x *trace.Value) *trace.Value {
		return ops.Square(ops.Abs(ops.FFT(complexOf(jnp.Wrap(x)), ops.FFTForward, []int{3})))
	}), forward | reverse},
	{"rfft", through(func(x *trace.Value) *trace.Value {
		z := ops.FFT(x, ops.FFTReal, []int{3})
		return ops.Mul(x, ops.FFT(ops.Mul(z, z), ops.FFTRealInverse, []int{3}))
	}), forward | reverse},
	{"triangular_solve", func(x jnp.Array) jnp.Array {
		a := jnp.Outer(jnp.Sin(x), x).Add(jnp.Creation{DType: jnp.Float64}.Eye(3).Mul(2))
		var sum jnp.Array = jnp.Zeros()
		for _, i := range []int{5, 10} { // each option both ways
			o := ops.TriangularOptions{LeftSide: i&1 == 1, Lower: i&2 == 2, Transpose: i&4 == 4, UnitDiagonal: i&8 == 8}
			y := ops.TriangularSolve(a.TraceValue(), jnp.Outer(x, jnp.Cos(x)).TraceValue(), o)
			sum = sum.Add(jnp.Square(jnp.Wrap(y)).Sum())
		}
		return sum.Mul(0.1)
	}, forward | reverse},
	{"igamma in x", through(func(x *trace.Value) *trace.Value {
		a := ops.FullLike(x, 2.5)
		return ops.Add(ops.Igamma(a, x), ops.Square(ops.Igammac(a, x)))
	}), forward | reverse},
	{"igamma in a", through(func(a *trace.Value) *trace.Value {
		x := ops.FullLike(a, 1.5)
		return ops.Add(ops.Igamma(a, x), ops.Square(ops.IgammaGradA(a, ops.Square(a))))
	}), forward | reverse},
	{"a sample of the gamma distribution", through(func(x *trace.Value) *trace.Value {
		return ops.RandomGammaGrad(ops.Add(x, ops.FullLike(x, 1)), x)
	}), forward | reverse},
	{"reduce by a user's function", through(func(x *trace.Value) *trace.Value {
		zero := trace.FromLit(ir.FloatLit(0, ir.Float64))
		return ops.Reduce([]*trace.Value{x}, []*trace.Value{zero}, func(a, b []*trace.Value) []*trace.Value {
			return []*trace.Value{ops.Add(ops.Add(a[0], b[0]), ops.Mul(a[0], b[0]))} // associative: (1+a)(1+b)-1
		}, []int{0})[0]
	}), forward | reverse},
	{"reduce_window", func(x jnp.Array) jnp.Array {
		y := jnp.Outer(jnp.Sin(x), x).TraceValue()
		init := func(v float64) *trace.Value { return trace.FromLit(ir.FloatLit(v, ir.Float64)) }
		two := []int{2, 2}
		sum := ops.ReduceWindow(y, init(0), ops.Add, two, nil, ops.PadSame)
		prod := ops.ReduceWindow(y, init(1), ops.Mul, two, nil, ops.PadSame)
		most := ops.ReduceWindow(y, init(math.Inf(-1)), ops.Max, two, nil, ops.PadSame)
		// (1+a)(1+b)-1 is associative too.
		user := ops.ReduceWindow(y, init(0),
			func(a, b *trace.Value) *trace.Value { return ops.Add(ops.Add(a, b), ops.Mul(a, b)) }, two, nil,
			ops.PadSame)
		return jnp.Wrap(ops.Add(ops.Mul(sum, prod), ops.Mul(most, user)))
	}, forward | reverse},
	{"custom_linear_solve", func(x jnp.Array) jnp.Array {
		d := jnp.Exp(x)
		return lax.CustomLinearSolve(lax.LinearSystem[jnp.Array]{
			MatVec:    func(y jnp.Array) jnp.Array { return y.Mul(d) },
			Solve:     func(_ func(jnp.Array) jnp.Array, b jnp.Array) jnp.Array { return b.Div(gojax.StopGradient(d)) },
			Symmetric: true,
		}, jnp.Sin(x))
	}, forward | reverse},
	{"collectives", gojax.Vmap(func(x jnp.Array) jnp.Array {
		all := lax.AllGather(x, "i", 0)
		next := lax.PPermute(x, "i", [][2]int{{0, 1}, {1, 2}, {2, 0}})
		return lax.PSum(x.Mul(x), "i").Mul(lax.PMax(x, "i")).Add(lax.PMin(jnp.Sin(x), "i").Mul(next)).Add(all.Prod())
	}, gojax.AxisName("i")), forward | reverse},
	{"call", gojax.Jit(func(x jnp.Array) jnp.Array { return jnp.Sin(x).Mul(x) }), forward | reverse},
	{"cond", func(x jnp.Array) jnp.Array {
		return lax.Cond(x.Sum().Gt(0), func() jnp.Array { return jnp.Sin(x).Mul(x) }, func() jnp.Array { return x })
	}, forward | reverse},
	{"while", func(x jnp.Array) jnp.Array {
		return lax.WhileLoop(func(y jnp.Array) jnp.Array { return y.Sum().Lt(5) },
			func(y jnp.Array) jnp.Array { return y.Mul(jnp.Add(1, x)) }, x)
	}, forward},
	{"scan", func(x jnp.Array) jnp.Array {
		c, ys := lax.Scan(func(c, x jnp.Array) (jnp.Array, jnp.Array) {
			c = jnp.Sin(c.Mul(x)).Add(x)
			return c, c.Mul(c)
		}, x.Sum(), x)
		return ys.Add(c)
	}, forward | reverse},
	{"checkpoint", gojax.Checkpoint(func(x jnp.Array) jnp.Array { return jnp.Sin(jnp.Sin(x).Mul(x)) }),
		forward | reverse},
	{"custom_jvp", gojax.CustomJVP(twice, func(x, t jnp.Array) (jnp.Array, jnp.Array) {
		return twice(x), jnp.Cos(x.Mul(2)).Mul(2).Mul(t)
	}), forward | reverse},
	{"custom_vjp", gojax.CustomVJP(twice, func(x jnp.Array) (jnp.Array, jnp.Array) { return twice(x), x },
		func(x, ct jnp.Array) jnp.Array { return jnp.Cos(x.Mul(2)).Mul(2).Mul(ct) }),
		reverse},
	{"custom_vmap", gojax.CustomVmap(func(x jnp.Array) jnp.Array { return jnp.Sin(x).Mul(x) },
		func(_ int, _ []bool, x jnp.Array) (jnp.Array, []bool) { return jnp.Sin(x).Mul(x), nil }), forward | reverse},
}

func TestSecondDerivatives(t *testing.T) {
	for _, r := range secondRows {
		t.Run(r.name, func(t *testing.T) {
			t.Parallel()
			x := vec(ir.Float64, 0.7, 1.3, 0.45)
			onBench(t, func(b *bench) {
				b.second(f1(func(x *trace.Value) *trace.Value { return r.f(jnp.Wrap(x)).TraceValue() }), []arr{x}, r.in)
			})
			if r.in == forward|reverse {
				a := jnp.Wrap(x.put())
				covered.note(gojax.MakeProgram(gojax.Vmap(gojax.JacRev(r.f)))(jnp.Stack([]jnp.Array{a, a.Mul(0.9)})))
			}
		})
	}
}

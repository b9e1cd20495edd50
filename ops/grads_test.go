package ops_test

import (
	flags "flag"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/trace"
)

// checkSecond compares the derivatives of f at in, to the second order and in both modes, with central differences of those an order
// below: forward over forward, reverse over forward and so on. Operands that are not float64 stay as they are; where one is complex
// there is nothing to be done, since a step off the real line is another function.
func checkSecond(t *testing.T, f fn, in []arr) {
	t.Helper()
	var at []int
	for i, a := range in {
		switch {
		case a.d.IsComplex():
			return
		case a.d == ir.Float64 && len(a.e) > 0:
			at = append(at, i)
		}
	}
	var real []int
	for k, o := range program(t, f, avals(in)).OutTypes() {
		switch {
		case o.DType.IsComplex():
			return
		case o.DType == ir.Float64 && o.Size() > 0:
			real = append(real, k)
		}
	}
	if len(at) == 0 || len(real) == 0 {
		return
	}
	whole := putAll(in)
	g := func(x []jnp.Array) []jnp.Array {
		args := slices.Clone(whole)
		for k, i := range at {
			args[i] = x[k].TraceValue()
		}
		y := f(args)
		out := make([]jnp.Array, len(real))
		for k, o := range real {
			out[k] = jnp.Wrap(y[o])
		}
		return out
	}
	x := make([]jnp.Array, len(at))
	for k, i := range at {
		x[k] = jnp.Wrap(whole[i])
	}
	if err := gojax.CheckGrads(g, x, 2); err != nil {
		t.Errorf("derivatives to the second order: %v", err)
		return
	}
	covered.note(program(t, f, avals(in)))
}

// covered collects the operations that checkSecond has tested, those of nested programs too.
var covered = coverage{ops: map[reflect.Type]bool{}}

type coverage struct {
	mu  sync.Mutex
	ops map[reflect.Type]bool
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

// noSecond are the differentiable operations that no row has CheckGrads look at, and why.
var noSecond = map[string]string{
	"is_finite": discrete, "not": discrete, "population_count": discrete, "clz": discrete, "and": discrete, "or": discrete, "xor": discrete,
	"shift_left": discrete, "shift_right_arithmetic": discrete, "shift_right_logical": discrete, "compare": discrete, "bitcast_convert_type": discrete,
	"argmax": discrete, "argmin": discrete, "threefry2x32": discrete, "axis_index": discrete,
	"mulhi": discrete, "rng_bit_generator": discrete, "platform_index": discrete,
	"rng_uniform":      "gives other numbers at each execution, so there are no differences to take",
	"reduce_precision": "its derivative is that of the identity, which central differences of a step function do not have",
	"stop_gradient":    "its derivative is 0 by definition, not by central differences",
	"array_const":      "has no operands",
	"callback":         "has no results",
	"pure_callback":    "a Go function has no derivative of its own",
	"igamma_grad_a":    loops, "random_gamma_grad": loops,
	"psum": collective, "pmax": collective, "pmin": collective, "all_gather": collective, "ppermute": collective, "all_to_all": collective, "psum_scatter": collective,
	"while_tangent":      "is what forward mode makes of while",
	"custom_vjp_tangent": "is what forward mode makes of custom_vjp",
}

const (
	discrete   = "its results are integers, bools or bits: they have no tangents"
	loops      = "is itself a derivative, computed by a loop of unknown length: it goes forward only (JAX has none at all)"
	collective = "is gone from the program once Vmap has mapped its axis; TestSecondDerivatives has a row for collectives"
)

// report fails a run of all tests that left out an operation which can be differentiated.
func (c *coverage) report() int {
	if f := flags.Lookup("test.run"); f == nil || f.Value.String() != "" {
		return 0
	}
	var missing []string
	for _, op := range ops.All {
		name := op.Name()
		if _, ok := op.(trace.JVPer); ok && !c.ops[reflect.TypeOf(op)] && noSecond[name] == "" {
			missing = append(missing, name)
		}
	}
	if len(missing) == 0 {
		return 0
	}
	fmt.Fprintf(os.Stderr, "FAIL: no test takes the second derivatives of %s; give them a row, or a reason in noSecond\n", strings.Join(missing, ", "))
	return 1
}

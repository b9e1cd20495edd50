package transforms

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/gojax/gojax/jnp"
)

// prog is a random program of float64 arrays: its nodes in order, each applied to what was computed before. It is data,
// so that it can be evaluated again and again, printed, and cut down when it fails.
type prog struct {
	in    [][]int // the shapes of the inputs
	nodes []node
	out   []int // what is returned: numbers of inputs, then of nodes
}

// node is one operation. Its bodies are programs on two operands (more where the operation says so) that also see
// everything computed before the node, as captured values.
type node struct {
	op   *op
	x    []int
	p    int // a number for the operation to make its choices by
	body []*prog
}

// shapes are few, so that operands often fit without being reshaped.
var shapes = [][]int{{}, {3}, {2}, {2, 3}, {3, 2}, {3, 3}, {1, 3}}

// generator makes programs from a source of random numbers, of the operations that satisfy only (nil: all).
type generator struct {
	*rand.Rand
	only func(*op) bool
}

// program makes one of n nodes. captured is the number of values that it sees from outside, before its own inputs.
func (g *generator) program(captured, inputs, n, outputs, depth int) *prog {
	p := &prog{}
	for range inputs {
		p.in = append(p.in, shapes[g.IntN(len(shapes))])
	}
	for range n {
		k := captured + len(p.in) + len(p.nodes)
		o := g.op(depth)
		nd := node{op: o, p: g.IntN(1 << 20)}
		for range o.arity {
			nd.x = append(nd.x, g.operand(k))
		}
		h := g
		if o.plain {
			h = g.narrowed(func(o *op) bool { return o.bodies == 0 && !o.outside })
		}
		for range o.bodies {
			nd.body = append(nd.body, h.program(k, o.inputs, 1+g.IntN(3), 1, depth+1))
		}
		p.nodes = append(p.nodes, nd)
	}
	k := captured + len(p.in) + len(p.nodes)
	for i := range outputs { // the last ones depend on most
		p.out = append(p.out, max(k-1-i, 0))
	}
	return p
}

// narrowed is g for operations that also satisfy only.
func (g *generator) narrowed(only func(*op) bool) *generator {
	return &generator{Rand: g.Rand, only: func(o *op) bool { return only(o) && (g.only == nil || g.only(o)) }}
}

// operand prefers what was computed last.
func (g *generator) operand(k int) int {
	if g.IntN(3) > 0 {
		return k - 1 - g.IntN(min(3, k))
	}
	return g.IntN(k)
}

func (g *generator) op(depth int) *op {
	for {
		o := &operations[g.IntN(len(operations))]
		if o.bodies > 0 && (depth >= 2 || g.IntN(2) == 0) || g.only != nil && !g.only(o) {
			continue
		}
		return o
	}
}

// run evaluates p on args, seeing outer.
func (p *prog) run(outer, args []jnp.Array) []jnp.Array {
	env := slices.Concat(outer, args)
	for _, n := range p.nodes {
		x := make([]jnp.Array, len(n.x))
		for i, k := range n.x {
			x[i] = env[k]
		}
		call := &call{x: x, p: n.p, env: slices.Clone(env), body: n.body}
		y := n.op.f(call)
		if y.Size() > 36 {
			y = fit(y, []int{3, 3})
		}
		env = append(env, y)
	}
	out := make([]jnp.Array, len(p.out))
	for i, k := range p.out {
		out[i] = env[k]
	}
	return out
}

// f is p as a function to be transformed.
func (p *prog) f(x []jnp.Array) []jnp.Array { return p.run(nil, x) }

// every walks the operations of p and of its bodies.
func (p *prog) every(f func(o *op) bool) bool {
	for _, n := range p.nodes {
		if !f(n.op) {
			return false
		}
		for _, b := range n.body {
			if !b.every(f) {
				return false
			}
		}
	}
	return true
}

func (p *prog) String() string {
	var b strings.Builder
	p.print(&b, 0, "")
	return b.String()
}

func (p *prog) print(b *strings.Builder, captured int, indent string) {
	fmt.Fprintf(b, "%sinputs", indent)
	for i, s := range p.in {
		fmt.Fprintf(b, " v%d:%v", captured+i, s)
	}
	fmt.Fprintln(b)
	for i, n := range p.nodes {
		k := captured + len(p.in) + i
		fmt.Fprintf(b, "%sv%d = %s(", indent, k, n.op.name)
		for j, x := range n.x {
			if j > 0 {
				fmt.Fprint(b, ", ")
			}
			fmt.Fprintf(b, "v%d", x)
		}
		fmt.Fprintf(b, ") by %d\n", n.p)
		for _, body := range n.body {
			body.print(b, k, indent+"    ")
		}
	}
	fmt.Fprintf(b, "%sout", indent)
	for _, k := range p.out {
		fmt.Fprintf(b, " v%d", k)
	}
	fmt.Fprintln(b)
}

// without is p with node i gone: who used it uses its first operand, or input 0. Bodies' captures are renumbered.
func (p *prog) without(i int) *prog {
	first := len(p.in)
	gone := first + i
	instead := 0
	if len(p.nodes[i].x) > 0 {
		instead = p.nodes[i].x[0]
	}
	q := &prog{in: p.in}
	for j, n := range p.nodes {
		if j != i {
			q.nodes = append(q.nodes, n.renumbered(gone, instead))
		}
	}
	for _, k := range p.out {
		q.out = append(q.out, renumber(k, gone, instead))
	}
	return q
}

func renumber(k, gone, instead int) int {
	switch {
	case k == gone:
		return instead
	case k > gone:
		return k - 1
	}
	return k
}

func (n node) renumbered(gone, instead int) node {
	m := n
	m.x = nil
	for _, k := range n.x {
		m.x = append(m.x, renumber(k, gone, instead))
	}
	m.body = nil
	for _, b := range n.body {
		c := &prog{in: b.in}
		for _, bn := range b.nodes {
			c.nodes = append(c.nodes, bn.renumbered(gone, instead))
		}
		for _, k := range b.out {
			c.out = append(c.out, renumber(k, gone, instead))
		}
		m.body = append(m.body, c)
	}
	return m
}

// shrink cuts nodes off p, also those of the outermost bodies, as long as it still fails.
func (p *prog) shrink(fails func(*prog) bool) *prog {
	for again := true; again; {
		again = false
		for i := len(p.nodes) - 1; i >= 0; i-- {
			if q := p.without(i); fails(q) {
				p, again = q, true
			}
		}
	}
	return p
}

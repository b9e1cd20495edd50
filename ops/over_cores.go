package ops

import (
	"math"
	"slices"

	"github.com/gojax/gojax/internal/mask"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// overCores is a call of a program that computes Size elements which know nothing of each other, Elem each. The runtime
// may compute some on one core and some on another (trace.Divisible), where the program that it runs has this equation
// itself. In the programs that other operations hold, and after a transformation, it is a call.
type overCores struct {
	call
	Elem    *ir.Program
	Size    int
	In, Out []int // where operands and results have the axis of the elements, or NotMapped
	// BatchSize is how many elements are computed at a time, one batch after the other as Loop says; 0: all.
	BatchSize int
	Loop      ScanOptions
}

func (overCores) Name() string { return "over_cores" }

// OverCores applies elem, which captures nothing, to size elements of x on all cores: operands have the elements along
// in, results along out. all is the program that does so at once. op is for messages.
func OverCores(op string, elem, all *ir.Program, size int, in, out []int, x []*Value) []*Value {
	return overCores{call: call{Func: "map", body: body{all}}, Elem: elem, Size: size, In: in, Out: out}.run(op, x)
}

// run binds o, or runs it where no trace is open. What Go functions see of the elements, and what becomes of random
// keys, is to be as in one program: then it is a plain call.
func (o overCores) run(op string, x []*Value) []*Value {
	whole := o.Elem.Effects() || o.Elem.CallsHost() != ir.NoHostCalls || trace.KeyReuse()
	record := func(x []*Value) []*Value {
		if whole {
			return Call(o.Func, o.Body, x)
		}
		return trace.Bind(o, x...)
	}
	if trace.AnyTraced(x...) {
		return record(x)
	}
	p, _ := trace.Trace(op, trace.Avals(x), record)
	return trace.TheRuntime().RunNamed(op, p, x)
}

// Part is the program of so many of the elements.
func (o overCores) Part(size int) *ir.Program {
	if o.BatchSize == 0 {
		p, _ := trace.Vmap(o.Elem, size, o.In, o.Out, "gojax.Vmap")
		return p
	}
	return o.batched(size)
}

// Axes are where operands and results have the elements.
func (o overCores) Axes() (in, out []int) { return o.In, o.Out }

const (
	mostParts = 64      // of a loop over batches: enough that cores which are done early find more to do
	leastWork = 4 << 20 // numbers that a loop over batches must compute: less takes no longer than to share it out
)

// Parts are as few as there are cores where all elements are computed at once: a loop on half of them has as many steps
// as one on all. Of a loop over batches they are the same on any number of cores, and so are its numbers.
func (o overCores) Parts(cores int) []int {
	size := (o.Size + cores - 1) / cores
	if o.BatchSize > 0 {
		batches := (o.Size + o.BatchSize - 1) / o.BatchSize
		size = (batches + mostParts - 1) / mostParts * o.BatchSize
		if work(o.Elem)*float64(o.Size) < leastWork {
			return nil
		}
	}
	if size >= o.Size {
		return nil
	}
	parts := slices.Repeat([]int{size}, o.Size/size)
	if rest := o.Size % size; rest > 0 {
		parts = append(parts, rest)
	}
	return parts
}

// work is about how many numbers p computes, infinite where loops take nobody knows how many steps.
func work(p *ir.Program) float64 {
	n := 0.0
	for _, e := range p.Eqns {
		for _, v := range e.Out {
			n += float64(v.Ty.Size())
		}
		switch op := e.Op.(type) {
		case while:
			return math.Inf(1)
		case scan:
			n += float64(op.Length) * work(op.Body)
		case ir.Nested:
			for _, q := range op.Programs() {
				n += work(q)
			}
		}
	}
	return n
}

// DCE keeps it what it is.
func (o overCores) DCE(used []bool) (op ir.Op, keptIn, keptOut []bool) {
	_, a := o.Elem.DCEOut(used)
	_, b := o.Body.DCEOut(used)
	keptIn = mask.Or(a, b)
	elem, _ := o.Elem.DCEKeeping(used, keptIn)
	all, _ := o.Body.DCEKeeping(used, keptIn)
	o.Elem, o.Body, o.In, o.Out = elem, all, mask.Pick(o.In, keptIn), mask.Pick(o.Out, used)
	return o, keptIn, used
}

package ops

import (
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// MapOver stacks what f makes of each of the n elements of x, along their leading axes. With batch > 0, f is applied to
// so many at a time, as under Vmap, and the cores share the batches.
func MapOver(op string, f func(x []*Value) []*Value, x []*Value, n, batch int, o ScanOptions) []*Value {
	if batch > 0 {
		return mapBatched(op, f, x, n, batch, o)
	}
	none := flatDef(0)
	_, ys := ScanOver(op, "f", none, 0, nil, x, n, o, func(_, x []*Value) (*trace.Def, []*Value, []*Value) {
		return none, nil, f(x)
	})
	return ys
}

// mapBatched is MapOver with f applied to batch elements at a time, and to the rest together.
func mapBatched(op string, f func(x []*Value) []*Value, x []*Value, n, batch int, o ScanOptions) []*Value {
	p, captured := trace.Trace("the function of "+op, elementTypes(x), f)
	p, captured = LiftNumbers(p, captured)
	m := overCores{Elem: p, Size: n, BatchSize: batch, Loop: o, Out: make([]int, len(p.Out)),
		In: slices.Concat(make([]int, len(x)), repeated(trace.NotMapped, len(captured)))}
	m.call = call{Func: "map", body: body{m.batched(n)}}
	x = slices.Concat(x, captured)
	if n <= batch {
		return Call(m.Func, m.Body, x)
	}
	return m.run(op, x)
}

// batched is the program of n of the elements, in batches.
func (o overCores) batched(n int) *ir.Program {
	const op = "lax.Map"
	mappedOver := func(size int) *ir.Program {
		if size == 1 && o.BatchSize == 1 {
			return o.alone()
		}
		q, _ := trace.Vmap(o.Elem, size, o.In, o.Out, op)
		return q
	}
	b := min(o.BatchSize, max(n, 1))
	blocks := n / b
	if blocks == 0 || blocks*b == n && blocks == 1 {
		return mappedOver(n)
	}
	types, mapped := o.stackedTypes(n)
	p, _ := trace.Trace(op, types, func(x []*Value) []*Value {
		x, captured := x[:mapped:mapped], x[mapped:]
		rows := func(from, to int) []*Value {
			return mapEach(x, func(v *Value) *Value { return SliceInDim(v, from, to, 1, 0) })
		}
		xs := mapEach(rows(0, blocks*b), func(v *Value) *Value {
			return Reshape(v, append([]int{blocks, b}, v.Shape()[1:]...))
		})
		_, ys := bindScan(mappedOver(b), nil, xs, captured, blocks, o.Loop)
		ys = mapEach(ys, func(v *Value) *Value { return Reshape(v, append([]int{blocks * b}, v.Shape()[2:]...)) })
		if blocks*b < n {
			rest := Call("map", mappedOver(n-blocks*b), slices.Concat(rows(blocks*b, n), captured))
			for i, v := range rest {
				ys[i] = Concatenate([]*Value{ys[i], v}, 0)
			}
		}
		return ys
	})
	return p
}

// stackedTypes are the types of the operands for n elements, of which the first have the elements along their leading
// axis: the others are captured.
func (o overCores) stackedTypes(n int) (types []ir.Aval, mapped int) {
	types = o.Elem.InTypes()
	for i, t := range types {
		if o.In[i] != trace.NotMapped {
			types[i], mapped = stacked(t, n), i+1
		}
	}
	return types, mapped
}

// alone is the program of a batch of one element: what maps it would only make it slower.
func (o overCores) alone() *ir.Program {
	types, mapped := o.stackedTypes(1)
	elems := o.Elem.InTypes()
	p, _ := trace.Trace("lax.Map", types, func(x []*Value) []*Value {
		for i := range mapped {
			x[i] = Reshape(x[i], elems[i].Shape)
		}
		return mapEach(trace.Inline(o.Elem, x), func(v *Value) *Value { return Reshape(v, inserted(v.Shape(), 0, 1)) })
	})
	return p
}

package serve

import (
	"bytes"
	"fmt"
	"math/rand/v2"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
)

// probe runs the largest batch of a lane a few times and says whether a row's results depend on the other rows or on
// its place, as those of a program that subtracts the mean of the batch do. Calls must not share a batch then, nor may
// rows be added to them. It can find that they depend, and not prove that they never do.
func (l *lane) probe(s *Server) error {
	n := l.most()
	if n < 2 {
		return nil
	}
	r := rand.New(rand.NewPCG(1, 2))
	in := make([]*array, len(l.in))
	for i, t := range l.in {
		a := t.with(n)
		in[i] = &array{a.DType, a.Shape, random(r, a)}
	}
	first, err := l.call(s, in)
	if err != nil {
		return err
	}
	// The first row stays, and the others change.
	changed, turned := make([]*array, len(in)), make([]*array, len(in))
	for i, a := range in {
		changed[i], turned[i] = a, a
		if !l.in[i].batched() {
			continue
		}
		row := len(a.data) / n
		b, c := random(r, l.in[i].with(n)), kit.AlignedBytes(len(a.data))
		copy(b[:row], a.data)
		for k := range n {
			copy(c[k*row:], a.data[(n-1-k)*row:(n-k)*row])
		}
		changed[i], turned[i] = &array{a.dtype, a.shape, b}, &array{a.dtype, a.shape, c}
	}
	second, err := l.call(s, changed)
	if err != nil {
		return err
	}
	third, err := l.call(s, turned)
	if err != nil {
		return err
	}
	for i, a := range first {
		row := len(a.data) / n
		if !bytes.Equal(a.data[:row], second[i].data[:row]) {
			return fmt.Errorf("%w: %s of one changes with others", errMixes, l.m.results[i])
		}
		for k := range n {
			if !near(a.dtype, a.data[k*row:(k+1)*row], third[i].data[(n-1-k)*row:(n-k)*row]) {
				return fmt.Errorf("%w: %s of one changes with its place", errMixes, l.m.results[i])
			}
		}
	}
	return nil
}

// random are elements of an array: of -1 to 1, and 0 or 1 of integers, which may be places in a table.
func random(r *rand.Rand, a ir.Aval) []byte {
	b := kit.AlignedBytes(a.Bytes())
	d := a.DType.Real()
	for at := 0; at < len(b); at += d.Size() {
		var l ir.Lit
		switch {
		case d.IsFloat():
			l = ir.FloatLit(2*r.Float64()-1, d)
		case d == ir.Bool:
			l = ir.BoolLit(r.IntN(2) == 1)
		default:
			l = ir.IntLit(int64(r.IntN(2)), d)
		}
		copy(b[at:], l.AppendBytes(nil))
	}
	return b
}

// near reports whether elements are the same, floats but for what rounding explains: other places in a batch may be
// added up in another order.
func near(d ir.DType, a, b []byte) bool {
	d = d.Real()
	if bytes.Equal(a, b) {
		return true
	}
	if !d.IsFloat() {
		return false
	}
	for at := 0; at < len(a); at += d.Size() {
		x, y := floatAt(a[at:], d), floatAt(b[at:], d)
		if diff := x - y; !(diff*diff <= 1e-4*(1e-4+x*x+y*y)) && !(x != x && y != y) && x != y {
			return false
		}
	}
	return true
}

// floatAt is the first element of b.
func floatAt(b []byte, d ir.DType) float64 { return ir.LitFromBytes(b[:d.Size()], d).Float() }

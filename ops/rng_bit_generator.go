package ops

import (
	"fmt"
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// RandomAlgorithm is what RNGBitGenerator makes its bits by.
type RandomAlgorithm uint8

const (
	RNGDefault  RandomAlgorithm = iota // the platform's own choice
	RNGThreeFry                        // Threefry-2x32
	RNGPhilox                          // Philox-4x32
)

// String is the StableHLO name.
func (a RandomAlgorithm) String() string {
	if a > RNGPhilox {
		return fmt.Sprintf("RandomAlgorithm(%d)", uint8(a))
	}
	return [...]string{"DEFAULT", "THREE_FRY", "PHILOX"}[a]
}

type rngBitGenerator struct {
	Shape     []int
	DType     ir.DType
	Algorithm RandomAlgorithm
}

func (rngBitGenerator) Name() string { return "rng_bit_generator" }

// RNGBitGenerator is an array of random bits, of an unsigned dtype, and the key that follows key, as
// lax.rng_bit_generator: XLA's own generator, whose numbers are the same for the same key but not on every platform.
// key is uint32[4], or uint64[2]. Package random has generators that are the same everywhere.
func RNGBitGenerator(key *Value, shape []int, d ir.DType, algorithm RandomAlgorithm) (next, numbers *Value) {
	y := trace.Bind(rngBitGenerator{own(shape), d, algorithm}, key)
	return y[0], y[1]
}

func (o rngBitGenerator) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if err := wantOperands(in, 1); err != nil {
		return nil, err
	}
	key := in[0]
	if !(key.DType == ir.Uint32 && slices.Equal(key.Shape, []int{4}) || key.DType == ir.Uint64 &&
		slices.Equal(key.Shape, []int{2})) {
		return nil, fmt.Errorf("the key must be uint32[4] or uint64[2], not %v", key)
	}
	if !o.DType.IsUnsigned() {
		return nil, fmt.Errorf("the bits are of an unsigned dtype, not %v", o.DType)
	}
	if o.Algorithm > RNGPhilox {
		return nil, fmt.Errorf("%v is no algorithm", o.Algorithm)
	}
	if err := checkShape(o.Shape); err != nil {
		return nil, err
	}
	return []ir.Aval{key, {Shape: o.Shape, DType: o.DType}}, nil
}

// Lower: XLA takes the key as two words of 64 bits.
func (o rngBitGenerator) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	out := e.Out()
	words := ir.Aval{Shape: []int{2}, DType: ir.Uint64}
	halves := ir.Aval{Shape: []int{2, 2}, DType: ir.Uint32}
	narrow := x[0].Aval.DType == ir.Uint32
	key := x[0]
	if narrow {
		key = e.Op("stablehlo.reshape", []trace.Operand{key}, "", halves)[0]
		key = e.Op("stablehlo.bitcast_convert", []trace.Operand{key}, "", words)[0]
	}
	y := e.Op("stablehlo.rng_bit_generator", []trace.Operand{key},
		fmt.Sprintf("rng_algorithm = #stablehlo<rng_algorithm %v>", o.Algorithm), words, out[1])
	if narrow {
		y[0] = e.Op("stablehlo.bitcast_convert", y[:1], "", halves)[0]
		y[0] = e.Op("stablehlo.reshape", y[:1], "", out[0])[0]
	}
	return y
}

// Batch draws the numbers of all examples from the first one's key, as JAX does: one after the other they would be
// another program for each. The other examples' keys stay.
func (o rngBitGenerator) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	n := c.AxisSize()
	keys := moveTo(x[0], d[0], 0)
	h := o
	h.Shape = inserted(o.Shape, 0, n)
	if n == 0 {
		return []*Value{keys, Zeros(ir.Aval{Shape: h.Shape, DType: o.DType})}, []int{0, 0}
	}
	y := trace.Bind(h, IndexInDim(keys, 0, 0, false))
	next := Concatenate([]*Value{ExpandDims(y[0], []int{0}), SliceInDim(keys, 1, n, 1, 0)}, 0)
	return []*Value{next, y[1]}, []int{0, 0}
}

// JVP: bits do not vary.
func (rngBitGenerator) JVP(c trace.JVPCtx, x, _ []*Value) ([]*Value, []*Value) { return jvpZero(c, x) }

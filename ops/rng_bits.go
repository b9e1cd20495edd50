package ops

import (
	"fmt"
	"slices"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// RandomAlgorithm is what RngBitGenerator makes its bits by.
type RandomAlgorithm uint8

const (
	RngDefault  RandomAlgorithm = iota // the platform's own choice
	RngThreeFry                        // Threefry-2x32
	RngPhilox                          // Philox-4x32
)

// String is the StableHLO name.
func (a RandomAlgorithm) String() string {
	if a > RngPhilox {
		return fmt.Sprintf("RandomAlgorithm(%d)", uint8(a))
	}
	return [...]string{"DEFAULT", "THREE_FRY", "PHILOX"}[a]
}

type (
	rngBitGenerator struct {
		Shape     []int
		DType     ir.DType
		Algorithm RandomAlgorithm
	}
	rngUniform struct{ Shape []int }
)

func (rngBitGenerator) Name() string { return "rng_bit_generator" }
func (rngUniform) Name() string      { return "rng_uniform" }

// RngBitGenerator is an array of random bits, of an unsigned dtype, and the key that follows key, as lax.rng_bit_generator: XLA's own
// generator, whose numbers are the same for the same key but not on every platform. key is uint32[4], or uint64[2]. Package
// random has generators that are the same everywhere.
func RngBitGenerator(key *Value, shape []int, d ir.DType, algorithm RandomAlgorithm) (next, numbers *Value) {
	y := trace.Bind(rngBitGenerator{own(shape), d, algorithm}, key)
	return y[0], y[1]
}

func (o rngBitGenerator) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if err := wantOperands(in, 1); err != nil {
		return nil, err
	}
	key := in[0]
	if !(key.DType == ir.Uint32 && slices.Equal(key.Shape, []int{4}) || key.DType == ir.Uint64 && slices.Equal(key.Shape, []int{2})) {
		return nil, fmt.Errorf("the key must be uint32[4] or uint64[2], not %v", key)
	}
	if !o.DType.IsUnsigned() {
		return nil, fmt.Errorf("the bits are of an unsigned dtype, not %v", o.DType)
	}
	if o.Algorithm > RngPhilox {
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
	y := e.Op("stablehlo.rng_bit_generator", []trace.Operand{key}, fmt.Sprintf("rng_algorithm = #stablehlo<rng_algorithm %v>", o.Algorithm), words, out[1])
	if narrow {
		y[0] = e.Op("stablehlo.bitcast_convert", y[:1], "", halves)[0]
		y[0] = e.Op("stablehlo.reshape", y[:1], "", out[0])[0]
	}
	return y
}

// Batch draws the numbers of all examples from the first one's key, as JAX does: one after the other they would be another
// program for each. The other examples' keys stay.
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

// RngUniform is an array of numbers uniform in [lo, hi), scalars of one dtype, which is the result's: of floats, or of
// integers, as lax.rng_uniform. Each execution gives others: there is no key. It exists for programs that were written for
// it; use package random.
func RngUniform(lo, hi *Value, shape []int) *Value { return one(rngUniform{own(shape)}, lo, hi) }

// Effect keeps two draws between the same limits two draws.
func (rngUniform) Effect() string { return "random numbers without a key" }

func (o rngUniform) Infer(in []ir.Aval) ([]ir.Aval, error) {
	if err := wantOperands(in, 2); err != nil {
		return nil, err
	}
	if err := firstError(wantKind(in[0], kReal|kBool), sameTypes(in), checkShape(o.Shape)); err != nil {
		return nil, err
	}
	if in[0].Rank() != 0 {
		return nil, fmt.Errorf("the limits must be scalars, not of shape %s", ir.ShapeString(in[0].Shape))
	}
	return []ir.Aval{{Shape: o.Shape, DType: in[0].DType}}, nil
}

func (o rngUniform) Lower(e trace.Emitter, x []trace.Operand) []trace.Operand {
	elems := make([]ir.Lit, len(o.Shape))
	for i, n := range o.Shape {
		elems[i] = ir.IntLit(int64(n), ir.Int64)
	}
	shape := e.Dense(elems, ir.Int64, []int{len(o.Shape)})
	return hlo(e, "stablehlo.rng", append(slices.Clone(x), shape), "rng_distribution = #stablehlo<rng_distribution UNIFORM>")
}

// Batch draws for one example after the other, each between its own limits.
func (o rngUniform) Batch(c trace.BatchCtx, x []*Value, d []int) ([]*Value, []int) {
	return oneByOne(c, o, x, d)
}

// JVP: JAX gives no derivative by the limits either.
func (o rngUniform) JVP(c trace.JVPCtx, x, t []*Value) ([]*Value, []*Value) {
	if anyTangent(t) {
		trace.Fail(o.Name(), trace.Avals(x), "has no derivative with respect to its limits; scale uniform numbers of package random")
	}
	return jvpZero(c, x)
}

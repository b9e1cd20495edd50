package lax

import (
	"github.com/gojax/gojax/ops"
)

// The options and parameters of the operations. They are package ops' own, under the names that users write.
type (
	ApproxOptions     = ops.ApproxOptions
	ConvDims          = ops.ConvDims
	ConvOptions       = ops.ConvOptions
	DotDims           = ops.DotDims
	DotOptions        = ops.DotOptions
	FFTType           = ops.FFTType
	GatherDims        = ops.GatherDims
	GatherOptions     = ops.GatherOptions
	IndexMode         = ops.IndexMode
	Precision         = ops.Precision
	RaggedDims        = ops.RaggedDims
	RandomAlgorithm   = ops.RandomAlgorithm
	RoundingMethod    = ops.RoundingMethod
	ScatterDims       = ops.ScatterDims
	ScatterOptions    = ops.ScatterOptions
	TriangularOptions = ops.TriangularOptions
	WindowOptions     = ops.WindowOptions
	WindowPadding     = ops.WindowPadding
)

// What IndexMode, Precision, RoundingMethod, FFTType and RandomAlgorithm can be; see package ops.
const (
	Fill            = ops.Fill
	Clip            = ops.Clip
	PromiseInBounds = ops.PromiseInBounds

	PrecisionDefault = ops.PrecisionDefault
	PrecisionHigh    = ops.PrecisionHigh
	PrecisionHighest = ops.PrecisionHighest

	AwayFromZero  = ops.AwayFromZero
	ToNearestEven = ops.ToNearestEven

	FFTForward     = ops.FFTForward
	FFTInverse     = ops.FFTInverse
	FFTReal        = ops.FFTReal
	FFTRealInverse = ops.FFTRealInverse

	RngDefault  = ops.RngDefault
	RngThreeFry = ops.RngThreeFry
	RngPhilox   = ops.RngPhilox
)

// How far windows may hang over an array's edges.
var (
	PadValid     = ops.PadValid
	PadSame      = ops.PadSame
	PadSameLower = ops.PadSameLower
)

// PadWith pads by a pair for each axis the window moves along: before the first and behind the last element. Negative numbers
// take elements away.
func PadWith(pairs ...[2]int) WindowPadding { return ops.PadWith(pairs...) }

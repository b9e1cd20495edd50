package jnp

import "math"

// The constants of NumPy. As untyped constants of Go they are weakly typed beside an Array, as any Go number.
const (
	E          = math.E
	Pi         = math.Pi
	EulerGamma = 0.57721566490153286060651209008240243104215933593992
)

// Inf and NaN are the positive infinity and not-a-number (NumPy inf, nan); -Inf is the negative infinity. They are not
// to be set.
var (
	Inf = math.Inf(1)
	NaN = math.NaN()
)

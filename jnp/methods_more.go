package jnp

// More functions as methods, for those that NumPy's arrays have.

// Ptp is jnp.Ptp.
func (x Array) Ptp(axes ...int) Array { return Ptp(x, axes...) }

// Nonzero is jnp.Nonzero.
func (x Array) Nonzero() []Array { return Nonzero(x) }

// Repeat is jnp.Repeat; repeats is an int, a []int or an Array of integers.
func (x Array) Repeat(repeats any, axis ...int) Array {
	return Repetition{}.Repeat(x, repeats, axis...)
}

// ArgPartition is jnp.ArgPartition.
func (x Array) ArgPartition(kth int, axis ...int) Array { return ArgPartition(x, kth, axis...) }

// SearchSorted is jnp.SearchSorted: x is the sorted array.
func (x Array) SearchSorted(v any) Array { return Search{}.SearchSorted(x, v) }

// Choose is jnp.Choose: x says which of choices.
func (x Array) Choose(choices ...Array) Array { return Choose(x, choices...) }

// Compress is jnp.Compress of x.
func (x Array) Compress(condition Array, axis ...int) Array { return Compress(condition, x, axis...) }

// Diagonal is jnp.Diagonal.
func (x Array) Diagonal(kAxes ...int) Array { return Diagonal(x, kAxes...) }

// Trace is jnp.Trace.
func (x Array) Trace(axes ...int) Array { return Trace(x, axes...) }

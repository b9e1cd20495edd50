// Package initializers makes the first values of a network's weights, as jax.nn.initializers does, bit for bit.
//
// An Initializer takes a key and a shape. Zeros and Ones are initializers themselves; the other functions make one:
//
//	init := initializers.HeNormal()
//	w := init(key, 784, 128)
//
// Keyword arguments are fields of Options, used as the receiver:
//
//	init := initializers.Options{DType: jnp.BFloat16}.HeNormal()
//
//	Options  Zeros, Ones, Constant, Uniform, Normal, TruncatedNormal, VarianceScaling and what is made with it,
//	         Orthogonal,
//	         DeltaOrthogonal
//	         DType (dtype), Lower (lower), Upper (upper), InAxis (in_axis), OutAxis (out_axis), BatchAxis (batch_axis),
//	         ColumnAxis (column_axis)
//
// Each initializer is one compiled program when run eagerly.
package initializers

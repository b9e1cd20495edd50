// Package nn holds activation functions and what else neural networks are written with, as jax.nn does. Functions take
// arrays of any number dtype; those whose formula needs fractions turn integers into the default float type first.
//
// Operands are as in package jnp: a function of one array takes a jnp.Array, so that it can be passed to gojax.Jit,
// Vmap or Grad as it is; an optional parameter of a function (the alpha of Elu) is a trailing argument, which like
// methods and fields takes any: a Go number or a jnp.Array.
//
// Keyword arguments are fields of a struct that has the function as a method, nn.Normalization{Where: mask}.Softmax(x);
// the last line of a function's comment names it. These are the structs, each with its functions and, behind each
// field, JAX's keyword:
//
//	Attention      DotProductAttention
//	               Bias (bias), Mask (mask), Scale (scale), Causal (is_causal), QueryLengths (query_seq_lengths),
//	               KeyLengths (key_value_seq_lengths), Window (local_window_size)
//	Normalization  Softmax, LogSoftmax, Standardize
//	               Where (where), Mean (mean), Variance (variance), Epsilon (epsilon), Fast (algorithm="fast")
//	OneHots        OneHot
//	               DType (dtype), Axis and AxisName (axis)
//	SumOfExp       LogSumExp, LogMeanExp
//	               B (b), Where (where), KeepDims (keepdims)
package nn

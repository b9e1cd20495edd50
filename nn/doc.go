// Package nn holds what neural networks are written with: the activations, softmax and attention of jax.nn, and the
// layers of Flax, as functions of their parameters. Relu, Softmax, Dense, Conv and LayerNorm are the most used.
// Functions take arrays of any number dtype; those whose formula needs fractions turn integers into the default float
// type first.
//
// The parameters of a layer are a struct of arrays, first of the function's arguments. A network is a Go function of a
// struct of such structs, which gojax.Grad takes as it is:
//
//	type params struct{ First, Last nn.DenseParams }
//	p := params{nn.NewDense(k1, 784, 128), nn.NewDense(k2, 128, 10)}
//	logits := func(p params, x jnp.Array) jnp.Array { return nn.Dense(p.Last, nn.Relu(nn.Dense(p.First, x))) }
//
// Functions named New make first parameters, as Flax does; arrays that they leave out stay unset. Arrays of layers are
// [batch, space..., features], with the features last.
//
// Operands are as in package jnp: a function of one array takes a jnp.Array, so that it can be passed to gojax.Jit,
// Vmap or Grad as it is; an optional parameter of a function (the alpha of Elu) is a trailing argument, which like
// methods and fields takes any: a Go number or a jnp.Array.
//
// Keyword arguments are fields of a struct that has the function as a method, nn.Normalization{Where: mask}.Softmax(x);
// the last line of a function's comment names it. These are the structs, each with its functions and, behind each
// field, JAX's keyword:
//
//	Attention      DotProductAttention, MultiHeadAttention
//	               Bias (bias), Mask (mask), Scale (scale), Causal (is_causal), QueryLengths (query_seq_lengths),
//	               KeyLengths (key_value_seq_lengths), Window (local_window_size)
//	BatchNormalization  BatchNorm, BatchNormTrain
//	               Momentum (momentum), Epsilon (epsilon), Axis (axis), Where (mask), AxisName (axis_name)
//	Convolution    Conv, ConvTranspose
//	               Strides (strides), Padding (padding), InputDilation (input_dilation), KernelDilation
//	               (kernel_dilation), Groups (feature_group_count), Dims (dimension_numbers), Precision (precision),
//	               TransposeKernel (transpose_kernel)
//	Dropouts       Dropout
//	               BroadcastAxes (broadcast_dims)
//	Normalization  Softmax, LogSoftmax, Standardize, LayerNorm, RMSNorm, GroupNorm
//	               Where (where), Mean (mean), Variance (variance), Epsilon (epsilon), Fast (algorithm="fast")
//	OneHots        OneHot
//	               DType (dtype), Axis and AxisName (axis)
//	Pooling        MaxPool, MinPool, SumPool, AvgPool
//	               Strides (strides), Padding (padding), Dilation, ExcludePadding (count_include_pad=False)
//	SumOfExp       LogSumExp, LogMeanExp
//	               B (b), Where (where), KeepDims (keepdims)
//	Weights        NewDense, NewConv, NewEmbedding, NewNorm, NewBatchStats, NewMultiHead
//	               DType (param_dtype), Kernel (kernel_init), Bias (bias_init), NoBias (use_bias=False), Groups
//	               (feature_group_count), KeyHeads, HeadSize (qkv_features)
package nn

package nn

import (
	"slices"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/nn/initializers"
	"github.com/gojax/gojax/random"
	"github.com/gojax/gojax/trace"
)

// Weights holds the keyword arguments of the functions that make the first parameters of layers; its zero value is the
// default, flax's.
type Weights struct {
	DType        jnp.DType                // of what the default initializers make; unset, the default float
	Kernel, Bias initializers.Initializer // nil: initializers.LecunNormal() and Zeros
	NoBias       bool                     // the layer has no bias (use_bias=False)
	Groups       int                      // of NewConv: see Convolution; 0: 1
	KeyHeads     int                      // of NewMultiHead: how many heads keys and values have; 0: as many as queries
	HeadSize     int                      // of NewMultiHead: the size of a head; 0: features/heads
}

// defaults is the initializers with those that are not set.
func (o Weights) defaults() (kernel, bias initializers.Initializer) {
	of := initializers.Options{DType: o.DType}
	kernel, bias = o.Kernel, o.Bias
	if kernel == nil {
		kernel = of.LecunNormal()
	}
	if bias == nil {
		bias = of.Zeros
	}
	return kernel, bias
}

// positive refuses numbers that are not.
func positive(op string, sizes ...int) {
	if len(sizes) > 0 && slices.Min(sizes) < 1 {
		trace.Fail(op, nil, "the sizes must be positive: %v", sizes)
	}
}

// dense makes a kernel from so many inputs to outputs, in the shape of both, and a bias of the shape of the outputs.
func (o Weights) dense(op string, key random.KeyArray, in, out []int) DenseParams {
	positive(op, append(slices.Clone(in), out...)...)
	kernel, bias := o.defaults()
	from, to := key, key
	if o.Bias != nil { // the default needs no key
		from, to = random.Pair(key)
	}
	p := DenseParams{Kernel: kernel(from, product(in), product(out))}
	if len(in)+len(out) > 2 {
		p.Kernel = p.Kernel.Reshape(append(slices.Clone(in), out...)...)
	}
	if !o.NoBias {
		p.Bias = bias(to, out...)
	}
	return p
}

func product(sizes []int) int {
	n := 1
	for _, s := range sizes {
		n *= s
	}
	return n
}

// NewDense makes the parameters of a Dense layer of so many inputs and outputs (flax.linen.Dense): the kernel is
// initializers.LecunNormal()(key, in, out), the bias 0.
//
// Options: Weights (DType, Kernel, Bias, NoBias).
func NewDense(key random.KeyArray, in, out int) DenseParams { return Weights{}.NewDense(key, in, out) }

// NewDense is nn.NewDense with options. A Bias that draws numbers has a key of its own: both are made of random.Pair
// then.
func (o Weights) NewDense(key random.KeyArray, in, out int) DenseParams {
	return o.dense("nn.NewDense", key, []int{in}, []int{out})
}

// NewConv makes the parameters of a Conv or ConvTranspose layer of so many input and output features and a window of
// the given sizes (flax.linen.Conv): the kernel is initializers.LecunNormal()(key, window..., in, out), the bias 0.
//
// Options: Weights (DType, Kernel, Bias, NoBias, Groups).
func NewConv(key random.KeyArray, in, out int, window ...int) ConvParams {
	return Weights{}.NewConv(key, in, out, window...)
}

// NewConv is nn.NewConv with options.
func (o Weights) NewConv(key random.KeyArray, in, out int, window ...int) ConvParams {
	const op = "nn.NewConv"
	positive(op, append([]int{in, out}, window...)...)
	groups := max(o.Groups, 1)
	if in%groups != 0 || out%groups != 0 {
		trace.Fail(op, nil, "%d input and %d output features do not fall into %d groups of one size", in, out, groups)
	}
	kernel, bias := o.defaults()
	from, to := key, key
	if o.Bias != nil {
		from, to = random.Pair(key)
	}
	p := ConvParams{Kernel: kernel(from, append(slices.Clone(window), in/groups, out)...)}
	if !o.NoBias {
		p.Bias = bias(to, out)
	}
	return p
}

// NewEmbedding makes the table of an Embedding of so many things, as vectors of so many features (flax.linen.Embed):
// normal numbers of variance 1/features.
//
// Options: Weights (DType, Kernel).
func NewEmbedding(key random.KeyArray, count, features int) EmbeddingParams {
	return Weights{}.NewEmbedding(key, count, features)
}

// NewEmbedding is nn.NewEmbedding with options.
func (o Weights) NewEmbedding(key random.KeyArray, count, features int) EmbeddingParams {
	positive("nn.NewEmbedding", count, features)
	kernel := o.Kernel
	if kernel == nil { // a thing is one input that is 1, and features are fanned out to
		of := initializers.Options{DType: o.DType, InAxis: []int{1}, OutAxis: []int{0}}
		kernel = of.VarianceScaling(1, initializers.FanIn, initializers.FromNormal)
	}
	return EmbeddingParams{kernel(key, count, features)}
}

// NewNorm makes the parameters of a norm of so many features, or of several axes: ones and zeros (flax.linen.LayerNorm
// and its fellows).
//
// Options: Weights (DType, NoBias).
func NewNorm(features ...int) NormParams { return Weights{}.NewNorm(features...) }

// NewNorm is nn.NewNorm with options.
func (o Weights) NewNorm(features ...int) NormParams {
	positive("nn.NewNorm", features...)
	c := jnp.Creation{DType: o.DType}
	p := NormParams{Scale: c.Ones(features...)}
	if !o.NoBias {
		p.Bias = c.Zeros(features...)
	}
	return p
}

// NewBatchStats makes the running statistics of a BatchNorm that has seen nothing: means of 0 and variances of 1
// (flax.linen.BatchNorm).
//
// Options: Weights (DType).
func NewBatchStats(features int) BatchStats { return Weights{}.NewBatchStats(features) }

// NewBatchStats is nn.NewBatchStats with options.
func (o Weights) NewBatchStats(features int) BatchStats {
	positive("nn.NewBatchStats", features)
	c := jnp.Creation{DType: o.DType}
	return BatchStats{c.Zeros(features), c.Ones(features)}
}

// NewMultiHead makes the parameters of a MultiHeadAttention whose inputs and outputs have so many features, with so
// many heads (flax.linen.MultiHeadDotProductAttention): kernels as by initializers.LecunNormal() from the features of
// the input, biases 0.
//
// Options: Weights (DType, Kernel, Bias, NoBias, KeyHeads, HeadSize).
func NewMultiHead(key random.KeyArray, features, heads int) MultiHeadParams {
	return Weights{}.NewMultiHead(key, features, heads)
}

// NewMultiHead is nn.NewMultiHead with options.
func (o Weights) NewMultiHead(key random.KeyArray, features, heads int) MultiHeadParams {
	const op = "nn.NewMultiHead"
	positive(op, features, heads)
	size, few := o.HeadSize, o.KeyHeads
	if size == 0 {
		if features%heads != 0 {
			trace.Fail(op, nil, "%d features do not fall into %d heads of one size; HeadSize says another", features,
				heads)
		}
		size = features / heads
	}
	if few == 0 {
		few = heads
	}
	positive(op, size, few)
	if heads%few != 0 {
		trace.Fail(op, nil, "%d heads of queries cannot share %d heads of keys evenly", heads, few)
	}
	keys := random.Split(key, 4)
	in := []int{features}
	return MultiHeadParams{
		Query: o.dense(op, keys.Index(0), in, []int{heads, size}),
		Key:   o.dense(op, keys.Index(1), in, []int{few, size}),
		Value: o.dense(op, keys.Index(2), in, []int{few, size}),
		Out:   o.dense(op, keys.Index(3), []int{heads, size}, in),
	}
}

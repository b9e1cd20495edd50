package nn_test

import (
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	. "github.com/gojax/gojax/nn"
	"github.com/gojax/gojax/random"
	"github.com/gojax/gojax/tests/figures"
)

type arr = []jnp.Array

// The layers of Flax, with its defaults and its options.
func TestLayers(t *testing.T) {
	all := map[string]figures.Case{"dropout": figures.One(func() jnp.Array {
		return Dropout(random.Key(3), figures.Grid(4, 5), 0.3)
	})}
	for _, add := range []func(all map[string]figures.Case){denseFigures, convFigures, poolFigures, normFigures,
		batchFigures, attentionFigures} {
		add(all)
	}
	figures.Check(t, "testdata/flax.jsonl.gz", 2e-5, all)
}

func denseFigures(all map[string]figures.Case) {
	g := figures.Grid
	table := EmbeddingParams{g(7, 3)}
	all["dense"] = func() arr {
		return arr{Dense(DenseParams{g(4, 5), g(5)}, g(2, 3, 4)), Dense(DenseParams{Kernel: g(4, 5)}, g(4))}
	}
	all["embedding"] = func() arr {
		return arr{Embedding(table, jnp.FromSlice([]int32{0, 6, 3, 3}, 2, 2)), table.Attend(g(2, 3))}
	}
	all["first weights"] = func() arr {
		key := random.Key(3)
		return arr{NewConv(key, 4, 6, 3, 2).Kernel, NewDense(key, 4, 5).Kernel, NewEmbedding(key, 7, 3).Table}
	}
}

func convFigures(all map[string]figures.Case) {
	g := figures.Grid
	x1, x2 := g(2, 9, 3), g(2, 6, 7, 4)
	p1, p2 := ConvParams{g(3, 3, 5), g(5)}, ConvParams{g(3, 2, 4, 6), g(6)}
	same := Convolution{Padding: lax.PadSame()}
	all["conv"] = func() arr {
		return arr{Conv(p1, x1), same.Conv(p2, x2), same.Conv(ConvParams{Kernel: p2.Kernel}, x2.Index(0))}
	}
	all["conv options"] = func() (y arr) {
		for _, o := range []Convolution{
			{Padding: lax.PadSame(), Strides: []int{2, 3}},
			{Padding: lax.PadWith([2]int{1, 2}, [2]int{0, 3})},
			{KernelDilation: []int{2, 3}},
			{Padding: lax.PadWith([2]int{1, 1}, [2]int{1, 1}), InputDilation: []int{2, 1}},
		} {
			y = append(y, o.Conv(p2, x2))
		}
		o := Convolution{Padding: lax.PadSame(), Groups: 2}
		return append(y, o.Conv(ConvParams{g(3, 2, 2, 6), g(6)}, x2))
	}
	all["conv batches"] = figures.One(func() jnp.Array { return Conv(p1, g(2, 3, 9, 3)) })
	all["conv transpose"] = func() (y arr) {
		y = arr{
			Convolution{Padding: lax.PadSame(), Strides: []int{2, 2}}.ConvTranspose(p2, x2),
			Convolution{Strides: []int{3, 1}}.ConvTranspose(p2, x2.Index(1)),
			Convolution{Padding: lax.PadSame(), Strides: []int{1, 2}, KernelDilation: []int{2, 1}}.
				ConvTranspose(p2, x2),
		}
		o := Convolution{Padding: lax.PadSame(), Strides: []int{2, 2}, TransposeKernel: true}
		return append(y, o.ConvTranspose(ConvParams{g(3, 2, 6, 4), g(6)}, x2))
	}
}

func poolFigures(all map[string]figures.Case) {
	x1, x2 := figures.Grid(2, 9, 3), figures.Grid(2, 6, 7, 4)
	all["pool"] = func() arr {
		same := Pooling{Strides: []int{2, 3}, Padding: lax.PadSame()}
		inside := same
		inside.ExcludePadding = true
		wide := Pooling{Strides: []int{2}, Padding: lax.PadWith([2]int{1, 2})}
		return arr{MaxPool(x2, 2, 3), same.MinPool(x2, 2, 3), AvgPool(x2, 2, 3), same.AvgPool(x2, 2, 3),
			inside.AvgPool(x2, 2, 3), wide.MaxPool(x1.Index(0), 4), Pooling{Padding: lax.PadSame()}.SumPool(x1, 2)}
	}
}

// What the norms are given: an array, parameters, and a mask.
func normed() (x jnp.Array, p NormParams, mask jnp.Array) {
	p = NormParams{figures.Grid(6), figures.Grid(7).Index(jnp.S(1, nil))}
	return figures.Grid(3, 4, 6), p, jnp.Arange(72).Mod(5).Gt(1).Reshape(3, 4, 6)
}

func normFigures(all map[string]figures.Case) {
	x, p, mask := normed()
	half := Normalization{Epsilon: 0.5}
	masked := Normalization{Where: mask}
	both := Normalization{Where: mask, Epsilon: 0.5}
	all["layer norm"] = func() arr {
		return arr{LayerNorm(p, x), LayerNorm(NormParams{}, x), half.LayerNorm(p, x, 1, 2), masked.LayerNorm(p, x)}
	}
	all["rms norm"] = func() arr {
		scale := NormParams{Scale: p.Scale}
		return arr{RMSNorm(scale, x), both.RMSNorm(scale, x)}
	}
	all["group norm"] = func() (y arr) {
		for _, n := range []int{1, 2, 3, 6} {
			y = append(y, GroupNorm(p, x, n))
		}
		return append(y, GroupNorm(p, x.Index(jnp.All, 0), 3), both.GroupNorm(p, x, 2))
	}
}

func batchFigures(all map[string]figures.Case) {
	x, p, mask := normed()
	s := BatchStats{p.Scale.Div(4), p.Bias.Mul(p.Bias).Add(0.5)}
	all["batch norm"] = func() arr {
		out := arr{BatchNorm(p, s, x)}
		add := func(o BatchNormalization, p NormParams, s BatchStats) {
			y, next := o.BatchNormTrain(p, s, x)
			out = append(out, y, next.Mean, next.Var)
		}
		add(BatchNormalization{}, p, s)
		add(BatchNormalization{Momentum: 0.75, Epsilon: 0.25, Where: mask}, p, s)
		three := func(x jnp.Array) jnp.Array { return x.Index(jnp.S(0, 3)) }
		few := NormParams{three(p.Scale), three(p.Bias)}
		add(BatchNormalization{Axis: new(0)}, few, BatchStats{few.Scale, few.Bias.Mul(few.Bias)})
		return out
	}
	all["batch norm across"] = func() arr {
		o := BatchNormalization{AxisName: "batch"}
		y, next := gojax.Vmap(func(x jnp.Array) (jnp.Array, BatchStats) { return o.BatchNormTrain(p, s, x) },
			gojax.AxisName("batch"))(x)
		return arr{y, next.Mean.Index(0), next.Var.Index(0)}
	}
}

func attentionFigures(all map[string]figures.Case) {
	g := figures.Grid
	p := MultiHeadParams{
		Query: DenseParams{g(6, 2, 4).Div(4), g(2, 4).Div(8)}, Key: DenseParams{g(6, 2, 4).Div(5), g(2, 4).Div(8)},
		Value: DenseParams{g(6, 2, 4).Div(6), g(2, 4).Div(8)}, Out: DenseParams{g(2, 4, 6).Div(7), g(6).Div(8)},
	}
	q, kv := g(2, 3, 6).Div(4), g(2, 5, 6).Div(4)
	all["attention"] = func() arr {
		return arr{MultiHeadAttention(p, q, kv, kv), Attention{Causal: true}.MultiHeadAttention(p, q, q, q)}
	}
}

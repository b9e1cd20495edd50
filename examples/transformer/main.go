// Command transformer trains a small transformer to say a poem letter by letter (Lear, 1871), with Adam, a rate that
// warms up and falls along a cosine, and batches drawn within the scanned step; then it recites. transformer.py is the
// same in JAX.
//
//	go run ./examples/transformer
package main

import (
	_ "embed"
	"fmt"
	"math"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/examples/internal/show"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/nn"
	"github.com/gojax/gojax/optim"
	"github.com/gojax/gojax/random"
	"github.com/gojax/gojax/tree"
)

//go:embed testdata/owl.txt
var text []byte

const width, heads, layers, context = 64, 4, 2, 32

type block struct{ QKV, Out, Up, Down, Norms jnp.Array }

type params struct {
	Embed, Place jnp.Array
	Blocks       []block
	Norm         jnp.Array
}

func newParams(key random.KeyArray, letters int) params {
	dense := func(key random.KeyArray, shape ...int) jnp.Array {
		return random.Normal(key, shape...).Div(math.Sqrt(float64(shape[0])))
	}
	k := random.Keys(key, 2+layers)
	embed, place := random.Normal(k[0], letters, width).Mul(0.1), random.Normal(k[1], context, width).Mul(0.1)
	p := params{Embed: embed, Place: place, Norm: jnp.Ones(width)}
	for _, key := range k[2:] {
		k := random.Keys(key, 4)
		qkv, out := dense(k[0], width, 3, heads, width/heads), dense(k[1], width, width)
		up, down := dense(k[2], width, 4*width), dense(k[3], 4*width, width)
		p.Blocks = append(p.Blocks, block{qkv, out, up, down, jnp.Ones(2, width)})
	}
	return p
}

// logits are the scores of the next letter at each place: [batch, time] to [batch, time, letters].
func logits(p params, tokens jnp.Array) jnp.Array {
	x := p.Embed.Index(tokens).Add(p.Place)
	for _, b := range p.Blocks {
		qkv := jnp.Einsum("btw,wshd->sbthd", nn.Standardize(x).Mul(b.Norms.Row(0)), b.QKV)
		seen := nn.Attention{Causal: true}.DotProductAttention(qkv.Row(0), qkv.Row(1), qkv.Row(2))
		x = x.Add(seen.Reshape(x.Shape()...).MatMul(b.Out))
		x = x.Add(nn.Gelu(nn.Standardize(x).Mul(b.Norms.Row(1)).MatMul(b.Up)).MatMul(b.Down))
	}
	return nn.Standardize(x).Mul(p.Norm).MatMul(p.Embed.T())
}

// loss is the mean cross-entropy of the letters that follow, of [batch, time + 1].
func loss(p params, tokens jnp.Array) jnp.Array {
	logP := nn.LogSoftmax(logits(p, tokens.Ix(":, :-1")))
	return jnp.TakeAlongAxis(logP, tokens.Ix(":, 1:, None"), -1).Mean().Neg()
}

func train(key random.KeyArray, data jnp.Array, letters int) (p params, losses jnp.Array) {
	const steps, batch = 250, 16
	kInit, kTrain := random.Pair(key)
	opt := optim.Adam[params](optim.WarmupCosine(1e-2, 20, steps))
	p = newParams(kInit, letters)
	type state = tree.Pair[params, optim.State[params]]
	step := func(s state, key random.KeyArray) (state, jnp.Array) {
		at := random.RandInt(key, 0, data.Len()-context, batch, 1)
		value, grads := gojax.ValueAndGrad2(loss)(s.A, data.Index(at.Add(jnp.Arange(context+1))))
		updates, next := opt.Update(grads, s.B, s.A)
		return tree.PairOf(optim.Apply(s.A, updates), next), value
	}
	end, losses := lax.Scan(step, tree.PairOf(p, opt.Init(p)), random.Split(kTrain, steps))
	return end.A, losses
}

func recite(p params, window jnp.Array, length int) jnp.Array {
	_, letters := lax.ScanN(length, func(window jnp.Array) (jnp.Array, jnp.Array) {
		letter := logits(p, window.Ix("None")).Ix("0, -1").ArgMax().AsType(window.DType())
		return jnp.Append(window.Slice(1, nil), letter), letter
	}, window)
	return letters
}

func run() map[string]jnp.Array {
	alphabet, data := jnp.UniqueInverse(jnp.FromSlice(text))
	p, losses := gojax.Jit(train)(random.Key(0), data, alphabet.Len())
	letters := gojax.Jit(recite)(p, data.Head(context), 120)
	fmt.Printf("%s|%s\n", text[:context], jnp.ToSlice[uint8](alphabet.Index(letters)))
	return map[string]jnp.Array{
		"loss":       losses.Take([]int{0, 10, 20, 50, 100, 249}),
		"parameters": jnp.AsArray(tree.Size(p)),
		"recited":    letters,
	}
}

func main() { show.Values(run()) }

package nn_test

import (
	"fmt"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	. "github.com/gojax/gojax/nn"
	"github.com/gojax/gojax/random"
	"github.com/gojax/gojax/tests/fails"
	"github.com/gojax/gojax/tests/figures"
)

// Heads of keys are shared by groups of queries, as if each query had a copy; without the batch it is one of the batch.
func TestMultiHeadGroups(t *testing.T) {
	x := figures.Grid(2, 5, 8)
	p := Weights{KeyHeads: 2}.NewMultiHead(random.Key(0), 8, 4)
	full := p
	for _, d := range []*DenseParams{&full.Key, &full.Value} {
		d.Kernel, d.Bias = d.Kernel.Repeat(2, 1), d.Bias.Repeat(2, 0)
	}
	o := Attention{Causal: true}
	want := o.MultiHeadAttention(full, x, x, x)
	if y := o.MultiHeadAttention(p, x, x, x); !near(y, want) {
		t.Errorf("grouped it is %v, want %v", y, want)
	}
	alone := func(x jnp.Array) jnp.Array { return o.MultiHeadAttention(p, x, x, x) }
	if y := alone(x.Index(1)); !near(y, want.Index(1)) {
		t.Errorf("without a batch it is %v, want %v", y, want.Index(1))
	}
	if y := gojax.Jit(gojax.Vmap(alone))(x); !near(y, want) {
		t.Errorf("mapped it is %v, want %v", y, want)
	}
	mask := jnp.Tril(jnp.Ones(5, 5)).AsType(jnp.Bool)
	if y := (Attention{Mask: mask, Scale: jnp.AsArray(1 / 1.4142135)}).MultiHeadAttention(p, x, x, x); !near(y, want) {
		t.Errorf("by a mask it is %v, want %v", y, want)
	}
	g := gojax.Grad(func(p MultiHeadParams) jnp.Array { return MultiHeadAttention(p, x, x, x).Mean() })(p)
	if fmt.Sprint(g.Key.Kernel.Shape()) != "[8 2 2]" || !near(g.Out.Bias, jnp.Full([]int{8}, float32(1)/8)) {
		t.Errorf("the gradient is %v", g)
	}
}

func TestMultiHeadErrors(t *testing.T) {
	p := NewMultiHead(random.Key(0), 6, 2)
	x := figures.Grid(2, 3, 6)
	for want, f := range map[string]func(){
		"takes arrays [batch, positions, in]":   func() { MultiHeadAttention(p, x.Index(0, 0), x, x) },
		"nn.MultiHeadAttention":                 func() { MultiHeadAttention(p, x, figures.Grid(2, 3, 5), x) },
		"never set":                             func() { MultiHeadAttention(MultiHeadParams{}, x, x, x) },
		"do not fall into 4 heads":              func() { NewMultiHead(random.Key(0), 6, 4) },
		"cannot share 3 heads":                  func() { Weights{KeyHeads: 3}.NewMultiHead(random.Key(0), 8, 4) },
		"must be positive":                      func() { NewDense(random.Key(0), 3, 0) },
		"do not fall into 2 groups of one size": func() { Weights{Groups: 2}.NewConv(random.Key(0), 3, 4, 3) },
	} {
		fails.With(t, f, want)
	}
}

package main

import (
	"strings"
	"testing"
)

// TestFind holds the answers to what they must tell: Go name, JAX's name, signature, comment, options and import path.
func TestFind(t *testing.T) {
	for _, c := range []struct {
		args []string
		want []string
	}{
		{[]string{"jax.numpy.sum"}, []string{
			"jnp.Sum  (jax.numpy.sum)\n", "func Sum(x jnp.Array, axes ...int) jnp.Array\n", "Sum is the sum over axes",
			"jnp.Reduction{", "KeepDims bool", "}.Sum\n", `"github.com/gojax/gojax/jnp"`, "\nalso\n", "lax.CumSum ",
		}},
		{[]string{"lax.scan"}, []string{
			"lax.Scan  (jax.lax.scan)\n", "lax.ScanOptions{Length int;", `"github.com/gojax/gojax/lax"`,
		}},
		{[]string{"jax.jit"}, []string{"gojax.Jit  (jax.jit)\n", "\"github.com/gojax/gojax\"\n"}},
		{[]string{"stats.norm"}, []string{"type Norm struct\n", "stats.Norm{Loc any; Scale any}\n", "methods  CDF, "}},
		{[]string{"keepdims"}, []string{"KeepDims bool\n", "methods  All, Any, "}},
		{[]string{"is_causal"}, []string{"nn.DotProductAttention  (", "Causal bool",
			"note     is_causal of jax.nn.dot_product_attention has another name", "\nalso\n  nn.Attention.Causal"}},
		{[]string{"device_get"}, []string{"jnp.ToSlice  (jax.device_get", "jnp.CopyTo  (jax.device_get)"}},
		{[]string{"shard_map"}, []string{"gojax.ShardMap  (jax.shard_map"}},
		{[]string{"ragged_all_to_all"}, []string{"jax.lax.ragged_all_to_all\n    left out: parts of several sizes"}},
		{[]string{"-n", "1", "reduce"}, []string{"more (-n "}},
		{[]string{"jnp.linalg.norm(x)"}, []string{"linalg.Norm  ("}},
		{[]string{"sum", "minimize"}, []string{"jnp.Sum  (", "optimize.Minimize\n"}},
	} {
		out, _, err := gojaxRun(t, append([]string{"find"}, c.args...)...)
		if err != nil {
			t.Errorf("find %q: %v", c.args, err)
		}
		for _, want := range c.want {
			if !strings.Contains(out, want) {
				t.Errorf("find %q: no %q in\n%s", c.args, want, out)
			}
		}
	}
	if out, _, _ := gojaxRun(t, "find", "-n", "0", "sum"); strings.Contains(out, "also") {
		t.Errorf("-n 0 lists others:\n%s", out)
	}
}

// A function's options have the fields that it takes, not all of the struct's.
func TestFindNarrowsOptions(t *testing.T) {
	n := readNames("go\tp.F\tp\tfunc F(x int)\tF is f. Options: S (A).\n" +
		"go\tp.S\tp\ttype S struct\ngo\tp.S.A\tp\tA int\ngo\tp.S.B\tp\tB int\n" +
		"go\tp.S.F\tp\tfunc (s p.S) F(x int)\tF is p.F with options.\n" +
		"go\tp.G\tp\tfunc G(x int)\tG is g.\ngo\tp.S.G\tp\tfunc (s p.S) G(x int)\tG is G with options: B.\n" +
		"go\tp.H\tp\tfunc H(x int, o ...p.O)\tH is h. Options: O (B).\n" +
		"go\tp.O\tp\ttype O struct\ngo\tp.O.A\tp\tA int\ngo\tp.O.B\tp\tB int\n")
	for ref, want := range map[string]string{"p.F": "p.S{A int}.F", "p.G": "p.S{B int}.G", "p.S": "p.S{A int; B int}",
		"p.H": "p.O{B int}"} {
		if got := strings.Join(n.options(n.get(ref, "p")), "|"); got != want {
			t.Errorf("the options of %s are %q, want %q", ref, got, want)
		}
	}
}

func TestFindNothing(t *testing.T) {
	for _, query := range []string{"", " ", "*", "(x)"} {
		if out, _, err := gojaxRun(t, "find", query); err == nil || !strings.Contains(err.Error(), "is no name") {
			t.Errorf("find %q: %v\n%s", query, err, out)
		}
	}
	out, _, err := gojaxRun(t, "find", "linspce", "sum", "qqqqqqqq")
	if err == nil || !strings.Contains(err.Error(), "nothing is called linspce, qqqqqqqq") ||
		!strings.Contains(out, "did you mean\n  jnp.LinSpace") || !strings.Contains(out, "jnp.Sum  (") {
		t.Errorf("%v\n%s", err, out)
	}
}

package main

import (
	"slices"
	"testing"
)

// TestSearch asks for names as users of NumPy, SciPy and JAX write them; the first answer is the Go name, or the
// name of JAX's that is not here.
func TestSearch(t *testing.T) {
	n := readNames(namesTSV)
	for _, c := range []struct {
		query, want string
		how         int
	}{
		{"jax.numpy.sum", "jnp.Sum", exact},
		{"np.sum", "jnp.Sum", exact},
		{"SUM", "jnp.Sum", exact},
		{"jnp.Sum", "jnp.Sum", exact},
		{"github.com/gojax/gojax/jnp.Sum", "jnp.Sum", exact},
		{"jnp.Reduction.Sum", "jnp.Sum", exact},
		{"jnp.Reduction{KeepDims}", "jnp.Reduction.KeepDims", exact},
		{"jax.Array.sum", "jnp.Array.Sum", exact},
		{"x.at.set", "jnp.Ref.Set", elsewhere},
		{"logsumexp", "nn.LogSumExp", exact},
		{"log_sum_exp", "nn.LogSumExp", exact},
		{"scipy.special.logsumexp", "special.LogSumExp", exact},
		{"scipy.stats.norm", "stats.Norm", exact},
		{"scipy.stats.norm.pdf", "stats.Norm.PDF", exact},
		{"np.linalg.norm", "linalg.Norm", exact},
		{"np.fft.rfftn", "fft.RFFTN", exact},
		{"numpy.random.normal", "random.Normal", elsewhere},
		{"jax.random.PRNGKey", "random.Key", exact},
		{"jax.lax.top_k", "lax.TopK", exact},
		{"topk", "lax.TopK", exact},
		{"dot_general", "lax.DotGeneral", exact},
		{"value_and_grad()", "gojax.ValueAndGrad", exact},
		{"scipy.integrate.trapezoid", "jnp.Trapezoid", exact},
		{"jax.scipy.sparse.linalg.cg", "linalg.CG", exact},
		{"keepdims", "jnp.Reduction.KeepDims", exact},
		{"scipy.optimize.minimize", "optimize.Minimize", exact},
		{"jax.checking_leaks", "jax.checking_leaks", exact},
		{"minimize", "optimize.Minimize", exact},
		{"ragged_all_to_all", "jax.lax.ragged_all_to_all", exact},
		{"conv_general", "lax.ConvGeneralDilated", prefix},
		{"sumexp", "nn.LogSumExp", part},
		{"broadcast_t", "jnp.BroadcastTo", prefix},
		{"normalized_shape", "", 0},
		{"return_counts", "jnp.UniqueReturned", mentioned},
		{"static_argnums", "gojax.Jit", mentioned},
		{"donate_argnums", "gojax.DonateArgs", mentioned},
		{"argnums", "gojax.Grad", mentioned},
		{"optax.global_norm", "tree.Norm", exact},
		{"optax.clip", "optim.Clip", exact},
		{"clip", "jnp.Clip", exact},
		{"trace", "jnp.Trace", exact},
		{"optax.huber_loss", "optax.huber_loss", exact},
		{"optax.losses.huber_loss", "optax.huber_loss", elsewhere},
		{"optax.tree_utils.tree_add", "tree.Add", exact},
		{"is_causal", "nn.DotProductAttention", argument},
		{"jax.nn.dot_product_attention.local_window_size", "nn.DotProductAttention", argument},
		{"preferred_element_type", "jnp.Dot", argument},
		{"linalg.svd.compute_uv", "linalg.SVD", argument},
		{"solve_ivp", "ode.Odeint", mentioned},
		{"num_segments", "jnp.SegmentSum", mentioned},
		{"tolist", "jnp.ToSlice", exact},
		{"linspce", "jnp.LinSpace", near},
		{"argmxa", "jnp.ArgMax", near},
		{"a name that nobody has", "", 0},
		{"jax", "", 0},
		{"", "", 0},
	} {
		hits := n.search(c.query)
		switch {
		case len(hits) == 0 && c.want != "":
			t.Errorf("%q: nothing, want %s", c.query, c.want)
		case len(hits) > 0 && (hits[0].name() != c.want || hits[0].how != c.how):
			t.Errorf("%q: %s (%d), want %s (%d)", c.query, hits[0].name(), hits[0].how, c.want, c.how)
		}
	}
}

// TestOrder holds answers to their order: what was asked for, what begins so, what has it in it.
func TestOrder(t *testing.T) {
	hits := readNames(namesTSV).search("cumsum")
	if !slices.IsSortedFunc(hits, compare) {
		t.Error("the answers are not in order")
	}
	seen := map[string]bool{}
	for _, h := range hits {
		if h.how == near {
			t.Errorf("%s is nearly cumsum, which is there itself", h.name())
		}
		seen[h.name()] = true
	}
	for _, want := range []string{"jnp.CumSum", "lax.CumSum", "jnp.Array.CumSum"} {
		if !seen[want] {
			t.Errorf("%s is not among the answers to cumsum", want)
		}
	}
}

func TestEdits(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{
		{"", "", 0}, {"", "abc", 3}, {"sum", "sum", 0}, {"smu", "sum", 1}, {"linspce", "linspace", 1},
		{"argmin", "argmax", 2}, {"kitten", "sitting", 3},
	} {
		if got := edits(c.a, c.b); got != c.want {
			t.Errorf("from %q to %q: %d edits, want %d", c.a, c.b, got, c.want)
		}
		if got := edits(c.b, c.a); got != c.want {
			t.Errorf("from %q to %q: %d edits, want %d", c.b, c.a, got, c.want)
		}
	}
}

package functions

import (
	"os"
	"strings"
	"testing"
)

// modules are those whose functions cases call, by JAX's name, with the short one that cases use.
var modules = map[string]string{
	"jax.numpy": "jnp", "jax.numpy.linalg": "jnp.linalg", "jax.numpy.fft": "jnp.fft", "jax.random": "jax.random",
	"jax.lax": "lax", "jax.lax.linalg": "lax.linalg", "jax.nn": "jax.nn", "jax.nn.initializers": "jax.nn.initializers",
	"jax.scipy.special": "jsp.special", "jax.scipy.stats": "jsp.stats", "jax.scipy.linalg": "jsp.linalg",
	"jax.ops": "jax.ops",
}

// notCalled are the functions that no case can call: they take functions, files, iterators or axes that are open, or
// return what is no array.
var notCalled = map[string]bool{}

func init() {
	for _, names := range []string{
		"jnp. vectorize einsum_path apply_over_axes array_repr array_str fromfile fromiter frompyfunc fromstring",
		"jnp. get_printoptions index_exp s_ isdtype issubdtype load save savez set_printoptions c_ r_ mgrid ogrid",
		"jnp. fft linalg dtype finfo iinfo",
		"lax. all_gather all_to_all associative_scan axis_index axis_size cond custom_linear_solve pbroadcast",
		"lax. fori_loop map pmax pmean pmin ppermute pshuffle pswapaxes psum psum_scatter scan scatter_apply switch",
		"lax. custom_root while_loop with_sharding_constraint platform_dependent linalg dtype shape_as_value",
		"lax. broadcast_shapes padtype_to_pads pcast",
		"lax. conv_dimension_numbers conv_general_permutations conv_general_shape_tuple conv_shape_tuple",
		"lax. conv_transpose_shape_tuple reduce_window_shape_tuple conv_general_dilated_local ragged_dot_general",
		"jsp.linalg. funm",
		"lax. conv_general_dilated_patches rng_bit_generator", // dimension numbers, and generators of the platform
		"jax.nn. initializers",
	} {
		prefix, list, _ := strings.Cut(names, " ")
		for _, n := range strings.Fields(list) {
			notCalled[prefix+n] = true
		}
	}
}

// TestNames looks for a function of every name that JAX and gojax both have, as the table of names says that makes
// docs/COVERAGE.md: further cases call them.
func TestNames(t *testing.T) {
	text, err := os.ReadFile("../../../cmd/gojax/names.tsv")
	if err != nil {
		t.Fatal(err)
	}
	var rows [][]string
	isFunc := map[string]bool{}
	for line := range strings.Lines(string(text)) {
		c := strings.Split(strings.TrimSpace(line), "\t")
		rows = append(rows, c)
		if c[0] == "go" && len(c) > 3 && strings.HasPrefix(c[3], "func ") {
			isFunc[c[1]] = true
		}
	}
	n := 0
	for _, c := range rows {
		if c[0] != "jax" || c[3] != "here" || strings.HasSuffix(c[1], "_p") {
			continue
		}
		i := strings.LastIndex(c[1], ".")
		goName, _, _ := strings.Cut(c[4]+" ", " ")
		module, ok := modules[c[1][:i]]
		if goName = strings.Trim(goName, ","); !ok || !isFunc[goName] {
			continue
		}
		name := module + c[1][i:]
		if _, found := Families["lax"].Lookup(name); !found && !notCalled[name] {
			t.Errorf("%s is %s, which no table has", name, c[4])
		} else if found && notCalled[name] {
			t.Errorf("%s is in a table, and said not to be called", name)
		}
		n++
	}
	if n < 600 {
		t.Errorf("only %d names were found in the table", n)
	}
}

package ops_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/lower"
	"github.com/gojax/gojax/tests/fails"
	"github.com/gojax/gojax/trace"
)

// What is compiled of a collective: the operation, and the attributes of which partitions work together. The mesh has
// the axes x, of size 2, and y, of size 3; partition 3*i + j is at (i, j).
func TestCollectiveText(t *testing.T) {
	groups := lax.CollectiveOptions{Tiled: true, Groups: [][]int{{2}, {0}, {1}}}
	tiled := lax.CollectiveOptions{Tiled: true}
	type A = jnp.Array
	for _, c := range []struct {
		name, manual string
		dtype        ir.DType
		f            func(x A) A
		want         string
	}{
		{"sum along x", "", ir.Float32, func(x A) A { return lax.PSum(x, "x") },
			`all_reduce stablehlo.add [[0, 3], [1, 4], [2, 5]] : tensor<3x2xi64>`},
		{"sum along both", "", ir.Complex64, func(x A) A { return lax.PSum(x, "x", "y") },
			`all_reduce stablehlo.add [[0, 1, 2, 3, 4, 5]] : tensor<1x6xi64>`},
		{"the other way round", "", ir.Int32, func(x A) A { return lax.AllGather(x, []string{"y", "x"}, 0) },
			`all_gather [[0, 3, 1, 4, 2, 5]] : tensor<1x6xi64>`},
		{"sums of half the size are wide", "", ir.BFloat16, func(x A) A { return lax.PSumScatter(x, "y", 1, tiled) },
			`convert reduce_scatter stablehlo.add [[0, 1, 2], [3, 4, 5]] : tensor<2x3xi64> convert`},
		{"groups of several sizes", "", ir.Float32, func(x A) A { return lax.PSumGroups(x, "y", [][]int{{2, 0}, {1}}) },
			`all_reduce stablehlo.add [[2, 0], [1, -1], [5, 3], [4, -1]] : tensor<4x2xi64>`},
		{"groups of one", "", ir.Float32, func(x A) A { return lax.AllGather(x, "y", 0, groups) }, ""},
		{"extrema of integers", "", ir.Int32, func(x A) A { return lax.PMax(x, "y") },
			`all_reduce stablehlo.maximum [[0, 1, 2], [3, 4, 5]] : tensor<2x3xi64>`},
		{"exchange", "", ir.Bool, func(x A) A { return lax.AllToAll(x, "y", 1, 0, tiled) },
			`all_to_all [[0, 1, 2], [3, 4, 5]] : tensor<2x3xi64>`},
		{"permutation", "", ir.Float32, func(x A) A { return lax.PPermute(x, "y", [][2]int{{0, 2}, {1, 0}}) },
			`collective_permute [[0, 2], [1, 0], [3, 5], [4, 3]] : tensor<4x2xi64>`},
		{"some axes", "y", ir.Float32, func(x A) A { return lax.PSum(x, "y") },
			`all_reduce stablehlo.add [[0, 1, 2], [3, 4, 5]] : tensor<2x3xi64>`},
		{"index", "", ir.Int32, func(A) A { return lax.Reshape(lax.AxisIndex("x"), 1) },
			`partition_id divide remainder convert`},
		{"index along some axes", "y", ir.Int32, func(A) A { return lax.Reshape(lax.AxisIndex("y"), 1) },
			`manual_axes={"x"} partition_id divide remainder convert`},
	} {
		f := func(x []*trace.Value) []*trace.Value { return []*trace.Value{c.f(jnp.Wrap(x[0])).TraceValue()} }
		in := []ir.Aval{{Shape: []int{6, 6}, DType: c.dtype}}
		p := program(t, sharded(f, c.manual, []string{"y"}, []string{"y"}), in)
		text := string(lower.Text(p, lower.Options{Platform: "cpu", Mesh: mesh23}).Text)
		if got := communication(text); got != c.want {
			t.Errorf("%s: %s\nwant\n%s\nin\n%s", c.name, got, c.want, text)
		}
		if n := strings.Count(text, "channel_handle = #stablehlo.channel_handle<handle = 1, type = 1>"); c.want != "" &&
			strings.Contains(c.want, "[[") && n != 1 {
			t.Errorf("%s: %d channels in\n%s", c.name, n, text)
		}
	}
}

// communication is what of a text is about devices.
func communication(text string) string {
	about := regexp.MustCompile(
		`stablehlo\.(all_\w+|reduce_scatter|collective_permute|partition_id|divide|remainder)\b|` +
			`stablehlo\.(?:add|maximum|minimum)"\(%\d+, %\d+\) : \(tensor<[a-z]|` +
			`(?:groups|pairs) = dense<(.*?)>( : tensor<\w+>)|stablehlo\.(convert)|(manual_axes={"x"})`)
	var s []string
	for _, m := range about.FindAllStringSubmatch(text, -1) {
		switch {
		case m[1]+m[4]+m[5] != "":
			s = append(s, m[1]+m[4]+m[5])
		case m[2] != "":
			s = append(s, m[2]+m[3])
		default:
			s = append(s, m[0][:strings.Index(m[0], `"`)])
		}
	}
	return strings.Join(s, " ")
}

// A program with axes that are not open where it is run says what would open them.
func TestCollectiveOutside(t *testing.T) {
	var p *ir.Program
	trace.WithAxis("i", 2, func() {
		p = program(t, func(x []*trace.Value) []*trace.Value {
			return []*trace.Value{lax.PSum(jnp.Wrap(x[0]), "i").TraceValue()}
		}, []ir.Aval{ir.Scalar(ir.Float32)})
	})
	fails.With(t, func() { lower.Text(p, lower.Options{Platform: "cpu"}) }, "psum", `"i"`, "gojax.Vmap",
		"gojax.ShardMap")
	fails.With(t, func() { lax.PSum(jnp.Ones(), "i") }, `"i"`, "gojax.Vmap", "gojax.ShardMap")
}

package collective_test

import (
	"encoding/json"
	"path/filepath"
	"slices"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/tests/jsonl"
	"github.com/gojax/gojax/trace"
)

type array = jnp.Array

var (
	xy, yx = []string{"x", "y"}, []string{"y", "x"}

	somePairs = [][2]int{{0, 5}, {5, 2}, {7, 0}}

	pairs    = [][]int{{3, 1}, {0, 2}}
	uneven   = [][]int{{0, 3, 5}, {1}, {2, 4, 6, 7}}
	halves   = [][]int{{7, 0, 2, 5}, {1, 3, 4, 6}}
	inPairs  = lax.CollectiveOptions{Groups: pairs}
	tiledIn  = func(g [][]int) lax.CollectiveOptions { return lax.CollectiveOptions{Tiled: true, Groups: g} }
	inHalves = lax.CollectiveOptions{Groups: halves}
)

// acrossMesh are functions of an array of shape [4, 8] in each element of the axes x, of size 4, and y, of size 2; the
// names are those of testdata/collectives.jsonl.gz, which has what JAX 0.10.2 computes on 8 CPU devices, and the
// gradient in each device of a weighted sum of its own result (shard_map, check_vma=False).
var acrossMesh = map[string]func(r array) array{
	"psum x":            func(r array) array { return lax.PSum(r, "x") },
	"psum xy":           func(r array) array { return lax.PSum(r, xy...) },
	"pmean y":           func(r array) array { return lax.PMean(r, "y") },
	"pmean xy":          func(r array) array { return lax.PMean(r, xy...) },
	"pmax x":            func(r array) array { return lax.PMax(r, "x") },
	"pmin xy":           func(r array) array { return lax.PMin(r, xy...) },
	"psum groups x":     func(r array) array { return lax.PSumGroups(r, "x", pairs) },
	"psum groups xy":    func(r array) array { return lax.PSumGroups(r, xy, uneven) },
	"pmean groups yx":   func(r array) array { return lax.PMeanGroups(r, yx, halves) },
	"pmax groups xy":    func(r array) array { return lax.PMaxGroups(r, xy, uneven) },
	"pmin groups x":     func(r array) array { return lax.PMinGroups(r, "x", pairs) },
	"all_gather x 0":    func(r array) array { return lax.AllGather(r, "x", 0) },
	"all_gather xy 1":   func(r array) array { return lax.AllGather(r, xy, 1) },
	"all_gather yx 2":   func(r array) array { return lax.AllGather(r, yx, 2) },
	"psum_scatter x 0":  func(r array) array { return lax.PSumScatter(r, "x", 0) },
	"psum_scatter yx 1": func(r array) array { return lax.PSumScatter(r, yx, 1) },
	"all_to_all x 0 0":  func(r array) array { return lax.AllToAll(r, "x", 0, 0) },
	"all_to_all x 0 1":  func(r array) array { return lax.AllToAll(r, "x", 0, 1) },
	"all_to_all xy 1 0": func(r array) array { return lax.AllToAll(r, xy, 1, 0) },
	"pswapaxes x 0":     func(r array) array { return lax.PSwapAxes(r, "x", 0) },
	"pshuffle y":        func(r array) array { return lax.PShuffle(r, "y", []int{1, 0}) },
	"pbroadcast x":      func(r array) array { return lax.PBroadcast(r, "x", 2) },
	"pbroadcast yx":     func(r array) array { return lax.PBroadcast(r, yx, 5) },
	"axis_index y":      func(r array) array { return r.Mul(lax.AxisIndex("y")) },

	"all_gather x 1 tiled":           func(r array) array { return lax.AllGather(r, "x", 1, tiled) },
	"all_gather yx 0 tiled":          func(r array) array { return lax.AllGather(r, yx, 0, tiled) },
	"all_gather groups x 0":          func(r array) array { return lax.AllGather(r, "x", 0, inPairs) },
	"all_gather groups xy 1 tiled":   func(r array) array { return lax.AllGather(r, xy, 1, tiledIn(halves)) },
	"psum_scatter xy 1 tiled":        func(r array) array { return lax.PSumScatter(r, xy, 1, tiled) },
	"psum_scatter y 0 tiled":         func(r array) array { return lax.PSumScatter(r, "y", 0, tiled) },
	"psum_scatter groups x 0 tiled":  func(r array) array { return lax.PSumScatter(r, "x", 0, tiledIn(pairs)) },
	"psum_scatter groups xy 0":       func(r array) array { return lax.PSumScatter(r, xy, 0, inHalves) },
	"all_to_all yx 1 0 tiled":        func(r array) array { return lax.AllToAll(r, yx, 1, 0, tiled) },
	"all_to_all xy 1 1 tiled":        func(r array) array { return lax.AllToAll(r, xy, 1, 1, tiled) },
	"all_to_all y 0 1 tiled":         func(r array) array { return lax.AllToAll(r, "y", 0, 1, tiled) },
	"all_to_all groups x 1 0 tiled":  func(r array) array { return lax.AllToAll(r, "x", 1, 0, tiledIn(pairs)) },
	"all_to_all groups xy 0 1 tiled": func(r array) array { return lax.AllToAll(r, xy, 0, 1, tiledIn(halves)) },
	"ppermute x":                     func(r array) array { return lax.PPermute(r, "x", [][2]int{{0, 1}, {1, 3}}) },
	"ppermute xy ring":               func(r array) array { return lax.PPermute(r, xy, ring(8, 3)) },
	"ppermute xy part":               func(r array) array { return lax.PPermute(r, xy, somePairs) },
	"axis_index yx": func(r array) array {
		return r.Add(lax.AxisIndex(yx...).Mul(100)).Add(lax.AxisIndex(xy...))
	},
}

func ring(n, by int) [][2]int {
	perm := make([][2]int, n)
	for i := range perm {
		perm[i] = [2]int{i, (i + by) % n}
	}
	return perm
}

// overMesh runs f, of a block each, on every device of a mesh of these axes: x has an axis for each of them, which the
// blocks do not have.
func overMesh(t *testing.T, names []string, shape []int, f func(r array) array) func(x array) array {
	return overAxes(newMesh(t, names, shape), names, f)
}

// newMesh is a mesh of these axes, whose devices are in no order.
func newMesh(t *testing.T, names []string, shape []int) *ir.Mesh {
	n := ir.SizeOf(shape)
	devices := make([]int, n)
	for i := range devices {
		devices[i] = (3*i + 1) % n
	}
	m, err := ir.NewMesh("cpu", shape, names, devices)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// overAxes is overMesh for some axes of m.
func overAxes(m *ir.Mesh, names []string, f func(r array) array) func(x array) array {
	spec := make(ir.Spec, len(names))
	axes := make([]int, len(names))
	for i, name := range names {
		spec[i] = ir.Dim{Axes: []string{name}}
		axes[i] = i
	}
	return func(x array) array {
		block := slices.Clone(x.Shape())
		for i := range names {
			block[i] = 1
		}
		var p *ir.Program
		var captured []*trace.Value
		trace.WithMesh(m, names, func() {
			in := []ir.Aval{{Shape: block, DType: x.DType()}}
			p, captured = trace.Trace("f", in, func(v []*trace.Value) []*trace.Value {
				y := jnp.ExpandDims(f(jnp.Squeeze(jnp.Wrap(v[0]), axes...)), axes...)
				return []*trace.Value{y.TraceValue()}
			})
		})
		in := append([]ir.Spec{spec}, make([]ir.Spec, len(captured))...)
		y := ops.ShardMap(m, names, in, []ir.Spec{spec}, p, append([]*trace.Value{x.TraceValue()}, captured...))
		return jnp.Wrap(y[0])
	}
}

// places are the ways in which the axes x and y can be there: mapped, or of the mesh.
var places = map[string]func(t *testing.T, f func(r array) array) func(x array) array{
	"mapped": func(_ *testing.T, f func(r array) array) func(x array) array {
		return gojax.Vmap(gojax.Vmap(f, gojax.AxisName("y")), gojax.AxisName("x"))
	},
	"mesh": func(t *testing.T, f func(r array) array) func(x array) array { return overMesh(t, xy, []int{4, 2}, f) },
	"y mapped in each device": func(t *testing.T, f func(r array) array) func(x array) array {
		return overMesh(t, []string{"x"}, []int{4}, gojax.Vmap(f, gojax.AxisName("y")))
	},
	"x mapped in each device": func(t *testing.T, f func(r array) array) func(x array) array {
		g := overMesh(t, []string{"y"}, []int{2}, gojax.Vmap(f, gojax.AxisName("x")))
		return func(x array) array { return jnp.SwapAxes(g(jnp.SwapAxes(x, 0, 1)), 0, 1) }
	},
}

// acrossCase is what JAX computes.
type acrossCase struct {
	Name        string
	Shape       []int
	Value, Grad []float32
}

func readAcross(t *testing.T) (cases []acrossCase) {
	err := jsonl.File(filepath.Join("testdata", "collectives.jsonl.gz"), func(line []byte) error {
		var c acrossCase
		err := json.Unmarshal(line, &c)
		if acrossMesh[c.Name] == nil {
			t.Errorf("no function named %q", c.Name)
		}
		cases = append(cases, c)
		return err
	})
	if err != nil || len(cases) != len(acrossMesh) {
		t.Fatalf("%d cases for %d functions: %v", len(cases), len(acrossMesh), err)
	}
	return cases
}

func TestCollectivesAcrossMeshes(t *testing.T) {
	if d, err := gojax.Devices(); err != nil || len(d) < 8 {
		t.Skipf("%d devices: %v", len(d), err)
	}
	x := numbersOf(8*4*8, 37, 101, 50).Reshape(4, 2, 4, 8)
	weigh := func(y array) array {
		return jnp.Sum(y.Mul(numbersOf(y.Size(), 7, 11, 5).Reshape(y.Shape()...)))
	}
	cases := readAcross(t)
	for place, over := range places {
		all := gojax.Jit(func(x array) (y [][]array) { // one program, which compiles faster than many
			for _, c := range cases {
				f := acrossMesh[c.Name]
				r := []array{over(t, f)(x)}
				if c.Grad != nil {
					own := func(r array) array { return weigh(f(r)).Mul(lax.AxisIndex(xy...).Add(1)) }
					r = append(r, over(t, gojax.Grad(own))(x))
				}
				y = append(y, r)
			}
			return y
		})
		for k, y := range all(x) {
			c := cases[k]
			if got := y[0].Shape(); !slices.Equal(got[2:], c.Shape) {
				t.Errorf("%s, %s: the shape is %v, want %v", c.Name, place, got[2:], c.Shape)
			}
			for i, want := range [][]float32{c.Value, c.Grad}[:len(y)] {
				if got := jnp.ToSlice[float32](y[i]); !slices.Equal(got, want) {
					t.Errorf("%s, %s, result %d:\n%v\nwant\n%v", c.Name, place, i, got, want)
				}
			}
		}
	}
}

// numbersOf are n integers, k*by mod size, less a number.
func numbersOf(n, by, size, less int) array {
	x := make([]float32, n)
	for k := range x {
		x[k] = float32(k*by%size - less)
	}
	return jnp.FromSlice(x, n)
}

// Over some axes of a mesh, the compiler cuts along the others as it likes.
func TestCollectivesAlongSomeAxes(t *testing.T) {
	if d, err := gojax.Devices(); err != nil || len(d) < 8 {
		t.Skipf("%d devices: %v", len(d), err)
	}
	x := numbersOf(4*4*6, 37, 101, 50).Reshape(4, 4, 6)
	fs := []func(r array) array{
		func(r array) array { return r.Mul(lax.AxisIndex("x")) },
		func(r array) array { return lax.PSum(jnp.Dot(r, jnp.Transpose(r)), "x") },
		func(r array) array { return lax.PMax(r, "x") },
		func(r array) array { return lax.AllGather(r, "x", 1) },
		func(r array) array { return lax.PSumScatter(r, "x", 0) },
		func(r array) array { return lax.AllToAll(r, "x", 0, 1) },
		func(r array) array { return lax.PPermute(r, "x", ring(4, 1)) },
		func(r array) array { return lax.PBroadcast(r, "x", 3) },
		func(r array) array {
			return lax.ForiLoop(0, 3, func(k, c array) array {
				return lax.PPermute(c, "x", ring(4, 1)).Add(lax.AxisIndex("x").Mul(k))
			}, r)
		},
		func(r array) array {
			return lax.Cond(jnp.Greater(lax.PSum(jnp.Sum(r), "x"), 0), func() array { return lax.PMax(r, "x") },
				func() array { return lax.PMin(r, "x").Add(lax.AxisIndex("x")) })
		},
		gojax.Grad(func(r array) array { return jnp.Sum(lax.AllGather(r, "x", 0).Mul(lax.AxisIndex("x"))) }),
		gojax.Grad(func(r array) array { return jnp.Sum(lax.PMax(r, "x").Mul(lax.PMin(r, "x")).Mul(r)) }),
	}
	for _, shape := range [][]int{{4, 2}, {2, 4}} {
		names := xy
		if shape[0] == 2 {
			names = yx // the axis that is not there comes first
		}
		m := newMesh(t, names, shape)
		y := gojax.Jit(func(x array) (y []array) {
			for _, f := range fs {
				y = append(y, overAxes(m, []string{"x"}, f)(x), gojax.Vmap(f, gojax.AxisName("x"))(x))
			}
			return y
		})(x)
		for i := range fs {
			if got, want := y[2*i].String(), y[2*i+1].String(); got != want {
				t.Errorf("function %d, mesh %v:\n%v\nwant\n%v", i, m, got, want)
			}
		}
	}
}

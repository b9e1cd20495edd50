package distributed_test

import (
	"fmt"
	"math"
	"reflect"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/debug"
	"github.com/gojax/gojax/distributed"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
)

type array = jnp.Array

var cases = []struct {
	name string
	f    func(mesh *gojax.Mesh) error
}{
	{"collectives", collectives},
	{"order", order},
	{"control flow", control},
	{"transforms", derivatives},
	{"groups", groups},
	{"placing", placing},
	{"callbacks", callbacks},
	{"pmap", pmap},
	{"broadcast", broadcast},
	{"errors", refusals},
}

func equal(what string, got, want any) error {
	if !reflect.DeepEqual(got, want) {
		return fmt.Errorf("%s is %v, want %v", what, got, want)
	}
	return nil
}

func first(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// same compares f, which computes across the axis "proc", between processes and mapped by Vmap. x has a row for each.
func same(mesh *gojax.Mesh, f func(x array) map[string]array, x array) error {
	one := func(x array) map[string]array {
		y := f(jnp.Squeeze(x, 0))
		for k, v := range y {
			y[k] = jnp.ExpandDims(v, 0)
		}
		return y
	}
	got := distributed.Gather(gojax.ShardMap(one, mesh, gojax.P("proc"), gojax.P("proc"))(x))
	for k, want := range gojax.Vmap(f, gojax.AxisName("proc"))(x) {
		if g := got[k]; g.DType() != want.DType() || !reflect.DeepEqual(g.Shape(), want.Shape()) ||
			fmt.Sprint(g) != fmt.Sprint(want) {
			return fmt.Errorf("%s of %v: %v%v, want %v%v:\n%v\nwant\n%v", k, x.DType(), g.DType(), g.Shape(),
				want.DType(), want.Shape(), g, want)
		}
	}
	return nil
}

// rows has rows whose elements differ, small enough to be added exactly in all dtypes.
func rows(n, m int, d jnp.DType) array {
	x := jnp.Arange(float32(n*m)).Reshape(n, m)
	return jnp.Mod(x.Mul(7), 5).AsType(d)
}

func collectives(mesh *gojax.Mesh) error {
	n := mesh.Size()
	tiled := lax.CollectiveOptions{Tiled: true}
	shift := make([][2]int, n-1)
	for i := range shift {
		shift[i] = [2]int{i, i + 1}
	}
	ring := append([][2]int{{n - 1, 0}}, shift...)
	ops := []struct {
		name string
		f    func(x array) array
		all  bool // of dtypes that are not numbers, too
		real bool
	}{
		{"PSum", func(x array) array { return lax.PSum(x, "proc") }, true, false},
		{"PMax", func(x array) array { return lax.PMax(x, "proc") }, false, true},
		{"PMin", func(x array) array { return lax.PMin(x, "proc") }, false, true},
		{"PMean", func(x array) array { return lax.PMean(x, "proc") }, false, false},
		{"AllGather", func(x array) array { return lax.AllGather(x, "proc", 0) }, true, false},
		{"AllGather, joined", func(x array) array { return lax.AllGather(x, "proc", 0, tiled) }, true, false},
		{"AllToAll", func(x array) array { return lax.AllToAll(x, "proc", 0, 0, tiled) }, true, false},
		{"PSumScatter", func(x array) array { return lax.PSumScatter(x, "proc", 0, tiled) }, false, false},
		{"PPermute, ring", func(x array) array { return lax.PPermute(x, "proc", ring) }, true, false},
		{"PPermute, shift", func(x array) array { return lax.PPermute(x, "proc", shift) }, true, false},
		{"PPermute, one", func(x array) array { return lax.PPermute(x, "proc", [][2]int{{0, 0}}) }, true, false},
		{"PBroadcast", func(x array) array { return lax.PBroadcast(x, "proc", n-1) }, true, false},
		{"AxisIndex", func(x array) array { return x.Add(lax.AxisIndex("proc").AsType(x.DType())) }, false, false},
	}
	for _, d := range []jnp.DType{jnp.Float32, jnp.Float16, jnp.BFloat16, jnp.Int8, jnp.Int32, jnp.Uint16, jnp.Uint32,
		jnp.Complex64, jnp.Bool} {
		all := func(x array) map[string]array {
			y := map[string]array{}
			for _, o := range ops {
				if (d != jnp.Bool || o.all) && (d != jnp.Complex64 || !o.real) {
					y[o.name] = o.f(x)
				}
			}
			return y
		}
		// Messages of more elements than MPI can count are cut, as all are here the second time.
		if err := same(mesh, all, rows(n, 2*n, d)); err != nil {
			return err
		}
		most := distributed.SetMost(1)
		err := same(mesh, all, rows(n, 2*n, d))
		distributed.SetMost(most)
		if err != nil {
			return fmt.Errorf("in parts: %w", err)
		}
	}
	nan := jnp.FromSlice([]float32{1, float32(math.NaN())}, 1, 2)
	max := gojax.ShardMap(func(x array) array { return lax.PMax(x, "proc") }, mesh, gojax.P(), gojax.P())(nan)
	return equal("the greatest of NaN", fmt.Sprint(distributed.Gather(max)), "[[ 1. nan]]")
}

// order has operations that do not wait for each other, behind work of several lengths.
func order(mesh *gojax.Mesh) error {
	const k = 12
	f := gojax.Jit(gojax.ShardMap(func(x, w array) array {
		var all []array
		for i := range k {
			v := w.Mul(i + 1)
			for range 1 + i*5%4 {
				v = v.MatMul(w)
			}
			zero := v.Index(0, 0).Mul(0)
			all = append(all, lax.PSum(x.Mul(math.Pow(10, float64(i%6))).Add(zero), "proc"))
		}
		return jnp.Stack(all)
	}, mesh, gojax.P(), gojax.P()))
	x, w := jnp.Ones(16), jnp.Full([]int{100, 100}, 0.001)
	for range 30 {
		y := jnp.ToSlice[float32](distributed.Gather(f(x, w)).Index(jnp.S(nil, nil), 0))
		for i, v := range y {
			if want := float32(mesh.Size()) * float32(math.Pow(10, float64(i%6))); v != want {
				return fmt.Errorf("sum %d is %v, want %v: the calls of MPI were not in order", i, v, want)
			}
		}
	}
	return nil
}

func control(mesh *gojax.Mesh) error {
	n := mesh.Size()
	x := jnp.Arange(float32(n*3)).Reshape(n, 3).Add(1)
	return same(mesh, func(x array) map[string]array {
		carry, sums := lax.Scan(func(c, x array) (array, array) { c = c.Add(lax.PSum(x, "proc")); return c, c },
			jnp.Full([]int{}, float32(0)), x)
		return map[string]array{
			"a loop's body": lax.ForiLoop(0, 4, func(i, x array) array { return lax.PMean(x, "proc").Add(x) }, x),
			"a loop's condition": lax.WhileLoop(
				func(x array) array { return lax.PSum(x.Sum(), "proc").Lt(1000) },
				func(x array) array { return x.Mul(2) }, x),
			"a scan": sums.Add(carry),
			"a branch": lax.Cond(lax.PSum(x.Sum(), "proc").Gt(1),
				func() array { return lax.PSum(x, "proc") }, func() array { return x }),
		}
	}, x)
}

func derivatives(mesh *gojax.Mesh) error {
	n := mesh.Size()
	x := jnp.Arange(float32(n * 2)).Div(10)
	f := func(x array) array {
		g := gojax.ShardMap(func(x array) array { return jnp.Sin(x).Mul(lax.PSum(x, "proc")) }, mesh, gojax.P("proc"),
			gojax.P("proc"))
		return g(x).Sum()
	}
	plain := func(x array) array {
		s := x.Reshape(n, 2).Sum(0)
		return jnp.Sin(x).Reshape(n, 2).Mul(s).Sum()
	}
	near := func(what string, got, want array) error {
		if jnp.AllClose(distributed.Gather(got), want).Item() == 0 {
			return fmt.Errorf("%s is %v, want %v", what, distributed.Gather(got), want)
		}
		return nil
	}
	lying := gojax.DevicePut(x, gojax.NamedSharding(mesh, gojax.P("proc")))
	xs := jnp.Stack([]array{x, x.Mul(2)})
	return first(
		near("the value", f(x), plain(x)),
		near("the gradient", gojax.Grad(f)(x), gojax.Grad(plain)(x)),
		near("the gradient of a jitted function", gojax.Jit(gojax.Grad(f))(lying), gojax.Grad(plain)(x)),
		near("the mapped gradient", gojax.Vmap(gojax.Grad(f))(xs), gojax.Vmap(gojax.Grad(plain))(xs)),
		near("the Hessian", gojax.Hessian(f)(x), gojax.Hessian(plain)(x)),
	)
}

// groups are communicators of some of the processes.
func groups(*gojax.Mesh) error {
	n := distributed.Size()
	if n != 4 {
		return nil
	}
	grid := distributed.NewMesh([]int{2, 2}, []string{"a", "b"})
	x := jnp.Arange(float32(4)).Reshape(2, 2)
	run := func(f func(x array) array) []float32 {
		y := gojax.ShardMap(f, grid, gojax.P("a", "b"), gojax.P("a", "b"))(x)
		return jnp.ToSlice[float32](distributed.Gather(y))
	}
	pairs := func(x array) array { return lax.PSumGroups(x, []string{"a", "b"}, [][]int{{0, 3}, {1, 2}}) }
	return first(
		equal("sums along a", run(func(x array) array { return lax.PSum(x, "a") }), []float32{2, 4, 2, 4}),
		equal("sums along b", run(func(x array) array { return lax.PSum(x, "b") }), []float32{1, 1, 5, 5}),
		equal("all sums", run(func(x array) array { return lax.PSum(x, "a", "b") }), []float32{6, 6, 6, 6}),
		equal("sums of pairs", run(pairs), []float32{3, 3, 3, 3}),
	)
}

func placing(mesh *gojax.Mesh) error {
	n, r := distributed.Size(), distributed.Rank()
	x := jnp.Arange(float32(2*n*n)).Reshape(2*n, n)
	s := gojax.NamedSharding(mesh, gojax.P("proc"))
	y := gojax.DevicePut(x, s)
	shard := y.Shards()[0]
	over := gojax.NamedSharding(mesh, gojax.P(nil, "proc"))
	columns := gojax.DevicePut(y, over)
	printed := fmt.Sprintf("Array(%v, %v, of which this process has a part)", x.TraceValue().Aval(), over)
	if n == 1 {
		printed = fmt.Sprint(x)
	}
	made := gojax.ArrayFromCallback([]int{n}, s, func(at [][2]int) array {
		return jnp.Full([]int{1}, float32(at[0][0]))
	})
	outer := gojax.Jit(func(x array) array { return x.Mul(2).Sum() })
	return first(
		equal("the number of parts", len(y.Shards()), 1),
		equal("the part's place", shard.Index, [][2]int{{2 * r, 2*r + 2}, {0, n}}),
		equal("the part", fmt.Sprint(shard.Data.Add(0)), fmt.Sprint(x.Index(jnp.S(2*r, 2*r+2)))),
		equal("columns", columns.Shards()[0].Data.Shape(), []int{2 * n, 1}),
		equal("columns, printed", fmt.Sprint(columns), printed),
		equal("columns, gathered", fmt.Sprint(distributed.Gather(columns)), fmt.Sprint(x)),
		equal("made of parts", fmt.Sprint(distributed.Gather(made)), fmt.Sprint(jnp.Arange(float32(n)))),
		equal("outside of ShardMap", distributed.Gather(outer(y)).Item(), x.Mul(2).Sum().Item()),
		equal("an array of two meshes' shapes", fmt.Sprint(distributed.Gather(y.Add(columns))), fmt.Sprint(x.Add(x))),
	)
}

// callbacks keep their place among the steps of communication.
func callbacks(mesh *gojax.Mesh) error {
	var seen []float32
	f := gojax.ShardMap(func(x array) array {
		x = lax.PSum(x, "proc")
		debug.Callback(func(x array) { seen = append(seen, jnp.ToSlice[float32](x)...) }, x)
		return lax.PSum(x, "proc")
	}, mesh, gojax.P(), gojax.P())
	y := f(jnp.Ones(1))
	n := float32(mesh.Size())
	return first(equal("what was seen", seen, []float32{n}),
		equal("the sum of sums", jnp.ToSlice[float32](distributed.Gather(y)), []float32{n * n}))
}

func pmap(mesh *gojax.Mesh) error {
	n := mesh.Size()
	f := gojax.Pmap(func(x array) array { return x.Div(lax.PSum(x, "i")) }, gojax.AxisName("i"), gojax.PmapMesh(mesh))
	x := jnp.Arange(float32(n)).Add(1)
	return equal("Pmap", fmt.Sprint(distributed.Gather(f(x))), fmt.Sprint(x.Div(x.Sum())))
}

func broadcast(*gojax.Mesh) error {
	type params struct {
		W, B array
		Note string
	}
	r := distributed.Rank()
	p := distributed.Broadcast(params{jnp.Full([]int{3}, float32(r+7)), jnp.Full([]int{}, int32(r)), "own"})
	distributed.Barrier()
	return first(equal("the weights", jnp.ToSlice[float32](p.W), []float32{7, 7, 7}),
		equal("the bias", p.B.Item(), 0.0), equal("the note", p.Note, "own"))
}

func refusals(mesh *gojax.Mesh) error {
	if mesh.Size() == 1 {
		return nil
	}
	y := gojax.DevicePut(jnp.Arange(float32(2*mesh.Size())), gojax.NamedSharding(mesh, gojax.P("proc")))
	errs := []error{}
	if distributed.Init() == nil {
		errs = append(errs, fmt.Errorf("a second Init is no error"))
	}
	for _, c := range []struct {
		what, want string
		f          func()
	}{
		{"reading", "distributed.Gather", func() { jnp.ToSlice[float32](y) }},
		{"a device", "distributed.Gather", func() { gojax.DevicePut(y, gojax.DefaultDevice()) }},
		{"a broadcast", "lies over the processes already", func() { distributed.Broadcast(y) }},
		{"a mesh", "mpirun -n", func() { distributed.NewMesh([]int{97}, []string{"proc"}) }},
	} {
		err := gojax.Try(c.f)
		if err == nil || !contains(err.Error(), c.want) {
			errs = append(errs, fmt.Errorf("%s: error %v, want one with %q", c.what, err, c.want))
		}
	}
	return first(errs...)
}

package badinput_test

import (
	"os"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/debug"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
)

// Arrays over the devices of a mesh.
func TestMesh(t *testing.T) {
	const ask = "GOJAX_NUM_CPU_DEVICES"
	if os.Getenv(ask) != "4" {
		out, ok := process(t, os.Args[0], []string{"-test.run=^TestMesh$", "-test.v"},
			[]string{ask + "=4", "GOJAX_PLATFORM=cpu"})
		if !ok {
			t.Errorf("with four devices:\n%s", out)
		}
		return
	}
	all, err := gojax.Devices()
	if err != nil || len(all) != 4 {
		t.Fatal(all, err)
	}
	m := gojax.NewMesh([]int{2, 2}, []string{"a", "b"})
	other := gojax.NewMesh([]int{2}, []string{"a"}, all[2], all[3])
	over := func(m *gojax.Mesh, entries ...any) gojax.Sharding { return gojax.NamedSharding(m, gojax.P(entries...)) }
	x := jnp.Arange(12).Reshape(4, 3).AsType(jnp.Float32)
	y := gojax.DevicePut(x, over(m, "a"))
	z := gojax.DevicePut(x, over(other, "a"))
	add := gojax.Jit(func(a, b arr) arr { return a.Add(b) }, gojax.Named("add"))
	in := gojax.Jit(func(a arr) arr { return a.Add(1) }, gojax.Named("in"), gojax.InShardings(over(m, "b")))
	names := []string{"a", "b"}
	check(t, []mistake{
		{"too many", func() { gojax.NewMesh([]int{8}, []string{"a"}) },
			saysAbove("gojax.NewMesh", "8 devices", "there are 4", "GOJAX_NUM_CPU_DEVICES=8")},
		{"a name twice", func() { gojax.NewMesh([]int{2, 2}, []string{"a", "a"}) }, says("gojax.NewMesh", `"a"`)},
		{"names", func() { gojax.NewMesh([]int{2, 2}, []string{"a"}) }, says("2 axes", "not 1")},
		{"no name", func() { gojax.NewMesh([]int{2}, []string{""}) }, says("empty name")},
		{"a size", func() { gojax.NewMesh([]int{0, 2}, names) }, says("size 0")},
		{"a device twice", func() { gojax.NewMesh([]int{2}, names[:1], all[1], all[1]) }, says("cpu:1", "twice")},
		{"a nil device", func() { gojax.NewMesh([]int{1}, names[:1], nil) }, says("device 0 is nil")},
		{"devices", func() { gojax.NewMesh([]int{3}, names[:1], all...) }, says("3 places", "4 devices")},
		{"an entry", func() { gojax.P("a", 1) }, says("gojax.P", "entry 1", "int")},
		{"an unknown axis", func() { gojax.NamedSharding(m, gojax.P("c")) },
			saysAbove("gojax.NamedSharding", `"c"`, "Mesh(a: 2, b: 2)")},
		{"an axis twice", func() { gojax.NamedSharding(m, gojax.P("a", "a")) }, says(`"a"`, "twice")},
		{"no mesh", func() { gojax.NamedSharding(nil, gojax.P("a")) }, says("no mesh")},
		{"an empty sharding", func() { gojax.DevicePut(x, gojax.Sharding{}) }, says("no mesh")},
		{"a mesh by hand", func() {
			gojax.DevicePut(x, gojax.Sharding{Mesh: &gojax.Mesh{Platform: "cpu", Names: names[:1], Shape: []int{4}}})
		}, saysAbove("[4]", "0 devices", "gojax.NewMesh")},
		{"a device and a mesh", func() {
			gojax.Jit(func(a arr) arr { return a }, gojax.OnDevice(all[1]), gojax.InShardings(over(m)))
		}, saysAbove("gojax.Jit", "OnDevice", "InShardings")},
		{"does not divide", func() { gojax.DevicePut(x, over(m, nil, "a")) },
			saysAbove("gojax.DevicePut(float32[4,3])", "dimension 1", "2 parts", "size 3", "pad it to 4")},
		{"rank", func() { gojax.DevicePut(x.Index(0), over(m, nil, "a")) }, says("2 entries", "1 dimensions")},
		{"a tree", func() { gojax.DevicePut([]arr{x}, gojax.NamedShardings(m, []gojax.Spec{nil, nil})) },
			saysAbove("gojax.DevicePut", "1 elements", "2")},
		{"no Spec", func() { gojax.DevicePut([]arr{x}, gojax.NamedShardings(m, 3)) },
			saysAbove("gojax.DevicePut", "given as a int")},
		{"two meshes", func() { y.Add(z) },
			saysAbove("jnp.Add(float32[4,3], float32[4,3])", "Mesh(a: 2, b: 2)", "Mesh(a: 2)", "gojax.DevicePut")},
		{"two meshes in Jit", func() { add(y, z) },
			saysAbove("gojax.Jit(add)", "args[1]", "gojax.DevicePut").by("gojax.Jit")},
		{"another sharding", func() { in(y) },
			saysAbove("gojax.Jit(in)", "args[0]", "InShardings", `P("b")`).by("gojax.Jit")},
		{"too many shardings", func() {
			gojax.Jit(func(a arr) arr { return a }, gojax.InShardings(over(m), over(m)))(x)
		}, saysAbove("gojax.InShardings", "2 entries for 1").by("gojax.Jit")},
		{"an indivisible result", func() {
			gojax.Jit(func(a arr) arr { return a }, gojax.OutShardings(over(m, nil, "a")))(x)
		}, saysAbove("gojax.OutShardings", "dimension 1").by("gojax.Jit")},
		{"a constraint", func() {
			gojax.Jit(func(a arr) arr { return lax.WithShardingConstraint(a, over(m, nil, "a")) })(x)
		}, saysAbove("lax.WithShardingConstraint", "dimension 1")},
		{"shards", func() { gojax.ArrayFromShards([]int{4}, over(m, "a"), []arr{x.Index(0)}) },
			saysAbove("gojax.ArrayFromShards", "1 blocks", "4 devices")},
		{"a shard", func() {
			gojax.ArrayFromCallback([]int{4}, over(m, "a"), func([][2]int) arr { return jnp.Ones(3) })
		}, saysAbove("gojax.ArrayFromCallback", "block 0", "float32[3]", "float32[2]")},
		{"Device", func() { y.Device() }, says("Devices lists")},
		{"deleted", func() {
			d := gojax.DevicePut(x, over(m, "a"))
			d.Delete()
			d.Add(1)
		}, saysAbove("deleted")},
		{"a Go function and axes of the compiler's", func() {
			gojax.ShardMap(func(a arr) arr { debug.Print("{}", a); return a.Add(1) }, m, gojax.Specs{gojax.P("a")},
				gojax.P("a"), gojax.ManualAxes("a"))(x)
		}, saysAbove("Go function", "ManualAxes").by("gojax.ShardMap")},
	})
}

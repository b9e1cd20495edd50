package main

import (
	"math"
	"os"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/debug"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/random"
)

// severalDevices makes four devices of the CPU, where the environment asks for no other number. Devices are counted
// when the first array is made.
func severalDevices() {
	const name = "GOJAX_NUM_CPU_DEVICES"
	if os.Getenv(name) == "" {
		_ = os.Setenv(name, "4") // without it there is one, and the section has a mesh of one
	}
}

// grid is all devices as a mesh: in two columns, if they are enough.
func grid() *gojax.Mesh {
	all, err := gojax.Devices()
	if err != nil {
		panic(err) // not after the sections before
	}
	shape := []int{1, len(all)}
	for shape[1] > 2 && shape[1]%2 == 0 {
		shape[0], shape[1] = shape[0]*2, shape[1]/2
	}
	return gojax.NewMesh(shape, []string{"data", "model"}, all...)
}

func overMesh(p *page) {
	mesh := grid()
	n := p.size(2048, 256)
	n = max(n/mesh.Size(), 1) * mesh.Size() // each dimension divides
	p.say("%d devices in a grid: %v", mesh.Size(), mesh)

	// The rows of x are cut along one axis of the mesh, and the columns of w along the other.
	kx, kw := random.Pair(random.Key(8))
	x, w := random.Normal(kx, n, n), random.Normal(kw, n, n)
	layer := gojax.Jit(func(x, w jnp.Array) jnp.Array { return jnp.Tanh(x.MatMul(w).Div(math.Sqrt(float64(n)))) })
	alone, _, tAlone := again(func() jnp.Array { return layer(x, w) })
	over := func(spec gojax.Spec) gojax.Sharding { return gojax.NamedSharding(mesh, spec) }
	xs, ws := gojax.DevicePut(x, over(gojax.P("data", nil))), gojax.DevicePut(w, over(gojax.P(nil, "model")))
	y, _, tOver := again(func() jnp.Array { return layer(xs, ws) })

	defer debug.SetOutput(debug.SetOutput(p.out))
	picture := debug.ShardingPicture{Scale: 0.6}
	for _, a := range []struct {
		name string
		x    jnp.Array
	}{{"x", xs}, {"w", ws}, {"tanh(x·w), which the compiler has placed", y}} {
		p.say("%s:", a.name)
		picture.VisualizeArraySharding(a.x)
	}
	p.row("tanh(x·w) on one device", tAlone)
	p.row("over the mesh", tOver)
	p.endTable()
	p.keep("mesh layer mean square", y.Square().Mean().Item())
	p.keep("mesh layer same", b2f(jnp.Tolerance{ATol: 1e-4}.AllClose(y, alone).Bool()))

	// What a device does, written by hand: it has a block, and the sum over all devices.
	all := gojax.P([]string{"data", "model"})
	normalize := gojax.Jit(gojax.ShardMap(func(v jnp.Array) jnp.Array {
		return v.Div(jnp.Sqrt(lax.PSum(v.Square().Sum(), "data", "model")))
	}, mesh, all, all))
	unit := normalize(x.Index(jnp.All, 0))
	p.say("ShardMap: %d blocks of %d numbers, one on each device, are divided by the norm of all: it is %.6f then",
		mesh.Size(), unit.Shards()[0].Data.Len(), jnp.Sqrt(unit.Square().Sum()).Item())
	p.keep("mesh normalized first", unit.Index(0).Item())

	if mesh.Size() > 1 {
		p.mistake("does not divide", func() { gojax.DevicePut(jnp.Ones(mesh.Size()+1), over(all)) })
	}
}

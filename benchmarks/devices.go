package main

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/backend/pjrt"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/nn"
	"github.com/gojax/gojax/random"
)

// deviceFigure is a figure of a process that has two CPU devices: run measures it there.
type deviceFigure struct {
	name, unit string
	goal       float64
	atMin      bool
	run        func() (float64, error)
}

var deviceFigures = []deviceFigure{
	{"launch, the binding alone", "µs", 0, false, launchAlone(doubleBlocks)},
	{"launch, a jitted call", "µs", 0, false, launchJitted(doubleBlocks)},
	{"launch, a jitted call over the binding alone", "times", 1.1, false, launchRatio(doubleBlocks)},
	{"all-reduce of 64 numbers, the binding alone", "µs", 0, false, launchAlone(sumBlocks)},
	{"all-reduce of 64 numbers, a jitted call", "µs", 0, false, launchJitted(sumBlocks)},
	{"all-reduce of 64 numbers, a jitted call over the binding alone", "times", 1.1, false, launchRatio(sumBlocks)},
	{"1000 chains, by OverCores: faster than on one device", "times", 1.8, true, chainsFaster(false)},
	{"1000 chains, by ShardMap: faster than on one device", "times", 1.8, true, chainsFaster(true)},
	{"1000 chains, either way: results that differ in a bit", "", 0.5, false, chainsDiffer},
	{"the tutorial's parallel map: faster than one after another", "times", 1.8, true, mapFaster},
	{"an MLP's step, 4096x256x256x10, the batch cut: faster than on one device", "times", 1.5, true, stepFaster},
	{"1000 unawaited launches from 8 goroutines: wrong results", "", 0.5, false, unawaited},
}

// deviceRows measure each figure in a process of its own.
func deviceRows() []row {
	var all []row
	for _, f := range deviceFigures {
		all = append(all, row{name: "devices: " + f.name, unit: f.unit, goal: f.goal, atMin: f.atMin,
			figure: func() (float64, error) {
				out, err := spawn(onTwo+f.name, "GOJAX_NUM_CPU_DEVICES=2", "GOJAX_PLATFORM=cpu")
				if err != nil {
					return 0, err
				}
				return strconv.ParseFloat(strings.TrimSpace(out.stdout), 64)
			}})
	}
	return all
}

// onTwo begins what a process of two devices is to do.
const onTwo = "devices: "

// runDevices is what such a process does: it prints the figure of that name.
func runDevices(name string) error {
	for _, f := range deviceFigures {
		if f.name == name {
			v, err := f.run()
			fmt.Println(v)
			return err
		}
	}
	return fmt.Errorf("there is no figure of devices %q", name)
}

func twoDevices() *gojax.Mesh { return gojax.NewMesh([]int{2}, []string{"i"}) }

// cutOver is x with its first dimension over m, and wholeOver is all of x on each device.
func cutOver(m *gojax.Mesh, x jnp.Array) jnp.Array {
	return gojax.DevicePut(x, gojax.NamedSharding(m, gojax.P("i")))
}

func wholeOver[T any](m *gojax.Mesh, x T) T {
	return gojax.DevicePut(x, gojax.NamedSharding(m, gojax.P()))
}

// doubleBlocks and sumBlocks are as little as can be done of blocks, without and with a collective.
func doubleBlocks(m *gojax.Mesh) func(x jnp.Array) jnp.Array {
	return gojax.ShardMap(func(x jnp.Array) jnp.Array { return x.Add(x) }, m, gojax.P("i"), gojax.P("i"))
}

func sumBlocks(m *gojax.Mesh) func(x jnp.Array) jnp.Array {
	return gojax.ShardMap(func(x jnp.Array) jnp.Array { return lax.PSum(x, "i") }, m, gojax.P("i"), gojax.P("i"))
}

// launches are calls of f on blocks of 64 numbers, each waited for, by the binding alone and jitted.
func launches(f func(m *gojax.Mesh) func(x jnp.Array) jnp.Array) (alone, jitted func(n int), err error) {
	m := twoDevices()
	x := cutOver(m, jnp.Arange(128.0))
	g := gojax.Jit(f(m))
	jitted = func(n int) {
		for range n {
			g(x).BlockUntilReady().Delete()
		}
	}
	devices, err := gojax.Devices()
	if err != nil {
		return nil, nil, err
	}
	exe, err := devices[0].Client().Compile([]byte(gojax.Lower(f(m))(x).Text()), pjrt.CompileOptions{Devices: devices})
	if err != nil {
		return nil, nil, err
	}
	in, out := [][]*pjrt.Buffer{nil}, [][]*pjrt.Buffer{make([]*pjrt.Buffer, 2)}
	for _, s := range x.Shards() {
		in[0] = append(in[0], s.Data.TraceValue().Buffer().(*pjrt.Buffer))
	}
	alone = func(n int) {
		for range n {
			if err := exe.ExecuteSharded(in, out, nil); err != nil {
				panic(err)
			}
			for _, b := range out[0] {
				if err := b.Ready(); err != nil {
					panic(err)
				}
				b.Delete()
			}
		}
	}
	return alone, jitted, nil
}

func launchAlone(f func(m *gojax.Mesh) func(x jnp.Array) jnp.Array) func() (float64, error) {
	return func() (float64, error) {
		alone, _, err := launches(f)
		if err != nil {
			return 0, err
		}
		return perCall(alone), nil
	}
}

func launchJitted(f func(m *gojax.Mesh) func(x jnp.Array) jnp.Array) func() (float64, error) {
	return func() (float64, error) {
		_, jitted, err := launches(f)
		if err != nil {
			return 0, err
		}
		return perCall(jitted), nil
	}
}

func launchRatio(f func(m *gojax.Mesh) func(x jnp.Array) jnp.Array) func() (float64, error) {
	return func() (float64, error) {
		alone, jitted, err := launches(f)
		if err != nil {
			return 0, err
		}
		const calls = 500
		return ratio(31, func() { jitted(calls) }, func() { alone(calls) }), nil
	}
}

// steps goes on until it is done, which some chains are sooner than others.
func steps(x jnp.Array) jnp.Array {
	type state struct{ X, Left jnp.Array }
	return lax.WhileLoop(
		func(s state) jnp.Array { return s.Left.Gt(0) },
		func(s state) state {
			y := jnp.Sin(s.X).Mul(jnp.Exp(s.X.Mul(-0.5))).Add(jnp.Cos(s.X))
			return state{y, s.Left.Sub(1)}
		}, state{x, x.Mul(20).Add(400)}).X
}

// chains run 1000 of them: on one device, by OverCores, and by ShardMap.
func chains() (one, cores, mesh func() jnp.Array) {
	m := twoDevices()
	x := random.Uniform(random.Key(0), 1000)
	xs := cutOver(m, x)
	mapped := gojax.Vmap(steps)
	f, g := gojax.Jit(mapped), gojax.Jit(gojax.Vmap(steps, gojax.OverCores()))
	h := gojax.Jit(gojax.ShardMap(mapped, m, gojax.P("i"), gojax.P("i")))
	return func() jnp.Array { return f(x).BlockUntilReady() }, func() jnp.Array { return g(x).BlockUntilReady() },
		func() jnp.Array { return h(xs).BlockUntilReady() }
}

func chainsFaster(byMesh bool) func() (float64, error) {
	return func() (float64, error) {
		one, many, mesh := chains()
		if byMesh {
			many = mesh
		}
		return ratioOfBests(101, func() { one().Delete() }, func() { many().Delete() }), nil
	}
}

func chainsDiffer() (float64, error) {
	one, cores, mesh := chains()
	want := one()
	return cores().Ne(want).Sum().Item() + wholeOver(twoDevices(), want).Ne(mesh()).Sum().Item(), nil
}

// mapFaster is the parallel map of examples/tutorial: power iterations whose number grows from task to task.
func mapFaster() (float64, error) {
	const tasks, most = 64, 4000
	x := random.Normal(random.Key(7), 64, 64).Div(8)
	work := jnp.FloorDivide(jnp.Arange(tasks).Mul(most), tasks)
	f := gojax.Jit(func(n jnp.Array) jnp.Array { return powerIteration(x, n) })
	all := gojax.Jit(func(n jnp.Array) jnp.Array {
		return lax.Map(func(n jnp.Array) jnp.Array { return powerIteration(x, n) }, n, lax.MapOptions{BatchSize: 1})
	})
	each := func() []jnp.Array {
		values := make([]jnp.Array, tasks)
		for i, n := range work.Rows() {
			values[i] = f(n).BlockUntilReady()
		}
		return values
	}
	if !jnp.ArrayEqual(jnp.Stack(each()), all(work)).Bool() {
		return 0, errors.New("the results differ")
	}
	return ratioOfBests(9, func() { each() }, func() { all(work).BlockUntilReady() }), nil
}

// powerIteration is the largest eigenvalue of xᵀx by n steps.
func powerIteration(x, n jnp.Array) jnp.Array {
	type state struct{ Left, V, Value jnp.Array }
	return lax.WhileLoop(
		func(s state) jnp.Array { return s.Left.Gt(0) },
		func(s state) state {
			w := x.T().MatMul(x.MatMul(s.V))
			norm := jnp.Sqrt(w.Mul(w).Sum())
			return state{s.Left.Sub(1), w.Div(norm), norm}
		}, state{n, jnp.Ones(x.Shape()[1]), jnp.Zeros()}).Value
}

// stepFaster is a step of gradient descent of a network with two hidden layers, on one device, and with the batch over
// both: the gradient of whole weights is then added up across the devices.
func stepFaster() (float64, error) {
	type network [3]jnp.Array
	loss := func(w network, x, y jnp.Array) jnp.Array {
		h := jnp.Tanh(jnp.Tanh(x.MatMul(w[0])).MatMul(w[1]))
		return nn.LogSoftmax(h.MatMul(w[2]), -1).Mul(y).Sum(-1).Mean().Neg()
	}
	step := gojax.Jit(func(w network, x, y jnp.Array) network {
		g := gojax.Grad3(loss)(w, x, y)
		for i := range w {
			w[i] = w[i].Sub(g[i].Mul(0.1))
		}
		return w
	})
	k := random.Keys(random.Key(0), 5)
	w := network{random.Normal(k[0], 256, 256).Mul(0.05), random.Normal(k[1], 256, 256).Mul(0.05),
		random.Normal(k[2], 256, 10).Mul(0.05)}
	x, y := random.Normal(k[3], 4096, 256), nn.OneHot(random.RandInt(k[4], 0, 10, 4096), 10)
	m := twoDevices()
	ws, xs, ys := wholeOver(m, w), cutOver(m, x), cutOver(m, y)
	return ratioOfBests(101, func() { gojax.BlockUntilReady(step(w, x, y)) },
		func() { gojax.BlockUntilReady(step(ws, xs, ys)) }), nil
}

// unawaited launches programs with a collective from eight goroutines, a thousand in all, and looks at the results when
// all have been launched.
func unawaited() (float64, error) {
	m := twoDevices()
	f := gojax.Jit(sumBlocks(m))
	var wrong atomic.Int64
	var wg sync.WaitGroup
	for k := range 8 {
		wg.Go(func() {
			x := cutOver(m, jnp.Full([]int{2}, float32(k)))
			results := make([]jnp.Array, 125)
			for i := range results {
				results[i] = f(x)
			}
			for _, y := range results {
				if y.Index(1).Item() != float64(2*k) {
					wrong.Add(1)
				}
			}
		})
	}
	wg.Wait()
	return float64(wrong.Load()), nil
}

package sharding

import (
	"fmt"
	"reflect"
	"slices"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/distributed"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/tests/golden"
)

// puts are the functions of the family put: each makes arrays where the case has them.
var puts = map[string]func(c *Case, args []any) (any, error){
	"put.put": put, "put.tree": put, "put.reshard": putInTurn, "put.device": putOnDevice, "put.callback": putByCallback,
	"put.from_shards": putTogether, "put.zeros": putFilled, "put.eager": putAndCompute,
}

// runPut makes an array that lies over a mesh, and looks at its parts.
func runPut(c *Case) error {
	f, ok := puts[c.Fn]
	if !ok {
		return fmt.Errorf("there is no function %s", c.Fn)
	}
	return c.within(func() error {
		args, err := c.arguments()
		if err != nil {
			return err
		}
		out, err := f(c, args)
		if err != nil || c.Error {
			return err
		}
		return compareParts("out", out, c.Out, c.Tol)
	})
}

// within runs f, which computes and compares, with the case's switch for 64-bit types. A case of an error asks for one
// of gojax's own.
func (c *Case) within(f func() error) (err error) {
	failed := gojax.Try(func() { gojax.WithX64(c.X64, func() { err = f() })() })
	switch {
	case err != nil:
		return err
	case c.Error && failed == nil:
		return fmt.Errorf("no error; JAX says: %s", c.Message)
	case c.Error:
		return nil
	}
	return failed
}

// arguments are the case's, on one device.
func (c *Case) arguments() ([]any, error) {
	args := make([]any, len(c.Args))
	for i, a := range c.Args {
		var err error
		if args[i], err = golden.Arg(a); err != nil {
			return nil, fmt.Errorf("argument %d: %w", i, err)
		}
	}
	return args, nil
}

// put places the argument, a tree, as the fields mesh and spec say.
func put(c *Case, args []any) (any, error) { return placed(args[0], c.Fields) }

// placed is a tree where place, which has the fields mesh and spec, says.
func placed(tree, place any) (any, error) {
	fields, _ := place.(map[string]any)
	mesh, err := meshOf(fields["mesh"])
	if err != nil {
		return nil, err
	}
	specs, err := Specs(fields["spec"])
	if err != nil {
		return nil, err
	}
	return gojax.DevicePut(tree, gojax.NamedShardings(mesh, specs)), nil
}

func putInTurn(c *Case, args []any) (any, error) {
	via, _ := c.Fields["via"].([]any)
	x := args[0]
	for _, place := range slices.Concat([]any{c.Fields["from"]}, via, []any{c.Fields["to"]}) {
		var err error
		if x, err = placed(x, place); err != nil {
			return nil, err
		}
	}
	return x, nil
}

func putOnDevice(c *Case, args []any) (any, error) {
	x, err := put(c, args)
	if err != nil {
		return nil, err
	}
	var id int
	if err := c.Decode("device", &id); err != nil {
		return nil, err
	}
	d, err := c.devices([]int{id})
	if err != nil {
		return nil, err
	}
	return gojax.DevicePut(x, d[0]), nil
}

func putByCallback(c *Case, args []any) (any, error) {
	s, err := shardingOf(c.Fields)
	if err != nil {
		return nil, err
	}
	x := args[0].(jnp.Array)
	return gojax.ArrayFromCallback(x.Shape(), s, func(index [][2]int) jnp.Array {
		at := make([]any, len(index))
		for i, r := range index {
			at[i] = jnp.S(r[0], r[1])
		}
		return x.Index(at...)
	}), nil
}

func putTogether(c *Case, args []any) (any, error) {
	s, err := shardingOf(c.Fields)
	if err != nil {
		return nil, err
	}
	var on, shape []int
	if err := c.Decode("on", &on); err != nil {
		return nil, err
	}
	if err := c.Decode("shape", &shape); err != nil {
		return nil, err
	}
	if OverProcesses { // each has its own
		place := slices.Index(s.Mesh.Devices, distributed.Rank())
		return gojax.ArrayFromShards(shape, s, []jnp.Array{args[place].(jnp.Array)}), nil
	}
	devices, err := c.devices(on)
	if err != nil {
		return nil, err
	}
	blocks := make([]jnp.Array, len(args))
	for i, a := range args {
		blocks[i] = gojax.DevicePut(a.(jnp.Array), devices[i])
	}
	return gojax.ArrayFromShards(shape, s, blocks), nil
}

func putFilled(c *Case, _ []any) (any, error) {
	var dtype, name string
	var shape []int
	for field, to := range map[string]any{"dtype": &dtype, "make": &name, "shape": &shape} {
		if err := c.Decode(field, to); err != nil {
			return nil, err
		}
	}
	d, err := ir.ParseDType(dtype)
	if err != nil {
		return nil, err
	}
	make := map[string]func(jnp.Creation, ...int) jnp.Array{"zeros": jnp.Creation.Zeros, "ones": jnp.Creation.Ones}
	return placed(make[name](jnp.Creation{DType: d}, shape...), c.Fields)
}

// putAndCompute runs an operation, not jitted, on arrays that lie over meshes.
func putAndCompute(c *Case, args []any) (any, error) {
	operations := map[string]func(x []jnp.Array) jnp.Array{
		"add":    func(x []jnp.Array) jnp.Array { return x[0].Add(x[1]) },
		"matmul": func(x []jnp.Array) jnp.Array { return x[0].MatMul(x[1]) },
		"mul":    func(x []jnp.Array) jnp.Array { return x[0].Mul(x[1]) },
		"sub":    func(x []jnp.Array) jnp.Array { return x[0].Sub(x[1]) },
		"sum":    func(x []jnp.Array) jnp.Array { return x[0].Sum(0) },
		"T":      func(x []jnp.Array) jnp.Array { return x[0].T() },
		"index":  func(x []jnp.Array) jnp.Array { return x[0].Index(1) },
		"slice":  func(x []jnp.Array) jnp.Array { return x[0].Index(jnp.S(1, nil), jnp.S(nil, nil, 2)) },
		"concat": func(x []jnp.Array) jnp.Array { return jnp.Concatenate(x) },
	}
	f, ok := operations[fmt.Sprint(c.Fields["op"])]
	if !ok {
		return nil, fmt.Errorf("there is no operation %v", c.Fields["op"])
	}
	places, _ := c.Fields["places"].([]any)
	x := make([]jnp.Array, len(args))
	for i, a := range args {
		p, err := placed(a, places[i])
		if err != nil {
			return nil, err
		}
		x[i] = p.(jnp.Array)
	}
	return f(x), nil
}

// part is what is stored of the part of an array that one device has.
type part struct {
	Device, Replica int
	Index           [][2]int
	Data            map[string]any
}

// compareParts compares arrays and where they are with what is stored: the value of one on a device, or all parts.
func compareParts(path string, got, want any, tol golden.Tolerance) error {
	if tree, ok := got.(map[string]any); ok {
		w, _ := want.(map[string]any)
		for name := range tree {
			if err := compareParts(path+"."+name, tree[name], w[name], tol); err != nil {
				return err
			}
		}
		return nil
	}
	var w struct {
		Shape           []int
		Spec            any
		FullyReplicated bool `json:"fully_replicated"`
		Shards          []part
		Device          *int
		Value           any
	}
	if err := decode(path, want, &w); err != nil {
		return err
	}
	x := got.(jnp.Array)
	if w.Device != nil && x.Device().ID() != *w.Device {
		return fmt.Errorf("%s is on %v, want %d", path, x.Device(), *w.Device)
	}
	if w.Value != nil {
		return golden.Compare(distributed.Gather(x), w.Value, tol)
	}
	s, ok := x.Sharding()
	spec, err := specOf(w.Spec)
	if err != nil {
		return err
	}
	if !ok || !s.Spec.Trim().Equal(spec.Trim()) || s.Replicated() != w.FullyReplicated ||
		!slices.Equal(x.Shape(), w.Shape) {
		return fmt.Errorf("%s of shape %v lies as %v, want %v and %v", path, x.Shape(), s, w.Shape, spec)
	}
	if OverProcesses {
		return compareOwn(path, x.Shards(), w.Shards, tol)
	}
	return compareShards(path, x.Shards(), w.Shards, tol)
}

// compareOwn compares the part of this process.
func compareOwn(path string, got []jnp.Shard, want []part, tol golden.Tolerance) error {
	devices := make([]int, len(want))
	for i, w := range want {
		devices[i] = w.Device
	}
	own := slices.IndexFunc(want, func(p part) bool { return rankOf(devices, p.Device) == distributed.Rank() })
	if len(got) != 1 || own < 0 {
		return fmt.Errorf("%s has %d parts in this process, want 1", path, len(got))
	}
	w := want[own]
	if err := sameIndex(path, got[0], w); err != nil {
		return err
	}
	return golden.Compare(got[0].Data, w.Data, tol)
}

func sameIndex(path string, g jnp.Shard, w part) error {
	if g.Replica != w.Replica || !reflect.DeepEqual(g.Index, w.Index) && len(g.Index)+len(w.Index) > 0 {
		return fmt.Errorf("%s on %v: part %v, replica %d, want %v, %d", path, g.Device, g.Index, g.Replica, w.Index,
			w.Replica)
	}
	return nil
}

func compareShards(path string, got []jnp.Shard, want []part, tol golden.Tolerance) error {
	if len(got) != len(want) {
		return fmt.Errorf("%s has %d parts, want %d", path, len(got), len(want))
	}
	for i, g := range got {
		at := slices.IndexFunc(want, func(p part) bool { return p.Device == g.Device.ID() })
		if at < 0 {
			return fmt.Errorf("%s has a part on %v, where none should be", path, g.Device)
		}
		w := want[at]
		if err := sameIndex(path, g, w); err != nil {
			return err
		}
		if g.Data.Device() != g.Device {
			return fmt.Errorf("%s: part %d is on %v, want %v", path, i, g.Data.Device(), g.Device)
		}
		if err := golden.Compare(g.Data, w.Data, tol); err != nil {
			return fmt.Errorf("%s on %v: %w", path, g.Device, err)
		}
	}
	return nil
}

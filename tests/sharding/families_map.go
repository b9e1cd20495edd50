package sharding

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/distributed"
	"github.com/gojax/gojax/tests/golden"
	"github.com/gojax/gojax/tests/sharding/catalogue"
)

// runMap runs a body of the catalogue under gojax.ShardMap, with what is transformed inside and around it.
func runMap(c *Case) error {
	return c.run(func(args []any) (any, error) {
		body, err := bodyOf(c, "sm.", catalogue.SM)
		if err != nil {
			return nil, err
		}
		mesh, err := c.Mesh()
		if err != nil {
			return nil, err
		}
		f, err := c.mapped(body, mesh)
		if err != nil {
			return nil, err
		}
		if args, err = c.placed(mesh, args); err != nil {
			return nil, err
		}
		return distributed.Gather(f(args)), nil
	})
}

// run runs a case, of which JAX may say that it cannot do it.
func (c *Case) run(call func(args []any) (any, error)) error {
	passed := false
	err := c.Call(func(args []any) (any, error) {
		out, err := call(args)
		passed = err == nil
		return out, err
	})
	if c.unsupported() && passed {
		return nil
	}
	return err
}

func (c *Case) unsupported() bool { return c.Fields["unsupported"] == true }

// bodyOf is the case's function, whose name has the prefix, with its parameters and what is transformed inside.
func bodyOf(c *Case, prefix string, table map[string]catalogue.Body) (golden.Func, error) {
	name, ok := strings.CutPrefix(c.Fn, prefix)
	body := table[name]
	if !ok || body == nil {
		return nil, fmt.Errorf("no function %s", c.Fn)
	}
	var p catalogue.P
	if err := c.Decode("params", &p); err != nil {
		return nil, err
	}
	if prefix == "pm." {
		if err := c.Decode("axis_name", &p.Axis); err != nil {
			return nil, err
		}
	}
	var inside []golden.Transform
	if err := c.Decode("inside", &inside); err != nil {
		return nil, err
	}
	return transformed(body.With(p), inside, c.Arity())
}

func transformed(f golden.Func, by []golden.Transform, n int) (golden.Func, error) {
	var err error
	for _, t := range by {
		if f, err = golden.Apply(t, f, n); err != nil {
			return nil, err
		}
	}
	return f, nil
}

// mapped is the body under ShardMap, and what is around that.
func (c *Case) mapped(body golden.Func, mesh *gojax.Mesh) (golden.Func, error) {
	in, err := Specs(c.Fields["in_specs"])
	if err != nil {
		return nil, err
	}
	out, err := Specs(c.Fields["out_specs"])
	if err != nil {
		return nil, err
	}
	if _, one := out.(gojax.Spec); !one {
		out = gojax.Specs{out} // a tuple or dict is one result
	}
	var opts []gojax.ShardMapOption
	if c.Has("manual") {
		var names []string
		if err := c.Decode("manual", &names); err != nil {
			return nil, err
		}
		opts = append(opts, gojax.ManualAxes(names...))
	}
	if c.Fields["vma"] == true {
		opts = append(opts, gojax.CheckVMA())
	}
	n := c.Arity()
	f, err := transformed(ofList(gojax.ShardMap(ofMany(body, n), mesh, in, out, opts...)), c.Transforms, n)
	if c.Fields["jit"] == true {
		f = gojax.Jit(f)
	}
	return f, err
}

// placed are the arguments where the field arg_specs has them.
func (c *Case) placed(mesh *gojax.Mesh, args []any) ([]any, error) {
	specs, err := Specs(c.Fields["arg_specs"])
	if err != nil || specs == nil {
		return args, err
	}
	return gojax.DevicePut(args, gojax.NamedShardings(mesh, specs)), nil
}

// ofMany is f, a function of a list, as a function of n arguments.
func ofMany(f golden.Func, n int) any {
	one := reflect.TypeFor[any]()
	in := make([]reflect.Type, n)
	for i := range in {
		in[i] = one
	}
	return reflect.MakeFunc(reflect.FuncOf(in, []reflect.Type{one}, false), func(args []reflect.Value) []reflect.Value {
		list := make([]any, n)
		for i, a := range args {
			list[i] = a.Interface()
		}
		out := reflect.New(one).Elem()
		out.Set(reflect.ValueOf(f(list)))
		return []reflect.Value{out}
	}).Interface()
}

// ofList is f, a function of several arguments, as a function of a list of them.
func ofList(f any) golden.Func {
	v := reflect.ValueOf(f)
	return func(list []any) any {
		args := make([]reflect.Value, len(list))
		for i := range list {
			args[i] = reflect.ValueOf(&list[i]).Elem()
		}
		return v.Call(args)[0].Interface()
	}
}

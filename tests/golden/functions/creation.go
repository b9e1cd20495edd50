package functions

import (
	"strings"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
)

var creationTable = Table{
	"jnp.zeros": filled(jnp.Creation.Zeros), "jnp.ones": filled(jnp.Creation.Ones),
	"jnp.empty":      filled(jnp.Creation.Empty),
	"jnp.zeros_like": like(jnp.Creation.ZerosLike), "jnp.ones_like": like(jnp.Creation.OnesLike),
	"jnp.empty_like": like(jnp.Creation.EmptyLike),
	"jnp.full": func(c *Call) any {
		return c.creation(2).Full(c.lengths(0, "shape"), c.arg(1, "fill_value"))
	},
	"jnp.full_like": func(c *Call) any {
		k := c.creation(2)
		k.Shape = c.Ints(c.arg(3, "shape"))
		return k.FullLike(c.A(0), c.arg(1, "fill_value"))
	},
	"jnp.array": func(c *Call) any {
		c.Kw("copy")  // arrays never change
		c.Kw("order") // "K" is all there is
		k := c.creation(1)
		if n, ok := c.kw("ndmin").(int); ok {
			k.NDMin = n
		}
		return k.AsArray(c.Args[0])
	},
	"jnp.asarray": func(c *Call) any {
		c.Kw("copy")
		c.Kw("order")
		return c.creation(1).AsArray(c.Args[0])
	},
	"jnp.copy": f1(jnp.Copy),
	"jnp.arange": func(c *Call) any {
		start, stop, step := c.arg(0, "start"), c.arg(1, "stop"), c.arg(2, "step")
		k := c.creation(3)
		switch {
		case step != nil && stop == nil:
			return k.Arange(0, start, step)
		case step != nil:
			return k.Arange(start, stop, step)
		case stop != nil:
			return k.Arange(start, stop)
		}
		return k.Arange(start)
	},
	"jnp.linspace": func(c *Call) any {
		s, num := c.space(), c.num()
		if c.bool(4, "retstep", false) {
			x, step := s.LinSpaceStep(c.Args[0], c.Args[1], num...)
			return []any{x, step}
		}
		return s.LinSpace(c.Args[0], c.Args[1], num...)
	},
	"jnp.logspace": func(c *Call) any {
		s := c.space()
		s.Base = c.arg(4, "base")
		return s.LogSpace(c.Args[0], c.Args[1], c.num()...)
	},
	"jnp.geomspace": func(c *Call) any { return c.space().GeomSpace(c.Args[0], c.Args[1], c.num()...) },
	"jnp.eye": func(c *Call) any {
		n := c.Int(0)
		return c.creation(3).Eye(n, c.int(1, "M", n), c.int(2, "k", 0))
	},
	"jnp.identity": func(c *Call) any { return c.creation(1).Identity(c.Int(0)) },
	"jnp.tri": func(c *Call) any {
		n := c.Int(0)
		return c.creation(3).Tri(n, c.int(1, "M", n), c.int(2, "k", 0))
	},
	"jnp.indices": func(c *Call) any {
		m := jnp.Mesh{DType: c.DType(c.arg(1, "dtype"))}
		if c.bool(2, "sparse", false) {
			return m.SparseIndices(c.lengths(0, "dimensions")...)
		}
		return m.Indices(c.lengths(0, "dimensions")...)
	},
	"jnp.tril_indices": func(c *Call) any {
		n := c.Int(0)
		k := c.int(1, "k", 0)
		return two(jnp.TrilIndices(n, c.int(2, "m", n), k))
	},
	"jnp.triu_indices": func(c *Call) any {
		n := c.Int(0)
		k := c.int(1, "k", 0)
		return two(jnp.TriuIndices(n, c.int(2, "m", n), k))
	},
	"jnp.tril_indices_from": func(c *Call) any { return two(jnp.TrilIndicesFrom(c.A(0), c.int(1, "k", 0))) },
	"jnp.triu_indices_from": func(c *Call) any { return two(jnp.TriuIndicesFrom(c.A(0), c.int(1, "k", 0))) },
	"jnp.diag_indices":      func(c *Call) any { return jnp.DiagIndices(c.Int(0), c.int(1, "ndim", 2)) },
	"jnp.diag_indices_from": func(c *Call) any { return jnp.DiagIndicesFrom(c.A(0)) },
	"jnp.mask_indices": func(c *Call) any {
		mask, k := jnp.Triu, []int(nil)
		if strings.Contains(c.Note, "tril") {
			mask = jnp.Tril
		}
		if len(c.Args) > 1 || c.kw("k") != nil {
			k = []int{c.int(len(c.Args)-1, "k", 0)}
		}
		if n, ok := c.kw("size").(int); ok {
			return two(jnp.Sized{Size: n}.MaskIndices(c.Int(0), mask, k...))
		}
		return two(jnp.MaskIndices(c.Int(0), mask, k...))
	},
	"jnp.bartlett": func(c *Call) any { return jnp.Bartlett(c.Int(0)) },
	"jnp.blackman": func(c *Call) any { return jnp.Blackman(c.Int(0)) },
	"jnp.hamming":  func(c *Call) any { return jnp.Hamming(c.Int(0)) },
	"jnp.hanning":  func(c *Call) any { return jnp.Hanning(c.Int(0)) },
	"jnp.kaiser":   func(c *Call) any { return jnp.Kaiser(c.Int(0), asArray(c.arg(1, "beta"))) },
	"jnp.frombuffer": func(c *Call) any { // the bytes are in the note
		return jnp.Reading{DType: jnp.Uint8}.FromBuffer([]byte{0, 1, 2, 3, 4, 5, 6, 7})
	},
	"jnp.fromfunction": func(c *Call) any { // so is the function
		return c.creation(2).
			FromFunction(func(i ...jnp.Array) jnp.Array { return i[0].Mul(10).Add(i[1]) }, c.lengths(0, "shape")...)
	},
	"lax.iota": func(c *Call) any {
		return lax.Iota(c.DType(c.Args[0]), []int{c.Int(1)}, 0)
	},
	"lax.broadcasted_iota": func(c *Call) any {
		return lax.Iota(c.DType(c.Args[0]), c.Ints(c.Args[1]), c.Int(2))
	},
	"lax.full": func(c *Call) any {
		return c.creation(2).Full(c.lengths(0, "shape"), c.arg(1, "fill_value"))
	},
}

// creation is the keywords that the functions which make arrays share; argument i is the dtype.
func (c *Call) creation(i int) jnp.Creation {
	return jnp.Creation{DType: c.DType(c.arg(i, "dtype"))}
}

// lengths is argument i or the keyword of that name as a shape.
func (c *Call) lengths(i int, name string) []int {
	s := c.Ints(c.arg(i, name))
	if s == nil {
		s = []int{}
	}
	return s
}

// int is argument i or the keyword of that name, otherwise where neither is there.
func (c *Call) int(i int, name string, otherwise int) int {
	if n, ok := c.arg(i, name).(int); ok {
		return n
	}
	return otherwise
}

// space is the keywords of linspace and its like.
func (c *Call) space() jnp.Space {
	s := jnp.Space{NoEndpoint: !c.bool(3, "endpoint", true), DType: c.DType(c.kw("dtype"))}
	if n, ok := c.kw("axis").(int); ok {
		s.Axis = n
	}
	return s
}

func (c *Call) num() []int { return c.Ints(c.arg(2, "num")) }

func filled(f func(k jnp.Creation, shape ...int) jnp.Array) Func {
	return func(c *Call) any { return f(c.creation(1), c.lengths(0, "shape")...) }
}

func like(f func(k jnp.Creation, x jnp.Array) jnp.Array) Func {
	return func(c *Call) any {
		k := c.creation(1)
		k.Shape = c.Ints(c.arg(2, "shape"))
		return f(k, c.A(0))
	}
}

var creationConcrete = map[string]string{}

var creationUnmapped = map[string]string{}

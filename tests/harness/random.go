package harness

import (
	"math"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/ops"
	"github.com/gojax/gojax/random"
)

// key is an operand, which must be keys.
func (c *call) key(i int) random.KeyArray {
	k, ok := c.x[i].(random.KeyArray)
	if !ok {
		c.fail("operand %d is %T, not keys", i, c.x[i])
	}
	return k
}

// threefry fails for keys of another generator.
func (c *call) threefry(name string) {
	if n := fields[struct{ Name string }](c, name).Name; n != "threefry2x32" {
		c.fail("the generator %s has no counterpart", n)
	}
}

// each applies f to the elements of operands of the given shape.
func each(rank int, x []val, f func(x []val) val) val {
	if rank == 0 {
		return f(x)
	}
	return gojax.Vmap(func(x []any) []any { return []any{each(rank-1, vals(x), f)} })(tree(x))[0].(val)
}

var keyed = map[string]onValues{
	"random_seed": func(c *call) []val {
		c.threefry("impl")
		return []val{each(c.array(0).NDim(), c.x[:1], func(x []val) val { return random.Key(x[0].(jnp.Array)) })}
	},
	"random_wrap": func(c *call) []val {
		c.threefry("impl")
		return []val{random.WrapKeyData(c.array(0))}
	},
	"random_unwrap": func(c *call) []val { return []val{c.key(0).Data()} },
	"random_clone":  func(c *call) []val { return []val{c.key(0)} },
	"random_split": func(c *call) []val {
		n := c.ints("shape")
		return []val{
			each(c.key(0).NDim(), c.x[:1], func(x []val) val { return random.Split(x[0].(random.KeyArray), n...) })}
	},
	"random_fold_in": func(c *call) []val {
		return []val{
			each(c.key(0).NDim(), c.x[:2],
				func(x []val) val { return random.FoldIn(x[0].(random.KeyArray), x[1].(jnp.Array)) })}
	},
	"random_bits": func(c *call) []val {
		n := c.ints("shape")
		o := random.Dist{
			DType: map[int]ir.DType{8: ir.Uint8, 16: ir.Uint16, 32: ir.Uint32,
				64: ir.Uint64}[param[int](c, "bit_width")]}
		return []val{each(c.key(0).NDim(), c.x[:1], func(x []val) val { return o.Bits(x[0].(random.KeyArray), n...) })}
	},
	"random_gamma": func(c *call) []val {
		log := param[bool](c, "log_space")
		return []val{each(c.key(0).NDim(), c.x[:2], func(x []val) val {
			k, a := x[0].(random.KeyArray), x[1].(jnp.Array)
			o := random.Dist{DType: a.DType()}
			if log {
				return o.LogGamma(k, a)
			}
			return o.Gamma(k, a)
		})}
	},
	"threefry2x32": func(c *call) []val {
		x := c.spread()
		// random has keys
		a, b := ops.Threefry2x32(x[0].TraceValue(), x[1].TraceValue(), x[2].TraceValue(), x[3].TraceValue())
		return []val{jnp.Wrap(a), jnp.Wrap(b)}
	},
	// The numbers 0, 1, 2, ... of the elements, in two words.
	"iota_2x32_shape": func(c *call) []val {
		shape := c.ints("shape")
		n := ir.SizeOf(shape)
		if n > math.MaxUint32 {
			c.fail("more than 2^32 elements")
		}
		lo := lax.Reshape(lax.Iota(ir.Uint32, []int{n}, 0), shape...)
		return []val{lax.FullLike(lo, 0), lo}
	},
	"rng_bit_generator": func(c *call) []val {
		c.ignore("out_sharding")
		algorithms := map[string]lax.RandomAlgorithm{"RNG_DEFAULT": lax.RNGDefault, "RNG_THREE_FRY": lax.RNGThreeFry,
			"RNG_PHILOX": lax.RNGPhilox}
		o := lax.RNGOptions{DType: c.dtype("dtype"), Algorithm: choice(c, "algorithm", algorithms)}
		next, bits := lax.RNGBitGenerator(c.array(0), c.ints("shape"), o)
		return []val{next, bits}
	},
	"rng_uniform": func(c *call) []val {
		return []val{lax.RNGUniform(c.array(0), c.array(1), c.ints("shape")...)}
	},
}

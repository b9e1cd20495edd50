package traced

import (
	"github.com/gojax/gojax"
	"github.com/gojax/gojax/debug"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	other "helpers"
)

type params struct{ W jnp.Array }

func named(x jnp.Array) jnp.Array {
	if x.Gt(0).Bool() { // want `Bool reads elements that are not known while gojax\.Jit traces the function`
		return x
	}
	return x.Add(1)
}

func f(x, captured jnp.Array, n int) {
	gojax.Jit(func(x jnp.Array) jnp.Array {
		y := x.Add(1)
		z := jnp.Zeros(x.Len())
		if y.Item() > 0 || z.Item() > 0 { // want `Item reads elements`
			return captured.Add(captured.Item())
		}
		return y
	})
	gojax.Jit(named)
	gojax.Vmap(func(p params, k int) jnp.Array {
		for _, v := range jnp.ToSlice[float32](p.W) { // want `ToSlice reads elements`
			_ = v
		}
		return p.W.Add(k)
	})
	loss := func(x jnp.Array) jnp.Array { return x.Add(x.Sum().Item()) } // want `Item reads .* gojax\.Jit traces`
	gojax.Jit(gojax.Grad(loss))
	gojax.Grad(func(x jnp.Array) jnp.Array { return x.Add(x.Item()) }) // concrete, unless it is jitted
	lax.Scan(func(c, x jnp.Array) (jnp.Array, jnp.Array) {
		if c.Bool() { // want `Bool reads elements .* lax\.Scan traces`
			return c, x
		}
		return c, c
	}, x, x)
	gojax.Jit(func(x jnp.Array) jnp.Array {
		debug.Callback(func(x any) { _ = x.(jnp.Array).Item() }, x)
		y := gojax.PureCallback(func(x jnp.Array) jnp.Array { return x.Add(x.Item()) }, x, x)
		_, z := lax.Scan(func(c, x jnp.Array) (jnp.Array, jnp.Array) {
			return c, x.Add(c.Item()) // want `Item reads elements`
		}, y, x)
		return z
	})
	changed := func(x jnp.Array) jnp.Array { return x }
	changed = func(x jnp.Array) jnp.Array { return x.Add(x.Item()) }
	gojax.Jit(changed)
}

func positive(x jnp.Array) bool { return x.Sum().Item() > 0 }

func deeper(n int, x jnp.Array) jnp.Array {
	if positive(x) {
		return x
	}
	return x.Add(n)
}

func shaped(x jnp.Array) int { return x.Len() }

func (p params) norm() float64 { return p.W.Item() }

func (p params) forward(x jnp.Array) jnp.Array {
	if p.norm() > 0 { // p is from outside
		return x
	}
	return x.Add(x.Item()) // want `Item reads elements`
}

func helpers(captured jnp.Array, p params) {
	gojax.Jit(func(x jnp.Array) jnp.Array {
		if positive(captured) && shaped(x) > 0 {
			return x
		}
		if positive(x) { // want `positive, in line 58, reads elements that are not known while gojax\.Jit traces`
			return x
		}
		return deeper(1, x) // want `deeper, in line 61, reads elements`
	})
	gojax.Jit(func(p params) jnp.Array { return p.W.Add(p.norm()) }) // want `p\.norm, in line 69, reads elements`
	gojax.Jit(p.forward)
}

func others(captured jnp.Array) {
	gojax.Jit(func(x jnp.Array) jnp.Array {
		n := other.Norm("x", captured)
		n += other.Norm("x", x) // want `other\.Norm reads elements that are not known while gojax\.Jit`
		return x.Add(n)
	})
}

package dropped

import (
	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
)

func f(x jnp.Array, key random.KeyArray) jnp.Array {
	x.At(0).Set(1)       // want `the result of At\(\.\.\.\)\.Set is dropped: arrays never change, so write x = `
	x.At(0).Get()        // want `the result of jnp\.Ref\.Get is dropped`
	x.Add(1)             // want `the result of jnp\.Array\.Add is dropped`
	jnp.Exp(x)           // want `the result of jnp\.Exp is dropped`
	jnp.Modf(x)          // want `the result of jnp\.Modf is dropped`
	random.Split(key)    // want `the result of random\.Split is dropped`
	defer x.At(0).Set(1) // want `the result of At\(\.\.\.\)\.Set is dropped`
	go x.Add(1)          // want `the result of jnp\.Array\.Add is dropped`
	go func() {
		defer x.Add(1) // want `dropped`
	}()
	defer x.Delete()
	x.BlockUntilReady()
	x.Delete()
	x.Item() // a number: go vet has its own opinion of these
	_ = x.Add(1)
	x = x.At(0).Set(1)
	jnp.ApplyOverAxes(func(x jnp.Array) jnp.Array { return x }, x)
	if err := gojax.Try(func() { x.Add(2) }); err != nil {
		return x
	}
	func() {
		x.Add(3) // want `dropped`
		x.Add(4)
	}()
	return x
}

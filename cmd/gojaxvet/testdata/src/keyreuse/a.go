package keyreuse

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
)

func twice(key random.KeyArray) (a, b jnp.Array) {
	a = random.Normal(key, 3)
	b = random.Dist{}.Uniform(key, 3) // want `the key key was used by random\.Normal in line 9 already`
	return a, b
}

func split(key random.KeyArray) jnp.Array {
	k1, k2 := random.Pair(key)
	x := random.Normal(k1).Add(random.Normal(k2))
	return x.Add(random.Normal(key)) // want `the key key was given to random\.Pair in line 15 already`
}

func again(key random.KeyArray) jnp.Array {
	var sub random.KeyArray
	key, sub = random.Pair(key)
	x := random.Normal(sub)
	key, sub = random.Pair(key)
	return x.Add(random.Normal(sub)).Add(random.Normal(random.Clone(sub)))
}

func loops(key random.KeyArray, keys []random.KeyArray) (x jnp.Array) {
	for i := range 3 {
		x = x.Add(random.Normal(key)) // want `the key key comes from outside of the loop`
		x = x.Add(random.Normal(random.FoldIn(key, i)))
	}
	for _, k := range keys {
		x = x.Add(random.Normal(k))
	}
	k := random.Key(1)
	for i := 0; i < 3; i++ {
		var sub random.KeyArray
		k, sub = random.Pair(k)
		x = x.Add(random.Normal(sub))
	}
	for range 3 { // the same each time, which may be meant
		x = x.Add(random.Normal(random.FoldIn(random.Split(k), 1)))
	}
	return x
}

func branches(key random.KeyArray, n int) jnp.Array {
	if n == 0 {
		return random.Normal(key)
	}
	switch n {
	case 1:
		return random.Normal(key, 1)
	case 2:
		panic(random.Normal(key, 2))
	}
	x := jnp.Zeros()
	if n > 5 {
		x = random.Normal(key)
	} else {
		x = random.Normal(key, 4)
	}
	return x.Add(random.Normal(key)) // want `used by random\.Normal`
}

func literals(key random.KeyArray) func() jnp.Array {
	random.Normal(random.FoldIn(key, 1))
	return func() jnp.Array {
		x := random.Normal(key)
		return x.Add(random.Normal(key)) // want `used by random\.Normal in line 70`
	}
}

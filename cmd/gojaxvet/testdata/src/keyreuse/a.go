package keyreuse

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
	"github.com/gojax/gojax/random"
	"helpers"
)

func twice(key random.KeyArray) (a, b jnp.Array) {
	a = random.Normal(key, 3)
	b = random.Dist{}.Uniform(key, 3) // want `the key key was used by random\.Normal in line 11 already`
	return a, b
}

func split(key random.KeyArray) jnp.Array {
	k1, k2 := random.Pair(key)
	x := random.Normal(k1).Add(random.Normal(k2))
	return x.Add(random.Normal(key)) // want `the key key was given to random\.Pair in line 17 already`
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
		return x.Add(random.Normal(key)) // want `used by random\.Normal in line 72`
	}
}

type sim struct {
	key  random.KeyArray
	x    jnp.Array
	more struct{ key random.KeyArray }
}

func (s *sim) next() (sub random.KeyArray) {
	s.key, sub = random.Pair(s.key)
	return sub
}

func (s *sim) fields() jnp.Array {
	x := random.Normal(s.key)
	x = x.Add(random.Normal(s.key)) // want `the key s\.key was used by random\.Normal in line 89`
	x = x.Add(random.Normal(s.more.key))
	s.next()
	x = x.Add(random.Normal(s.key))
	s.key = random.Key(1)
	x = x.Add(random.Normal(s.key))
	s.more.key = s.key
	return x.Add(random.Normal(s.more.key)) // want `the key s\.more\.key was used by random\.Normal in line 95`
}

func values(s, t sim) jnp.Array {
	x := random.Normal(s.key)
	s = t
	x = x.Add(random.Normal(s.key))
	for range 3 {
		x = x.Add(random.Normal(t.more.key)) // want `the key t\.more\.key comes from outside of the loop`
	}
	keys := random.Keys(t.key, 3)
	x = x.Add(random.Normal(keys[0])).Add(random.Normal(keys[1]))
	for i := range keys {
		x = x.Add(random.Normal(keys[i]))
	}
	return x.Add(random.Normal(keys[0])) // want `the key keys\[0\] was used`
}

func aliases(key random.KeyArray, first bool) jnp.Array {
	k := key
	x := random.Normal(k)
	x = x.Add(random.Normal(key)) // want `the key key was used by random\.Normal in line 117`
	a, b := random.Pair(random.Key(2))
	c := a
	if first {
		c = b
	}
	x = x.Add(random.Normal(a))
	return x.Add(random.Normal(c))
}

func sample(n int, key random.KeyArray) jnp.Array { return random.Normal(key, n) }

func through(n int, key random.KeyArray) jnp.Array {
	x := sample(n, key)
	return x.Add(jnp.Zeros(n))
}

func sometimes(key random.KeyArray, train bool) jnp.Array {
	if train {
		return random.Normal(key)
	}
	return jnp.Zeros()
}

func always(key random.KeyArray) jnp.Array {
	key = random.FoldIn(key, 1)
	return random.Normal(key)
}

func own(key, other random.KeyArray) jnp.Array {
	x := sample(1, key)
	x = x.Add(through(2, key)) // want `the key key was used by sample in line 148 already`
	x = x.Add(sometimes(other, true)).Add(always(other)).Add(always(other))
	return x.Add(random.Normal(other))
}

func others(key, other random.KeyArray) jnp.Array {
	x := helpers.Noise(3, key)
	x = x.Add(helpers.Scaled(x, key)) // want `the key key was used by helpers\.Noise in line`
	return x.Add(helpers.Maybe(other, true)).Add(helpers.Maybe(other, false))
}

func inLax(key random.KeyArray, x jnp.Array) jnp.Array {
	x = lax.ForiLoop(0, 3, func(i, x jnp.Array) jnp.Array {
		k := random.FoldIn(key, i)
		x = x.Add(random.Normal(k))
		return x.Add(random.Normal(key)) // want `outside of the loop of lax\.ForiLoop, and random\.Normal`
	}, x)
	_, x = lax.Scan(func(c, x jnp.Array) (jnp.Array, jnp.Array) {
		return c, sample(2, key) // want `of lax\.Scan, and sample uses the same`
	}, x, x)
	return x
}

func closures(key random.KeyArray) jnp.Array {
	next := func() (sub random.KeyArray) {
		key, sub = random.Pair(key)
		return sub
	}
	x := random.Normal(key)
	next()
	return x.Add(random.Normal(key)) // nobody knows
}

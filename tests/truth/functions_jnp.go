package main

import "github.com/gojax/gojax/jnp"

// elementwise are the elementwise functions of jnp and nn.
var elementwise = map[string]function{
	"jnp.Exp": of1(jnp.Exp),
}

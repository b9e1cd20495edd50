package main

import (
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/scipy/stats"
)

// distributions are the methods of scipy/stats: of x, the shape parameters, Loc and Scale.
var distributions = map[string]function{
	"stats.Norm.PDF": of3(func(x, loc, scale jnp.Array) jnp.Array { return stats.Norm{Loc: loc, Scale: scale}.PDF(x) }),
}

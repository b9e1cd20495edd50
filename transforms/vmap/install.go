package vmap

import "github.com/gojax/gojax/lax"

func init() { lax.SetVmap(Program) }

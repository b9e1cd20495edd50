package vmap

import (
	"github.com/gojax/gojax/ops"
)

func init() { ops.SetVmap(Program) }

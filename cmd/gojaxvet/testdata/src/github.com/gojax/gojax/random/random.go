// Package random has the names of random that the checks know.
package random

import "github.com/gojax/gojax/jnp"

type KeyArray struct{}

type Dist struct{}

func Key(seed int) KeyArray                         { return KeyArray{} }
func Split(k KeyArray, n ...int) KeyArray           { return k }
func Pair(k KeyArray) (KeyArray, KeyArray)          { return k, k }
func Keys(k KeyArray, n int) []KeyArray             { return nil }
func FoldIn[D any](k KeyArray, data D) KeyArray     { return k }
func Clone(k KeyArray) KeyArray                     { return k }
func Normal(k KeyArray, shape ...int) jnp.Array     { return jnp.Array{} }
func (Dist) Uniform(k KeyArray, n ...int) jnp.Array { return jnp.Array{} }

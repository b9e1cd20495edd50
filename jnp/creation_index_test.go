package jnp_test

import (
	"testing"

	. "github.com/gojax/gojax/jnp"
)

func TestCreationIndexErrors(t *testing.T) {
	runErrors(t, []errorRow{
		{func() { MaskIndices(2, nil) }, []string{"jnp.MaskIndices"}},             // no mask
		{func() { DiagIndices(-1) }, []string{"jnp.DiagIndices"}},                 // a negative length
		{func() { DiagIndicesFrom(Ones(2, 3)) }, []string{"jnp.DiagIndicesFrom"}}, // axes that differ
		{func() { TrilIndicesFrom(Ones(2)) }, []string{"jnp.TrilIndicesFrom"}},    // no matrix
	})
}

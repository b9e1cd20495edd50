package hostfunc

import (
	"errors"
	"testing"

	"github.com/gojax/gojax/ir"
)

func TestRegister(t *testing.T) {
	a, b := errors.New("a"), errors.New("b")
	one := Register(Entry{Func: func(_, _ []ir.HostArray) error { return a }})
	two := Register(Entry{Func: func(_, _ []ir.HostArray) error { return b }})
	if one == two || !errors.Is(Of(one).Func(nil, nil), a) || !errors.Is(Of(two).Func(nil, nil), b) {
		t.Errorf("numbers %d and %d do not stand for their functions", one, two)
	}
	Drop(one)
	if Of(one).Func != nil || Of(two).Func == nil {
		t.Errorf("Drop(%d) forgets another function", one)
	}
	Drop(two)
}

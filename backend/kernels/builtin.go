package kernels

import (
	"maps"
	"sync"
	"unsafe"

	"github.com/gojax/gojax/backend/pjrt"
)

// builtin are the handlers that are compiled in, by the names of their custom calls.
var builtin = func() map[string]unsafe.Pointer {
	all := map[string]unsafe.Pointer{}
	for _, some := range []map[string]unsafe.Pointer{accumulating, communicating, convolving, multiplying,
		reducing, scattering, sorting, streaming, transforming} {
		maps.Copy(all, some)
	}
	return all
}()

// HasBuiltin is whether name is a custom call of these, which programs on the CPU may make.
func HasBuiltin(name string) bool { return builtin[name] != nil && registerBuiltin() == nil }

var registerBuiltin = sync.OnceValue(func() error {
	for name, handler := range builtin {
		if err := pjrt.RegisterFFI(name, handler, "cpu"); err != nil {
			return err
		}
	}
	return nil
})

// RegisterAbsent makes name known as a custom call of the CPU's, which fails: for programs that call it on other
// platforms, and are refused where they only might.
func RegisterAbsent(name string) error {
	return pjrt.RegisterFFI(name, builtin["gojax_cumulative"], "cpu")
}

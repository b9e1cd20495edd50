package kernels

import (
	"strings"
	"testing"

	"github.com/gojax/gojax/ir"
)

// Calls whose types or shapes do not fit are errors: nothing is read or written beyond the arrays.
func TestImpossibleCounts(t *testing.T) {
	array := func(d ir.DType, shape ...int) ir.HostArray {
		return ir.HostArray{Aval: ir.Aval{Shape: shape, DType: d}, Data: make([]byte, ir.SizeOf(shape)*d.Size())}
	}
	places, numbers := array(ir.Int32, 6), array(ir.Float32, 6)
	for _, c := range []struct {
		kernel, bad string
		in          []ir.HostArray
		out         ir.HostArray
	}{
		{"gojax_count", "places", []ir.HostArray{array(ir.Int8, 6)}, array(ir.Int32, 3)},
		{"gojax_count", "places", []ir.HostArray{numbers}, array(ir.Int32, 3)},
		{"gojax_count", "counts", []ir.HostArray{places}, array(ir.Float32, 3)},
		{"gojax_count", "axes", []ir.HostArray{places}, array(ir.Int32, 2, 3)},
		{"gojax_count", "shapes", []ir.HostArray{array(ir.Int32, 3, 6)}, array(ir.Int32, 2, 3)},
		{"gojax_count", "number of operands", []ir.HostArray{places, places}, array(ir.Int32, 3)},
		{"gojax_scatter_add", "number of operands", []ir.HostArray{numbers, places}, array(ir.Float32, 6)},
		{"gojax_scatter_add", "places", []ir.HostArray{numbers, numbers, numbers}, array(ir.Float32, 6)},
		{"gojax_scatter_add", "types", []ir.HostArray{numbers, places, places}, array(ir.Float32, 6)},
		{"gojax_scatter_add", "elements", []ir.HostArray{array(ir.Int8, 6), places, array(ir.Int8, 6)},
			array(ir.Int8, 6)},
		{"gojax_scatter_add", "shapes", []ir.HostArray{numbers, array(ir.Int32, 5), numbers}, array(ir.Float32, 6)},
		{"gojax_scatter_add", "shapes", []ir.HostArray{numbers, places, numbers}, array(ir.Float32, 7)},
	} {
		_, err := run(t, c.kernel, "", c.in, []ir.Aval{c.out.Aval})
		if err == nil || !strings.Contains(err.Error(), c.bad) {
			t.Errorf("%s of %v: %v, want %q", c.kernel, c.in, err, c.bad)
		}
	}
}

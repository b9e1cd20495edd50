package pjrt

import (
	"fmt"
	"slices"

	"github.com/gojax/gojax/ir"
)

// Results are the types of x's results.
func (x *Executable) Results() []ir.Aval {
	out := make([]ir.Aval, len(x.outs))
	for i, t := range x.outs {
		out[i] = ir.Aval{Shape: t.dims, DType: t.dt}
	}
	return out
}

// hloDTypes are the dtypes by XLA's numbers of its element types.
var hloDTypes = map[uint64]ir.DType{1: ir.Bool, 2: ir.Int8, 3: ir.Int16, 4: ir.Int32, 5: ir.Int64, 6: ir.Uint8,
	7: ir.Uint16, 8: ir.Uint32, 9: ir.Uint64, 10: ir.Float16, 11: ir.Float32, 12: ir.Float64, 15: ir.Complex64,
	16: ir.BFloat16, 18: ir.Complex128}

// Parameters are the types of x's arguments, as the optimized program has them.
func (x *Executable) Parameters() ([]ir.Aval, error) {
	m, err := x.module()
	if err != nil {
		return nil, err
	}
	p, err := readParameters(m)
	if err != nil {
		return nil, fmt.Errorf("pjrt: arguments of the program: %w", err)
	}
	return p, nil
}

// readParameters finds the parameters of a module's entry.
func readParameters(m message) ([]ir.Aval, error) {
	var entry uint64
	comps := map[uint64]message{}
	err := m.each(func(f field) error {
		switch f.number {
		case moduleEntry:
			entry = f.value
		case moduleComputations:
			return f.bytes.each(func(g field) error {
				if g.number == computationID {
					comps[g.value] = f.bytes
				}
				return nil
			})
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	byNumber := map[uint64]ir.Aval{}
	err = comps[entry].each(func(f field) error {
		if f.number != computationInstructions {
			return nil
		}
		return readParameter(f.bytes, byNumber)
	})
	out := make([]ir.Aval, len(byNumber))
	for i := range out {
		t, ok := byNumber[uint64(i)]
		if !ok {
			return nil, errProto
		}
		out[i] = t
	}
	return out, err
}

// readParameter notes the type of an instruction under its number, if it is a parameter.
func readParameter(m message, byNumber map[uint64]ir.Aval) error {
	var opcode string
	var number uint64
	var shape message
	if err := m.each(func(f field) error {
		switch f.number {
		case instructionOpcode:
			opcode = string(f.bytes)
		case instructionParameter:
			number = f.value
		case instructionShape:
			shape = f.bytes
		}
		return nil
	}); err != nil || opcode != "parameter" {
		return err
	}
	var t ir.Aval
	var dims []int64
	err := shape.each(func(f field) error {
		switch f.number {
		case shapeType:
			if t.DType = hloDTypes[f.value]; t.DType == ir.Invalid {
				return fmt.Errorf("argument %d is a %s, which is no array of a dtype that there is here", number,
					hloTypes[f.value])
			}
		case shapeDimensions:
			dims = f.ints(dims)
		}
		return nil
	})
	for _, n := range dims {
		t.Shape = append(t.Shape, int(n))
	}
	if err == nil && (t.DType == ir.Invalid || slices.Min(append(t.Shape, 0)) < 0 || t.Check() != nil) {
		err = errProto
	}
	byNumber[number] = t
	return err
}

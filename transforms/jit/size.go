package jit

import (
	"github.com/gojax/gojax/backend/pjrt"
	"github.com/gojax/gojax/ir"
)

const (
	// large is the size in bytes from which on an array is looked at before compiling.
	large = 1 << 32
	// fused is how many times larger than the device's memory an intermediate value may be: most never exist as a
	// whole, since XLA computes them piece by piece within what uses them. XLA's own compiler divides by zero on sizes
	// far beyond.
	fused = 16
)

// checkSizes refuses a program that is too large, whose arguments or results cannot exist on d, or which goes through
// values far larger than its memory. What else does not fit is found when the program is run.
func checkSizes(p *ir.Program, d *pjrt.Device) error {
	if err := p.CheckExtent(); err != nil {
		return err
	}
	for _, types := range [][]ir.Aval{p.InTypes(), p.OutTypes()} {
		for _, t := range types {
			if err := checkSize(t, d, 1); err != nil {
				return err
			}
		}
	}
	return checkValues(p, d)
}

func checkValues(p *ir.Program, d *pjrt.Device) error {
	for _, e := range p.Eqns {
		for _, v := range e.Out {
			if err := checkSize(v.Ty, d, fused); err != nil {
				return &sizeError{err, e.Src}
			}
		}
		if n, ok := e.Op.(ir.Nested); ok {
			for _, q := range n.Programs() {
				if err := checkValues(q, d); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func checkSize(t ir.Aval, d *pjrt.Device, times int64) error {
	n := int64(t.Bytes())
	if n >= 0 && n < large {
		return nil
	}
	return d.CheckSize(n, times, t.String())
}

// sizeError is a size that was refused, with the line that asked for it.
type sizeError struct {
	error
	src ir.Src
}

func (e *sizeError) Unwrap() error { return e.error }

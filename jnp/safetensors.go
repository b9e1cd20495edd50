package jnp

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"

	"github.com/gojax/gojax/internal/files"
	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// SaveSafetensors writes arrays by name in the .safetensors format, which many programs for neural networks read. It
// waits for them. complex128, which the format lacks, is an error, as is a traced array. SaveArrays writes files by
// name. JAX has no counterpart; it is Python's safetensors.numpy.save.
func SaveSafetensors(w io.Writer, arrays map[string]Array) error {
	const op = "jnp.SaveSafetensors"
	if err := writeSafetensors(op, w, arrays); err != nil {
		return fmt.Errorf("%s: %w", op, plain(op, err))
	}
	return nil
}

func writeSafetensors(op string, w io.Writer, arrays map[string]Array) error {
	return trace.Try(func() {
		var tensors []files.Tensor
		for _, name := range slices.Sorted(maps.Keys(arrays)) {
			t := arrays[name].val(op).Aval()
			code := files.Code(t.DType)
			if code == "" {
				trace.Fail(op, []ir.Aval{t}, "%q: the format has no %v; save the real and the imaginary part, or a "+
					".npz file", name, t.DType)
			}
			tensors = append(tensors, files.Tensor{Name: name, Code: code, Shape: t.Shape})
		}
		h, err := files.NewHeader(nil, tensors)
		trace.Must(err, op, nil)
		_, err = w.Write(h.Text)
		trace.Must(err, op, nil)
		for _, t := range h.Tensors {
			_, err := w.Write(hostBytes(op, arrays[t.Name].v))
			trace.Must(err, op, nil)
		}
	})
}

// LoadSafetensors reads the arrays of a .safetensors file of size bytes. Floats of 8 bits, which have no dtype here,
// become bfloat16, which holds every one of them. While 64-bit types are off, data of 64 bits are narrowed as FromSlice
// does it. LoadArrays reads files by name. JAX has no counterpart; it is Python's safetensors.numpy.load.
func LoadSafetensors(r io.ReaderAt, size int64) (map[string]Array, error) {
	const op = "jnp.LoadSafetensors"
	if r == nil {
		return nil, errors.New(op + ": the reader is nil")
	}
	arrays, err := readSafetensors(op, r, size)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", op, plain(op, err))
	}
	return arrays, nil
}

func readSafetensors(op string, r io.ReaderAt, size int64) (arrays map[string]Array, err error) {
	h, err := files.ReadHeader(r, size)
	if err != nil {
		return nil, err
	}
	arrays = map[string]Array{}
	err = trace.Try(func() {
		for _, t := range h.Tensors {
			d := t.DType()
			a := ir.Aval{Shape: trace.CheckHost(op, t.Shape, d), DType: d}
			b := kit.AlignedBytes(a.Bytes())
			if _, err := r.ReadAt(b, t.Begin); err != nil && len(b) > 0 {
				trace.Fail(op, []ir.Aval{a}, "%q: %w", t.Name, err)
			}
			if t.Float8() {
				b, d = widened(b, t.Code), ir.BFloat16
			}
			arrays[t.Name] = fromFile(op, b, d, a.Shape)
		}
	})
	return arrays, err
}

// widened are floats of 8 bits as bfloat16.
func widened(b []byte, code string) []byte {
	var table [256]uint16
	for i := range table {
		table[i] = uint16(math.Float32bits(float8(uint8(i), code)) >> 16)
	}
	return kit.Bytes(kit.Map(b, func(x byte) uint16 { return table[x] }))
}

// float8 is the number with the bits b: a sign, 4 or 5 bits of exponent, and of the significand the rest.
func float8(b uint8, code string) float32 {
	significand, bias := 3, 7
	if code == files.Float8E5M2 {
		significand, bias = 2, 15
	}
	exponent, fraction := int(b&0x7f)>>significand, int(b)&(1<<significand-1)
	x := math.Ldexp(float64(fraction), 1-bias-significand)
	switch {
	case code == files.Float8E4M3 && b&0x7f == 0x7f, code == files.Float8E5M2 && exponent == 31 && fraction > 0:
		x = math.NaN()
	case code == files.Float8E5M2 && exponent == 31:
		x = math.Inf(1)
	case exponent > 0:
		x = math.Ldexp(float64(fraction+1<<significand), exponent-bias-significand)
	}
	if b >= 0x80 {
		x = math.Copysign(x, -1)
	}
	return float32(x)
}

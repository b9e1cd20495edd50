package jnp

import (
	"image"
	"image/color"
	"math"
	"reflect"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// Pixels says how an image becomes an array.
type Pixels struct {
	// 1 for gray, 3 for red, green and blue, 4 for these and alpha; 0: as few as show all that is in the image
	Channels int
	DType    DType // Uint8, Uint16, or a float dtype for 0 to 1; Invalid: Uint8
}

// FromImage is the pixels of an image as an array [height, width, channels] of uint8. The channels are gray, or red,
// green and blue, or these and alpha, whichever is the least that shows all that is in the image; an image that is
// opaque has no alpha. Colors are not multiplied by alpha. Gray of a color is its luma, as JPEG has it. Read files with
// Go's image.Decode. It has no counterpart in JAX; it is what imageio.imread gives, but for the axis of gray.
//
// Options: Pixels (Channels, DType).
func FromImage(m image.Image) Array { return Pixels{}.FromImage(m) }

// FromImage is the package function's, with the channels and the dtype that p says.
func (p Pixels) FromImage(m image.Image) Array {
	const op = "jnp.FromImage"
	if v := reflect.ValueOf(m); !v.IsValid() || v.Kind() == reflect.Pointer && v.IsNil() {
		trace.Fail(op, nil, "the image is nil")
	}
	d := p.DType
	if d == ir.Invalid {
		d = ir.Uint8
	}
	if d != ir.Uint8 && d != ir.Uint16 && !d.IsFloat() {
		trace.Fail(op, nil, "pixels are uint8, uint16 or a float dtype, not %v", d)
	}
	n := p.Channels
	switch n {
	case 0:
		n = channels(m)
	case 1, 3, 4:
	default:
		trace.Fail(op, nil, "an array of an image has 1, 3 or 4 channels, not %d", n)
	}
	r := m.Bounds()
	shape := trace.CheckHost(op, []int{r.Dy(), r.Dx(), n}, d)
	at := straight(m)
	data := make([]uint16, 0, ir.SizeOf(shape))
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			switch c := at(x, y); n {
			case 1:
				data = append(data, luma(c))
			case 3:
				data = append(data, c.R, c.G, c.B)
			default:
				data = append(data, c.R, c.G, c.B, c.A)
			}
		}
	}
	var b []byte
	switch d {
	case ir.Uint8:
		b = kit.Map(data, func(x uint16) uint8 { return uint8(x >> 8) })
	case ir.Uint16:
		b = kit.Bytes(data)
	default:
		b = kit.AlignedBytes(len(data) * d.Size())[:0]
		for _, x := range data {
			b = ir.FloatLit(float64(x)/math.MaxUint16, d).AppendBytes(b)
		}
	}
	return Wrap(kit.FromHost(op, b, d, shape))
}

// channels is how many show all that is in m.
func channels(m image.Image) int {
	switch m.ColorModel() {
	case color.GrayModel, color.Gray16Model:
		return 1
	}
	if o, ok := m.(interface{ Opaque() bool }); ok && o.Opaque() {
		return 3
	}
	return 4
}

// straight is what gives the colors of m, not multiplied by alpha.
func straight(m image.Image) func(x, y int) color.NRGBA64 {
	const twice = 0x101 // a byte, twice
	switch m := m.(type) {
	case *image.NRGBA: // which keeps the colors of what cannot be seen
		return func(x, y int) color.NRGBA64 {
			c := m.NRGBAAt(x, y)
			return color.NRGBA64{R: twice * uint16(c.R), G: twice * uint16(c.G), B: twice * uint16(c.B),
				A: twice * uint16(c.A)}
		}
	case *image.NRGBA64:
		return m.NRGBA64At
	case image.RGBA64Image:
		return func(x, y int) color.NRGBA64 { return divided(m.RGBA64At(x, y)) }
	}
	return func(x, y int) color.NRGBA64 { return color.NRGBA64Model.Convert(m.At(x, y)).(color.NRGBA64) }
}

// divided is a color without the alpha that it was multiplied by.
func divided(c color.RGBA64) color.NRGBA64 {
	by := func(x uint16) uint16 {
		if c.A == 0 || c.A == math.MaxUint16 {
			return x
		}
		return uint16(min(uint32(x)*math.MaxUint16/uint32(c.A), math.MaxUint16))
	}
	return color.NRGBA64{R: by(c.R), G: by(c.G), B: by(c.B), A: c.A}
}

// luma is the gray of a color, by JPEG's weights, as package color has it.
func luma(c color.NRGBA64) uint16 {
	return uint16((19595*uint32(c.R) + 38470*uint32(c.G) + 7471*uint32(c.B) + 1<<15) >> 16)
}

// ToImage is the image of an array [height, width, channels] of gray, of red, green and blue, or of these and alpha, by
// which colors are not multiplied; or [height, width] of gray. uint8 and uint16 are taken as they are, giving images
// of 8 and 16 bits; floats are clipped to 0 to 1, NaN being 0, and rounded to 8 bits; bools are black and white. Other
// dtypes are an error. Gray is an image.Gray or Gray16, color an image.NRGBA or NRGBA64. It waits for x. Write files
// with Go's image/png or image/jpeg. It has no counterpart in JAX.
func ToImage(x Array) image.Image {
	const op = "jnp.ToImage"
	v := x.val(op)
	a := v.Aval()
	s := a.Shape
	if len(s) == 2 {
		s = append(append([]int{}, s...), 1)
	}
	if len(s) != 3 || s[2] != 1 && s[2] != 3 && s[2] != 4 {
		trace.Fail(op, []ir.Aval{a}, "an image is [height, width], or [height, width, channels] with 1, 3 or 4 "+
			"channels; where the channels come first, move them with jnp.MoveAxis(x, 0, -1)")
	}
	b := hostBytes(op, v)
	wide := a.DType == ir.Uint16
	var at func(i int) uint16 // element i, its 8 bits or 16
	switch {
	case a.DType == ir.Uint8:
		at = func(i int) uint16 { return uint16(b[i]) }
	case a.DType == ir.Bool:
		at = func(i int) uint16 { return math.MaxUint8 * uint16(b[i]) }
	case wide || a.DType.IsFloat():
		at = func(i int) uint16 {
			l := elemLit(b, a.DType, i)
			if wide {
				return uint16(l.Lo)
			}
			return eightBits(l.Float())
		}
	default:
		trace.Fail(op, []ir.Aval{a}, "pixels are uint8, uint16, bools, or floats from 0 to 1; convert them with AsType")
	}
	return painted(s, wide, at)
}

// eightBits is a part of 1 as a part of 255.
func eightBits(x float64) uint16 {
	if !(x > 0) { // NaN too
		return 0
	}
	return uint16(math.Round(min(x, 1) * math.MaxUint8))
}

// painted is an image [height, width, channels] of elements of 8 bits, or 16 if it is wide.
func painted(s []int, wide bool, at func(i int) uint16) image.Image {
	h, w, n := s[0], s[1], s[2]
	var pix []uint8
	push := func(x uint16) {
		if wide {
			pix = append(pix, uint8(x>>8))
		}
		pix = append(pix, uint8(x))
	}
	for i := range h * w {
		for j := range n {
			push(at(i*n + j))
		}
		if n == 3 {
			push(math.MaxUint16) // opaque
		}
	}
	r, stride := image.Rect(0, 0, w, h), 0
	if h > 0 {
		stride = len(pix) / h
	}
	switch {
	case n == 1 && wide:
		return &image.Gray16{Pix: pix, Stride: stride, Rect: r}
	case n == 1:
		return &image.Gray{Pix: pix, Stride: stride, Rect: r}
	case wide:
		return &image.NRGBA64{Pix: pix, Stride: stride, Rect: r}
	}
	return &image.NRGBA{Pix: pix, Stride: stride, Rect: r}
}

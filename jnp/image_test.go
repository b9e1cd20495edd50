package jnp_test

import (
	"image"
	"image/color"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
)

// painted is an image whose pixels are set one by one.
func painted(m interface {
	image.Image
	Set(x, y int, c color.Color)
}, colors ...color.Color) image.Image {
	r := m.Bounds()
	for i, c := range colors {
		m.Set(r.Min.X+i%r.Dx(), r.Min.Y+i/r.Dx(), c)
	}
	return m
}

// plain hides what an image is.
type plain struct{ m image.Image }

func (p plain) ColorModel() color.Model { return p.m.ColorModel() }
func (p plain) Bounds() image.Rectangle { return p.m.Bounds() }
func (p plain) At(x, y int) color.Color { return p.m.At(x, y) }

func TestFromImage(t *testing.T) {
	red, half := color.NRGBA{R: 200, A: 255}, color.NRGBA{R: 200, G: 100, B: 50, A: 128}
	hidden := color.NRGBA{G: 9}
	two := image.Rect(3, 5, 5, 6) // images need not begin at 0, 0
	for name, c := range map[string]struct {
		p     jnp.Pixels
		m     image.Image
		shape []int
		want  []float32
	}{
		"gray": {jnp.Pixels{}, painted(image.NewGray(two), color.Gray{Y: 7}, color.Gray{Y: 255}),
			[]int{1, 2, 1}, []float32{7, 255}},
		"gray of 16 bits": {jnp.Pixels{DType: jnp.Uint16}, painted(image.NewGray16(two), color.Gray16{Y: 7}),
			[]int{1, 2, 1}, []float32{7, 0}},
		"opaque": {jnp.Pixels{}, painted(image.NewRGBA(two), red, color.White),
			[]int{1, 2, 3}, []float32{200, 0, 0, 255, 255, 255}},
		"straight": {jnp.Pixels{}, painted(image.NewNRGBA(two), half, hidden),
			[]int{1, 2, 4}, []float32{200, 100, 50, 128, 0, 9, 0, 0}},
		"multiplied": {jnp.Pixels{}, painted(image.NewRGBA(image.Rect(0, 0, 1, 1)), color.NRGBA{R: 255, A: 51}),
			[]int{1, 1, 4}, []float32{255, 0, 0, 51}},
		"any kind": {jnp.Pixels{}, plain{painted(image.NewNRGBA(image.Rect(0, 0, 1, 1)), half)},
			[]int{1, 1, 4}, []float32{200, 100, 50, 128}},
		"16 bits": {jnp.Pixels{DType: jnp.Uint16},
			painted(image.NewNRGBA64(image.Rect(0, 0, 1, 1)), color.NRGBA64{1, 2, 3, 4}),
			[]int{1, 1, 4}, []float32{1, 2, 3, 4}},
		"no alpha": {jnp.Pixels{Channels: 3}, painted(image.NewNRGBA(two), half, hidden),
			[]int{1, 2, 3}, []float32{200, 100, 50, 0, 9, 0}},
		"luma": {jnp.Pixels{Channels: 1}, painted(image.NewRGBA(two), red, color.White),
			[]int{1, 2, 1}, []float32{60, 255}},
		"gray in color": {jnp.Pixels{Channels: 4}, painted(image.NewGray(image.Rect(0, 0, 1, 1)), color.Gray{Y: 7}),
			[]int{1, 1, 4}, []float32{7, 7, 7, 255}},
		"float32": {jnp.Pixels{DType: jnp.Float32},
			painted(image.NewGray(two), color.Gray{Y: 51}, color.Gray{Y: 255}),
			[]int{1, 2, 1}, []float32{0.2, 1}},
		"bfloat16": {jnp.Pixels{DType: jnp.BFloat16}, painted(image.NewGray(two), color.Gray{Y: 255}),
			[]int{1, 2, 1}, []float32{1, 0}},
		"of a JPEG": {jnp.Pixels{}, &image.YCbCr{Y: []byte{255}, Cb: []byte{128}, Cr: []byte{128}, YStride: 1,
			CStride: 1, Rect: image.Rect(0, 0, 1, 1)}, []int{1, 1, 3}, []float32{255, 255, 255}},
		"a palette": {jnp.Pixels{}, painted(image.NewPaletted(image.Rect(0, 0, 1, 1), color.Palette{red}), red),
			[]int{1, 1, 3}, []float32{200, 0, 0}},
		"empty": {jnp.Pixels{}, image.NewGray(image.Rect(0, 0, 0, 3)), []int{3, 0, 1}, nil},
	} {
		x := c.p.FromImage(c.m)
		d := jnp.Uint8
		if c.p.DType != 0 {
			d = c.p.DType
		}
		var got []float32
		switch d {
		case jnp.Uint16, jnp.Uint8, jnp.BFloat16, jnp.Float32:
			got = jnp.ToSlice[float32](x)
		}
		if x.DType() != d || !slices.Equal(x.Shape(), c.shape) || !slices.Equal(got, c.want) {
			t.Errorf("%s: %v%v %v, want %v%v %v", name, x.DType(), x.Shape(), got, d, c.shape, c.want)
		}
	}
	for want, f := range map[string]func(){
		"nil":          func() { jnp.FromImage(nil) },
		"not int32":    func() { jnp.Pixels{DType: jnp.Int32}.FromImage(image.NewGray(two)) },
		"4 channels, ": func() { jnp.Pixels{Channels: 2}.FromImage(image.NewGray(two)) },
	} {
		if err := gojax.Try(f); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
}

func TestToImage(t *testing.T) {
	for name, c := range map[string]struct {
		x    jnp.Array
		want image.Image
		at   color.Color // at 0, 0
	}{
		"gray":    {jnp.FromSlice([]uint8{7, 8}, 1, 2), &image.Gray{}, color.Gray{Y: 7}},
		"an axis": {jnp.FromSlice([]uint8{7, 8}, 1, 2, 1), &image.Gray{}, color.Gray{Y: 7}},
		"color":   {jnp.FromSlice([]uint8{1, 2, 3}, 1, 1, 3), &image.NRGBA{}, color.NRGBA{1, 2, 3, 255}},
		"alpha":   {jnp.FromSlice([]uint8{1, 2, 3, 4}, 1, 1, 4), &image.NRGBA{}, color.NRGBA{1, 2, 3, 4}},
		"gray16":  {jnp.FromSlice([]uint16{700}, 1, 1), &image.Gray16{}, color.Gray16{Y: 700}},
		"color16": {jnp.FromSlice([]uint16{700, 2, 3}, 1, 1, 3), &image.NRGBA64{}, color.NRGBA64{700, 2, 3, 65535}},
		"float":   {jnp.FromSlice([]float32{0.5, -1, 2}, 1, 1, 3), &image.NRGBA{}, color.NRGBA{128, 0, 255, 255}},
		"NaN":     {jnp.FromSlice([]float32{float32(math.NaN())}, 1, 1), &image.Gray{}, color.Gray{}},
		"infinities": {jnp.FromSlice([]float32{posInf, negInf, 1}, 1, 1, 3), &image.NRGBA{},
			color.NRGBA{255, 0, 255, 255}},
		"bool": {jnp.FromSlice([]bool{true}, 1, 1), &image.Gray{}, color.Gray{Y: 255}},
	} {
		m := jnp.ToImage(c.x)
		r := m.Bounds()
		if s := c.x.Shape(); r != image.Rect(0, 0, s[1], s[0]) || m.ColorModel() != c.want.ColorModel() ||
			m.At(0, 0) != c.at {
			t.Errorf("%s: %T of %v, %v; want %T, %v", name, m, r, m.At(0, 0), c.want, c.at)
		}
		if c.x.DType() == jnp.Uint8 || c.x.DType() == jnp.Uint16 {
			back := jnp.Pixels{DType: c.x.DType(), Channels: jnp.FromImage(m).Shape()[2]}.FromImage(m)
			if !slices.Equal(jnp.ToSlice[uint16](back), jnp.ToSlice[uint16](c.x)) {
				t.Errorf("%s: back it is %v", name, back)
			}
		}
	}
	if m := jnp.ToImage(jnp.Zeros(0, 3, 3)); !m.Bounds().Empty() {
		t.Errorf("of nothing: %v", m.Bounds())
	}
	for want, x := range map[string]jnp.Array{"AsType": jnp.Ones(2, 2).AsType(jnp.Int32), "channels": jnp.Ones(2, 2, 2),
		"MoveAxis": jnp.Ones(3, 2, 2), "height": jnp.Ones(4), "never set": {}} {
		if err := gojax.Try(func() { jnp.ToImage(x) }); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
}

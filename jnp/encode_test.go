package jnp_test

import (
	"bytes"
	"encoding/gob"
	"encoding/json"
	"fmt"
	"log/slog"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
)

type model struct {
	W     map[string]jnp.Array
	B     *jnp.Array
	Unset jnp.Array
}

// everyDType has arrays of all dtypes, with the numbers that are hard to write.
func everyDType() map[string]jnp.Array {
	out := map[string]jnp.Array{"none": jnp.Zeros(0, 3), "scalar": jnp.AsArray(float32(0.1))}
	for _, d := range []jnp.DType{jnp.Bool, jnp.Int8, jnp.Int16, jnp.Int32, jnp.Int64,
		jnp.Uint8, jnp.Uint16, jnp.Uint32, jnp.Uint64,
		jnp.Float16, jnp.BFloat16, jnp.Float32, jnp.Float64, jnp.Complex64, jnp.Complex128} {
		x := jnp.FromSlice([]float64{0, 1, 0.1, 3, 100, 1. / 3}, 2, 3).AsType(d)
		switch {
		case d.IsComplex():
			x = jnp.FromSlice([]complex128{1i, complex(1, math.Inf(1)), 1. / 3, -1, 1e-7, 0.1i}, 2, 3).AsType(d)
		case d.IsFloat():
			hard := []float64{math.NaN(), math.Inf(1), math.Inf(-1), math.Copysign(0, -1), 1e-7, 60000}
			x = jnp.Concatenate([]jnp.Array{x, jnp.FromSlice(hard, 2, 3).AsType(d)})
		case d == jnp.Uint64:
			x = x.Add(jnp.FromSlice([]uint64{math.MaxUint64 - 100}))
		case d == jnp.Int64:
			x = x.Add(jnp.FromSlice([]int64{math.MinInt64}))
		}
		out[d.String()] = x
	}
	return out
}

// TestEncoding writes arrays within a struct and reads them again, in JSON and in gob.
func TestEncoding(t *testing.T) {
	gojax.WithX64(true, func() {
		b := jnp.FromSlice([]float32{1, 2})
		in := model{W: everyDType(), B: &b}
		for name, through := range map[string]func(in, out *model) error{
			"json": func(in, out *model) error {
				text, err := json.Marshal(in)
				if err != nil {
					return err
				}
				return json.Unmarshal(text, out)
			},
			"gob": func(in, out *model) error {
				var file bytes.Buffer
				if err := gob.NewEncoder(&file).Encode(in); err != nil {
					return err
				}
				return gob.NewDecoder(&file).Decode(out)
			},
		} {
			var out model
			if err := through(&in, &out); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if len(out.W) != len(in.W) || out.Unset.TraceValue() != nil || out.B == nil {
				t.Errorf("%s: read %v", name, out)
			}
			out.W["B"], in.W["B"] = *out.B, b
			for k, x := range in.W {
				y := out.W[k]
				if y.DType() != x.DType() || !slices.Equal(y.Shape(), x.Shape()) || !bytes.Equal(npy(x), npy(y)) {
					t.Errorf("%s of %s: wrote %#v, read %#v", name, k, x, y)
				}
			}
			delete(in.W, "B")
		}
	})()
}

// npy is the elements in NumPy's format; one NaN is as good as another.
func npy(x jnp.Array) []byte {
	if x.DType().IsFloat() {
		x = jnp.Where(jnp.IsNaN(x), jnp.Creation{DType: x.DType()}.Full([]int{}, math.NaN()), x)
	}
	var b bytes.Buffer
	if err := jnp.Save(&b, x); err != nil {
		panic(err)
	}
	return b.Bytes()
}

func TestUnmarshalJSON(t *testing.T) {
	for text, want := range map[string]string{
		`5`:                "Array(5, dtype=int32)",
		`[1, 2.5]`:         "Array([1. , 2.5], dtype=float32)",
		`[[1, 2], [3, 4]]`: "Array([[1, 2],\n       [3, 4]], dtype=int32)",
		` [true, false] `:  "Array([ True, False], dtype=bool)",
		`[]`:               "Array([], shape=(0,), dtype=float32)",
		`null`:             "Array(unset)",
		`{"dtype":"int8","shape":[1],"data":[-128]}`:                 "Array([-128], dtype=int8)",
		`{"dtype":"float16","shape":[],"data":["Infinity"]}`:         "Array(inf, dtype=float16)",
		`{"dtype":"complex64","shape":[1],"data":[["-Infinity",1]]}`: "Array([-inf+1.j], dtype=complex64)",
	} {
		var x jnp.Array
		if err := json.Unmarshal([]byte(text), &x); err != nil {
			t.Errorf("%s: %v", text, err)
		} else if got := fmt.Sprintf("%#v", x); got != want {
			t.Errorf("%s is %s, want %s", text, got, want)
		}
	}
	for text, want := range map[string]string{
		`"abc"`:     "no array",
		`[1, "a"]`:  "no array",
		`[[1], 2]`:  "ragged",
		`[1, null]`: "no array",
		`{"dtype":"int8","shape":[1],"data":[128]}`:                   "128 is no int8",
		`{"dtype":"int8","shape":[1],"data":[1.5]}`:                   "1.5 is no int8",
		`{"dtype":"uint8","shape":[1],"data":[-1]}`:                   "-1 is no uint8",
		`{"dtype":"bool","shape":[1],"data":[1]}`:                     "no element of dtype bool",
		`{"dtype":"float32","shape":[2],"data":[1]}`:                  "1 elements",
		`{"dtype":"float32","shape":[-1],"data":[1]}`:                 "-1",
		`{"dtype":"float99","shape":[1],"data":[1]}`:                  "float99",
		`{"dtype":"complex64","shape":[1],"data":[[1]]}`:              "no element",
		`{"dtype":"float32","shape":[4611686018427387904],"data":[]}`: "",
	} {
		var x jnp.Array
		if err := json.Unmarshal([]byte(text), &x); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", text, err, want)
		}
	}
	var x jnp.Array
	for _, data := range []string{"abc", "\x93NUMPY\x01\x00"} {
		if err := x.UnmarshalBinary([]byte(data)); err == nil {
			t.Errorf("%q is read", data)
		}
	}
	if b, err := jnp.Ones(2).MarshalBinary(); err != nil || x.UnmarshalBinary(append(b, 0)) == nil {
		t.Errorf("a byte behind the array is read: %v", err)
	}
}

func TestFormat(t *testing.T) {
	gojax.WithX64(true, func() {
		loss := jnp.AsArray(float32(0.12345))
		m := jnp.FromSlice([]float64{1, -20.5, 3, math.Inf(1)}, 2, 2)
		ints := jnp.FromSlice([]int32{1, 10, 255})
		for _, c := range []struct {
			format string
			x      any
			want   string
		}{
			{"%.3f", loss, "0.123"},
			{"%8.3f|", loss, "   0.123|"},
			{"%-8.3f|", loss, "0.123   |"},
			{"%g", loss, "0.12345"},
			{"%v", loss, "0.12345"},
			{"%10v|", loss, "   0.12345|"},
			{"%.2v", loss, "0.12"},
			{"%.1f", m, "[[  1.0 -20.5]\n [  3.0  +Inf]]"},
			{"%v", m, "[[  1.  -20.5]\n [  3.    inf]]"},
			{"%s", m, "[[  1.  -20.5]\n [  3.    inf]]"},
			{"%#v", ints, "Array([  1,  10, 255], dtype=int32)"},
			{"%d", ints, "[  1  10 255]"},
			{"%x", ints, "[ 1  a ff]"},
			{"%04d", ints, "[0001 0010 0255]"},
			{"%t", ints.Gt(5), "[false  true  true]"},
			{"%d", loss, "%!d(float32=0.12345)"},
			{"%.1f", jnp.FromSlice([]complex64{1 + 2i}), "[(1.0+2.0i)]"},
			{"%e", jnp.Zeros(0), "[]"},
			{"%q", ints, `"[  1  10 255]"`},
			{"%.1f", jnp.Array{}, "Array(unset)"},
			{"%.1f", []jnp.Array{loss, loss}, "[0.1 0.1]"},
			{"%.1f", struct{ A jnp.Array }{loss}, "{0.1}"},
			{"%.0f", jnp.Creation{DType: jnp.Float32}.Arange(2000), "[   0    1    2 ... 1997 1998 1999]"},
		} {
			if got := fmt.Sprintf(c.format, c.x); got != c.want {
				t.Errorf("%s: %q, want %q", c.format, got, c.want)
			}
		}
		gojax.Jit(func(x jnp.Array) jnp.Array {
			if s := fmt.Sprintf("%.3f", x); !strings.HasPrefix(s, "Traced<float32[]>") {
				t.Errorf("a traced array is written as %q", s)
			}
			if _, err := json.Marshal(x); err == nil {
				t.Error("a traced array is written as JSON")
			}
			return x
		})(loss)
		gojax.Grad(func(x jnp.Array) jnp.Array {
			if s := fmt.Sprintf("%.3f", x.Mul(2)); s != "0.247" {
				t.Errorf("an array that Grad alone traces is written as %q", s)
			}
			return x
		})(loss)
	})()
	x := jnp.Ones(2)
	x.Delete()
	if s := fmt.Sprintf("%.3f", x); !strings.Contains(s, "deleted") {
		t.Errorf("a deleted array is written as %q", s)
	}
	if _, err := json.Marshal(x); err == nil || !strings.Contains(err.Error(), "deleted") {
		t.Errorf("a deleted array as JSON: %v", err)
	}
}

func TestLogValue(t *testing.T) {
	var b strings.Builder
	drop := func(_ []string, a slog.Attr) slog.Attr {
		if a.Key == slog.TimeKey || a.Key == slog.LevelKey {
			return slog.Attr{}
		}
		return a
	}
	log := slog.New(slog.NewJSONHandler(&b, &slog.HandlerOptions{ReplaceAttr: drop}))
	deleted := jnp.Ones(2)
	deleted.Delete()
	log.Info("m", "loss", jnp.AsArray(float32(0.5)), "n", jnp.AsArray(int32(3)), "w", jnp.Arange(4).Reshape(2, 2),
		"long", jnp.Arange(100), "deleted", deleted, "unset", jnp.Array{},
		"z", jnp.AsArray(complex64(1-2i)), "nan", jnp.AsArray(math.NaN()), "inf", jnp.AsArray(float32(math.Inf(-1))))
	want := `{"msg":"m","loss":0.5,"n":3,"w":"int32[2,2] [[0 1] [2 3]]",` +
		`"long":"int32[100] [ 0 1 2 3 ... 96 97 98 99]","deleted":"Array(float32[2], deleted)","unset":"Array(unset)",` +
		`"z":"(1-2i)","nan":"NaN","inf":"-Inf"}`
	if got := strings.TrimSpace(b.String()); got != want {
		t.Errorf("logged %s\nwant   %s", got, want)
	}
}

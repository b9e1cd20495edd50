package pjrt

import (
	"bytes"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/gojax/gojax/ir"
)

// effortPrograms are programs of the operations that lower calls plain, for an element type T and 27 elements.
func effortPrograms() map[string]string {
	all := map[string]string{
		"compare": "(%a, %b) {comparison_direction = #stablehlo<comparison_direction LT>} : (A, A) -> B",
		"iota":    "() {iota_dimension = 0 : i64} : () -> A",
		"slice": "(%a) {limit_indices = array<i64: 24>, start_indices = array<i64: 3>, strides = array<i64: 2>}" +
			" : (A) -> tensor<11xT>",
		"reshape": "(%a) : (A) -> tensor<3x9xT>",
		"select":  "(%p, %a, %b) : (B, A, A) -> A",
	}
	for _, op := range strings.Fields("add subtract multiply divide maximum minimum and or xor") {
		all[op] = "(%a, %b) : (A, A) -> A"
	}
	for _, op := range strings.Fields("negate abs sqrt floor ceil not") {
		all[op] = "(%a) : (A) -> A"
	}
	for _, to := range []string{"f32", "f64", "i32", "i1"} {
		all["convert "+to] = "(%a) : (A) -> tensor<27x" + to + ">"
	}
	return all
}

// specials are 27 elements of type T: pairs of all that is special to arithmetic.
func specials[T float32 | float64 | int32](v ...T) (a, b []T) {
	for i := range 27 {
		a, b = append(a, v[i%len(v)]), append(b, v[(i+i/len(v)*3+1)%len(v)])
	}
	return a, b
}

// Whatever the effort, the operations that lower calls plain have the same bits, and so do a few of them together.
func TestEfforts(t *testing.T) {
	c := client(t)
	tiny, inf := math.SmallestNonzeroFloat32, math.Inf(1)
	f32a, f32b := specials(0, float32(math.Copysign(0, -1)), 1, -2.7, 1e30, float32(tiny), float32(inf),
		-float32(inf), float32(math.NaN()), 0.1, 3.3333)
	f64a, f64b := specials(0, math.Copysign(0, -1), 1, -2.7, 1e300, 5e-324, inf, -inf, math.NaN(), 0.1, 3.3333)
	i32a, i32b := specials[int32](0, 1, -1, math.MaxInt32, math.MinInt32, 7, -300)
	for _, typed := range []struct {
		t    string
		a, b *Buffer
		not  string // operations that the type has not
	}{
		{"f32", upload(t, c, ir.Float32, f32a, 27), upload(t, c, ir.Float32, f32b, 27), "and or xor not"},
		{"f64", upload(t, c, ir.Float64, f64a, 27), upload(t, c, ir.Float64, f64b, 27), "and or xor not"},
		{"i32", upload(t, c, ir.Int32, i32a, 27), upload(t, c, ir.Int32, i32b, 27), "sqrt floor ceil"},
	} {
		for name, tail := range effortPrograms() {
			op, _, _ := strings.Cut(name, " ")
			if strings.Contains(typed.not, op) {
				continue
			}
			result := tail[strings.LastIndex(tail, " ")+1:]
			body := fmt.Sprintf("%%c = \"stablehlo.%s\"%s\n  return %%c : %s", op, tail, result)
			sameBits(t, c, typed.t+" "+name, typed.t, body, result, typed.a, typed.b)
		}
		sameBits(t, c, typed.t+" scalar", typed.t,
			"%s = stablehlo.slice %b [9:10] : (A) -> tensor<1xT>\n"+
				"  %f = stablehlo.reshape %s : (tensor<1xT>) -> tensor<T>\n"+
				"  %c = stablehlo.broadcast_in_dim %f, dims = [] : (tensor<T>) -> A\n"+
				"  %d = stablehlo.multiply %a, %c : A\n  return %d : A", "A", typed.a, typed.b)
		typed.a.Delete()
		typed.b.Delete()
	}
}

// sameBits runs a body, in which A and B are arrays of elements T and of bool, compiled with each effort.
func sameBits(t *testing.T, c *Client, name, elem, body, result string, a, b *Buffer) {
	t.Helper()
	text := "module @m { func.func public @main(%a: A, %b: A) -> (" + result + ") {\n"
	if strings.Contains(body, "%p") {
		text += "  %i = stablehlo.iota dim = 0 : tensor<27xi32>\n" +
			"  %p = stablehlo.convert %i : (tensor<27xi32>) -> B\n"
	}
	text += "  " + body + " } }"
	text = strings.NewReplacer("A", "tensor<27x"+elem+">", "B", "tensor<27xi1>", "xT>", "x"+elem+">", "<T>",
		"<"+elem+">").Replace(text)
	in, out := []*Buffer{a, b}, make([]*Buffer, 1)
	var want []byte
	for _, e := range []Effort{FullEffort, LoneEffort, LeastEffort} {
		x, err := c.Compile([]byte(text), CompileOptions{Effort: e})
		if err != nil {
			t.Fatalf("%s: %v\n%s", name, err, text)
		}
		if err := x.Execute(in, out, nil); err != nil {
			t.Fatal(err)
		}
		got := download[byte](t, out[0])
		out[0].Delete()
		if e == FullEffort {
			want = got
		} else if !bytes.Equal(got, want) {
			t.Errorf("%s: with effort %d\n%x, and fully\n%x", name, e, got, want)
		}
	}
}

// What is wrong with a program is said whatever the effort.
func TestEffortSaysWhatIsWrong(t *testing.T) {
	_, err := client(t).Compile([]byte("module @m { nonsense }"), CompileOptions{Effort: LeastEffort})
	wantErr(t, err, nil, "nonsense")
}

// A program that does not compile with an option which is there for speed alone is compiled without it.
func TestFragileOptions(t *testing.T) {
	c := *client(t)
	c.fragile = [][2]string{{"xla_no_such_option", "True"}}
	const text = "module @m { func.func public @main() -> tensor<f32> {\n" +
		"  %c = stablehlo.constant dense<7.0> : tensor<f32>\n  return %c : tensor<f32> } }"
	for _, e := range []Effort{FullEffort, LeastEffort} {
		x, err := c.Compile([]byte(text), CompileOptions{Effort: e})
		if err != nil {
			t.Fatal(err)
		}
		out := run1(t, x, nil)
		if got := download[float32](t, out); got[0] != 7 {
			t.Errorf("with effort %d: %v", e, got)
		}
		out.Delete()
	}
	c.overrides = append(c.overrides[:len(c.overrides):len(c.overrides)], [2]string{"xla_no_other_option", "True"})
	_, err := c.Compile([]byte(text), CompileOptions{})
	wantErr(t, err, nil, "xla_no_")
}

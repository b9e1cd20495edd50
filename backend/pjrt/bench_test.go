package pjrt

import (
	"fmt"
	"strings"
	"testing"

	"github.com/gojax/gojax/ir"
)

const negProgram = `module @neg { func.func public @main(%a: tensor<8xf32>) -> (tensor<8xf32>) {
  %c = stablehlo.negate %a : tensor<8xf32>
  return %c : tensor<8xf32> } }`

// manyProgram negates n arrays of 8 numbers.
func manyProgram(n int) string {
	var args, types, ops, vals []string
	for i := range n {
		args = append(args, fmt.Sprintf("%%a%d: tensor<8xf32>", i))
		types = append(types, "tensor<8xf32>")
		ops = append(ops, fmt.Sprintf("  %%c%d = stablehlo.negate %%a%d : tensor<8xf32>", i, i))
		vals = append(vals, fmt.Sprintf("%%c%d", i))
	}
	t := strings.Join(types, ", ")
	return "module @many { func.func public @main(" + strings.Join(args, ", ") + ") -> (" + t + ") {\n" +
		strings.Join(ops, "\n") + "\n  return " + strings.Join(vals, ", ") + " : " + t + " } }"
}

func benchExecute(b *testing.B, n int, del bool) {
	c := client(b)
	x := compile(b, c, manyProgram(n))
	in, out := make([]*Buffer, n), make([]*Buffer, n)
	for i := range in {
		in[i] = upload(b, c, ir.Float32, make([]float32, 8), 8)
	}
	b.ReportAllocs()
	for b.Loop() {
		if err := x.Execute(in, out, nil); err != nil {
			b.Fatal(err)
		}
		if del {
			for _, o := range out {
				o.Delete()
			}
		}
	}
	b.StopTimer()
	for i := range in {
		in[i].Delete()
		out[i].Delete()
	}
	clear(out)
	relieveDevice(c.devices[0])
}

func BenchmarkExecute1(b *testing.B)           { benchExecute(b, 1, true) }
func BenchmarkExecute1Collected(b *testing.B)  { benchExecute(b, 1, false) }
func BenchmarkExecute20(b *testing.B)          { benchExecute(b, 20, true) }
func BenchmarkExecute20Collected(b *testing.B) { benchExecute(b, 20, false) }

func BenchmarkFromHost(b *testing.B) {
	c := client(b)
	for b.Loop() {
		upload(b, c, ir.Float32, make([]float32, 8), 8).Delete()
	}
}

func BenchmarkToHost(b *testing.B) {
	c := client(b)
	a := upload(b, c, ir.Float32, make([]float32, 8), 8)
	defer a.Delete()
	b.Run("copy", func(b *testing.B) {
		for b.Loop() {
			download[float32](b, a)
		}
	})
	b.Run("view", func(b *testing.B) {
		for b.Loop() {
			if _, _, err := a.View(); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkLoadVsCompile compiles a chain of elementwise operations, and loads it from the disk cache.
func BenchmarkLoadVsCompile(b *testing.B) {
	c := client(b)
	b.Setenv("GOJAX_CACHE_DIR", b.TempDir())
	text := func() []byte {
		var s strings.Builder
		s.WriteString("module @chain { func.func public @main(%v0: tensor<8xf32>) -> (tensor<8xf32>) {\n")
		for i := range 30 {
			fmt.Fprintf(&s, "  %%v%d = stablehlo.%s %%v%d : tensor<8xf32>\n", i+1,
				[]string{"sine", "exponential", "tanh"}[i%3], i)
		}
		s.WriteString("  return %v30 : tensor<8xf32> } }")
		return []byte(s.String())
	}
	b.Run("compile", func(b *testing.B) {
		for b.Loop() {
			if _, err := c.Compile(text(), CompileOptions{}); err != nil {
				b.Fatal(err)
			}
		}
	})
	if _, _, err := c.CompileCached(text, text, CompileOptions{}); err != nil {
		b.Fatal(err)
	}
	b.Run("load", func(b *testing.B) {
		for b.Loop() {
			if _, how, err := c.CompileCached(text, text, CompileOptions{}); err != nil || how != CacheHit {
				b.Fatal(how, err)
			}
		}
	})
}

// benchSharded runs a program on n devices and waits for its end.
func benchSharded(b *testing.B, n int, text string) {
	c, devs := meshOf(b, wideClient(b, n), upTo(n)...)
	x := compileFor(b, c, devs, text)
	in, out := [][]*Buffer{blocksOn(b, devs, 64)}, [][]*Buffer{make([]*Buffer, n)}
	b.ReportAllocs()
	for b.Loop() {
		if err := x.ExecuteSharded(in, out, nil); err != nil {
			b.Fatal(err)
		}
		for _, o := range out[0] {
			if err := o.Ready(); err != nil {
				b.Fatal(err)
			}
		}
		deleteAll(out[0])
	}
	b.StopTimer()
	deleteAll(in[0])
}

const aliased = ",\n    tf.aliasing_output = 0 : i32"

func BenchmarkLaunch2(b *testing.B) {
	benchSharded(b, 2, strings.ReplaceAll(doubleProgram(2, 64), aliased, ""))
}
func BenchmarkLaunch4(b *testing.B) {
	benchSharded(b, 4, strings.ReplaceAll(doubleProgram(4, 64), aliased, ""))
}
func BenchmarkAllReduce2(b *testing.B) { benchSharded(b, 2, reduceProgram(2, 64)) }
func BenchmarkAllReduce4(b *testing.B) { benchSharded(b, 4, reduceProgram(4, 64)) }

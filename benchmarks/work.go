package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"os/exec"
	"time"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/backend/pjrt"
	"github.com/gojax/gojax/benchmarks/peers"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/jnp/linalg"
	"github.com/gojax/gojax/random"
)

// input is a random array, the same here and in peers/work.py: of normal numbers unless kind says otherwise.
type input struct {
	kind  string // "integers" below 1000; "positive" definite or "regular" matrices; "key", no array
	dtype jnp.DType
	shape []int
}

// work is a piece of ordinary work that NumPy and JAX do too.
type work struct {
	name   string
	over   float64 // the goal: at most this many times the faster of the two
	numpy  bool    // or NumPy's, whatever JAX's is
	kind   string  // of peers/work.py's table
	inputs []input
}

// jitted are the kinds of work. Of several results all are computed and waited for.
var jitted = map[string]any{
	"matmul":   jnp.MatMul,
	"gram":     func(x jnp.Array) jnp.Array { return x.T().MatMul(x) },
	"cholesky": linalg.Cholesky,
	"solve":    linalg.Solve,
	"inv":      linalg.Inv,
	"slogdet":  linalg.SLogDet,
	"eigh":     linalg.Eigh,
	"svd":      linalg.SVD,
	"qr":       linalg.QR,
	"sort":     func(x jnp.Array) jnp.Array { return jnp.Sort(x) },
	"argsort":  func(x jnp.Array) jnp.Array { return jnp.ArgSort(x) },
	"median":   func(x jnp.Array) jnp.Array { return jnp.Median(x, -1) },
	"quantile": func(x jnp.Array) jnp.Array { return jnp.Quantile(x, 0.3) },
	"unique":   func(x jnp.Array) jnp.Array { return jnp.Uniqueness{Size: 1000}.Unique(x) },
	"argmax":   func(x jnp.Array) jnp.Array { return jnp.ArgMax(x, -1) },
}

// works is the table.
func works() []work {
	array := func(kind string, d jnp.DType, shape ...int) input { return input{kind, d, shape} }
	normal := func(d jnp.DType, shape ...int) input { return array("", d, shape...) }
	var all []work
	for _, d := range []jnp.DType{jnp.Float32, jnp.Float64} {
		for _, n := range []int{500, 2000, 5000} {
			x := normal(d, n, n)
			all = append(all, work{fmt.Sprintf("matmul, %v, n = %d", d, n), 1.1, false, "matmul", []input{x, x}})
		}
	}
	f32, long := jnp.Float32, 4_000_000
	one := func(name string, over float64, numpy bool, kind string, x ...input) {
		all = append(all, work{name, over, numpy, kind, x})
	}
	one("xᵀx, float32, n = 2000", 1.1, true, "gram", normal(f32, 2000, 2000))
	one("xᵀx, float64, n = 2000", 1.1, true, "gram", normal(jnp.Float64, 2000, 2000))
	one("Cholesky, float32, n = 500", 1.1, false, "cholesky", array("positive", f32, 500, 500))
	one("Cholesky, float64, n = 2000", 1.1, false, "cholesky", array("positive", jnp.Float64, 2000, 2000))
	one("solve, float32, n = 500", 1.1, false, "solve", array("positive", f32, 500, 500), normal(f32, 500))
	one("inv, float32, n = 500", 1.1, false, "inv", array("positive", f32, 500, 500))
	one("slogdet, float32, n = 500", 1.1, false, "slogdet", array("positive", f32, 500, 500))
	one("eigh, float32, n = 300", 1.1, false, "eigh", array("positive", f32, 300, 300))
	one("svd, float32, n = 300", 1.1, false, "svd", normal(f32, 300, 300))
	one("qr, float32, n = 500", 1.1, false, "qr", normal(f32, 500, 500))
	one("1e4 Cholesky of 8x8", 1, false, "cholesky", array("positive", f32, 10_000, 8, 8))
	one("1e4 matmul of 8x8", 1, false, "matmul", normal(f32, 10_000, 8, 8), normal(f32, 10_000, 8, 8))
	one("86,000 solve of 3x3", 1, false, "solve", array("regular", f32, 86_000, 3, 3), normal(f32, 86_000, 3, 1))
	one("matmul, complex64, n = 500", 1, false, "matmul", normal(jnp.Complex64, 500, 500),
		normal(jnp.Complex64, 500, 500))
	one("matmul, int32, n = 500", 1, false, "matmul", array("integers", jnp.Int32, 500, 500),
		array("integers", jnp.Int32, 500, 500))
	one("sort, 4e6", 0.5, true, "sort", normal(f32, long))
	one("argsort, 4e6", 0.5, true, "argsort", normal(f32, long))
	one("sort, int32, 4e6", 0.5, true, "sort", array("integers", jnp.Int32, long))
	one("sort of rows, 2000²", 0.5, true, "sort", normal(f32, 2000, 2000))
	one("median of rows, 2000²", 0.5, true, "median", normal(f32, 2000, 2000))
	one("quantile, 4e6", 1, true, "quantile", normal(f32, long))
	one("unique, size 1000, int32, 4e6", 1, true, "unique", array("integers", jnp.Int32, long))
	one("argmax, 4e6", 1.2, true, "argmax", normal(f32, long))
	one("argmax of rows, 2000²", 1.2, true, "argmax", normal(f32, 2000, 2000))
	return append(all, drawn()...)
}

// goal is what JAX's and NumPy's milliseconds ask of ours.
func (w work) goal(jax, numpy float64) float64 {
	if w.numpy {
		return w.over * numpy
	}
	return w.over * min(jax, numpy)
}

func (w work) x64() bool {
	for _, x := range w.inputs {
		if x.dtype == jnp.Float64 {
			return true
		}
	}
	return false
}

// make is the array, of the i-th key.
func (x input) make(i int) any {
	key := random.Key(i)
	if x.kind == "key" {
		return key
	}
	d := random.Dist{DType: x.dtype}
	if x.kind == "integers" {
		return d.RandInt(key, 0, 1000, x.shape...).BlockUntilReady()
	}
	a := d.Normal(key, x.shape...)
	eye := func() jnp.Array { return jnp.Creation{DType: x.dtype}.Eye(x.shape[len(x.shape)-1]) }
	switch x.kind {
	case "positive":
		a = a.MatMul(a.MT()).Div(x.shape[len(x.shape)-1]).Add(eye())
	case "regular":
		a = a.Add(eye().Mul(3))
	}
	return a.BlockUntilReady()
}

// call is the work as a function without arguments, which waits for its results and drops them.
func (w work) call() func() {
	args := make([]any, len(w.inputs))
	for i, x := range w.inputs {
		args[i] = x.make(i)
	}
	drop := func(y ...jnp.Array) {
		for _, a := range y {
			a.BlockUntilReady()
		}
		for _, a := range y {
			a.Delete()
		}
	}
	x := func(i int) jnp.Array { return args[i].(jnp.Array) }
	if f := draws[w.kind]; f != nil {
		j := gojax.Jit(f)
		return func() { drop(j(args[0].(random.KeyArray))) }
	}
	switch f := jitted[w.kind].(type) {
	case func(jnp.Array) jnp.Array:
		j := gojax.Jit(f)
		return func() { drop(j(x(0))) }
	case func(jnp.Array, jnp.Array) jnp.Array:
		j := gojax.Jit(f)
		return func() { drop(j(x(0), x(1))) }
	case func(jnp.Array) (jnp.Array, jnp.Array):
		j := gojax.Jit(f)
		return func() { drop(pair(j(x(0)))...) }
	case func(jnp.Array) (jnp.Array, jnp.Array, jnp.Array):
		j := gojax.Jit(f)
		return func() { a, b, c := j(x(0)); drop(a, b, c) }
	}
	panic("no work of the kind " + w.kind)
}

func pair(a, b jnp.Array) []jnp.Array { return []jnp.Array{a, b} }

// best is the least time of a call of f, in milliseconds, in about half a second.
func best(f func()) float64 {
	f()
	least := time.Hour
	for end := time.Now().Add(500 * time.Millisecond); ; {
		start := time.Now()
		f()
		least = min(least, time.Since(start))
		if time.Now().After(end) {
			return least.Seconds() * 1e3
		}
	}
}

// measure times the work here and, in turn, by the peer, if there is one.
func (w work) measure(p *peer) (ours, jax, numpy float64, err error) {
	ours, jax, numpy = math.Inf(1), math.Inf(1), math.Inf(1)
	gojax.WithX64(w.x64(), func() {
		f := w.call()
		for range 3 {
			ours = min(ours, best(f))
			if p == nil {
				continue
			}
			var theirs [2]float64
			if theirs, err = p.ask(w); err != nil {
				return
			}
			jax, numpy = min(jax, theirs[0]), min(numpy, theirs[1])
		}
	})()
	return
}

// peer is peers/work.py, running.
type peer struct {
	in  io.Writer
	out *bufio.Reader
}

func newPeer(python string) (*peer, error) {
	cmd := exec.Command(python, "-c", peers.Work)
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	return &peer{in, bufio.NewReader(out)}, cmd.Start() // it ends with its input, as this process does
}

// ask has JAX and NumPy do the work, and gives their milliseconds: +Inf for work that NumPy has no function for.
func (p *peer) ask(w work) (ms [2]float64, err error) {
	var inputs [][3]any
	for _, x := range w.inputs {
		inputs = append(inputs, [3]any{x.kind, append([]int{}, x.shape...), x.dtype.String()})
	}
	question, err := json.Marshal(map[string]any{"work": w.kind, "inputs": inputs, "x64": w.x64()})
	if err != nil {
		return ms, err
	}
	if _, err = p.in.Write(append(question, '\n')); err != nil {
		return ms, err
	}
	answer, err := p.out.ReadString('\n')
	if err != nil {
		return ms, fmt.Errorf("JAX and NumPy on %s: %w", w.name, err)
	}
	ms[1] = math.Inf(1)
	return ms, json.Unmarshal([]byte(answer), &ms) // null leaves what is there
}

// compileRows are the times that factorisations take to compile, from an empty cache.
func compileRows() []row {
	var all []row
	for _, c := range []struct {
		name string
		f    func(x jnp.Array) []jnp.Array
		n    int
	}{
		{"Cholesky", func(x jnp.Array) []jnp.Array { return []jnp.Array{linalg.Cholesky(x)} }, 2000},
		{"qr", func(x jnp.Array) []jnp.Array { return pair(linalg.QR(x)) }, 500},
		{"svd", func(x jnp.Array) []jnp.Array { u, s, vh := linalg.SVD(x); return []jnp.Array{u, s, vh} }, 300},
	} {
		all = append(all, row{name: fmt.Sprintf("compile of %s, float32, n = %d", c.name, c.n), unit: "ms", goal: 50,
			run: func() (float64, error) { return compile(gojax.Lower(c.f)(jnp.Zeros(c.n, c.n)).Text()) }})
	}
	return all
}

// compile is how many milliseconds a program takes to compile that no cache has.
func compile(text string) (float64, error) {
	client := gojax.DefaultDevice().Client()
	least := time.Hour
	for range 5 {
		d, err := fromEmpty(func() (time.Duration, error) {
			start := time.Now()
			module := func() []byte { return []byte(text) }
			_, how, err := client.CompileCached(module, module, pjrt.CompileOptions{})
			if err == nil && how != pjrt.Compiled {
				err = errors.New("the program was not compiled")
			}
			return time.Since(start), err
		})
		if err != nil {
			return 0, err
		}
		least = min(least, d)
	}
	return least.Seconds() * 1e3, nil
}

package main

import (
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strconv"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/jnp/linalg"
	"github.com/gojax/gojax/random"
)

// gram is xᵀx/m, the covariances of m observations of n variables whose means are 0.
func gram(x jnp.Array) jnp.Array { return x.T().MatMul(x).Div(x.Shape()[0]) }

// logDet is the log-determinant of L Lᵀ.
func logDet(l jnp.Array) jnp.Array { return jnp.Mul(2, jnp.Log(jnp.Diagonal(l)).Sum()) }

// threadsVariable sizes XLA's thread pools when the plugin is opened.
const threadsVariable = "GOJAX_NUM_THREADS"

func blas(p *page) {
	n := p.size(4000, 500)
	key := random.Key(1)
	x := random.Normal(key, 2*n, n).BlockUntilReady()
	jittedGram, jittedCholesky := gojax.Jit(gram), gojax.Jit(linalg.Cholesky)
	a, _, tGram := again(func() jnp.Array { return jittedGram(x) })
	l, _, tCholesky := again(func() jnp.Array { return jittedCholesky(a) })
	threads := os.Getenv(threadsVariable)
	if threads == "" {
		threads = strconv.Itoa(runtime.NumCPU())
	}
	p.row("threads", "xᵀx", "Cholesky")
	p.row(threads, tGram, tCholesky)
	p.endTable()
	trace, det := jnp.Trace(a).Item(), logDet(l).Item()
	p.say("n = %d; the trace of xᵀx/m is %.6g, its log-determinant %.6g", n, trace, det)
	p.keep("blas trace", trace)
	p.keep("blas logdet", det)

	// The number of threads is fixed when the plugin is opened, so the comparison runs this program again.
	if os.Getenv(threadsVariable) != "" || runtime.NumCPU() == 1 || p.quick {
		p.say("another number of threads: %s=1 go run ./examples/tutorial -only blas", threadsVariable)
		return
	}
	self, err := os.Executable()
	if err != nil {
		p.say("cannot run again with one thread: %v", err)
		return
	}
	again := exec.Command(self, "-only", "blas", "-n", strconv.Itoa(n))
	again.Env = append(os.Environ(), threadsVariable+"=1")
	out, err := again.CombinedOutput()
	if err != nil {
		p.say("with one thread it failed: %v\n%s", err, out)
		return
	}
	p.say("and with %s=1:%s", threadsVariable, out)
}

func precision(p *page) {
	n := p.size(5500, 300)
	p.row("dtype", "xᵀx", "Cholesky", "largest error of L Lᵀ")
	both := func(d jnp.DType) {
		x := random.Dist{DType: d}.Normal(random.Key(2), 2*n, n)
		a, _, tGram := again(func() jnp.Array { return gram(x) })
		l, _, tCholesky := again(func() jnp.Array { return linalg.Cholesky(a) })
		err := jnp.Abs(l.MatMul(l.T()).Sub(a)).Max().Item()
		p.row(d, tGram, tCholesky, fmt.Sprintf("%.1e", err))
		p.keep(fmt.Sprintf("precision %v logdet", d), logDet(l).Item())
		p.keep(fmt.Sprintf("precision %v error", d), err)
	}
	both(jnp.Float32)
	gojax.WithX64(true, func() { both(jnp.Float64) })()
	p.endTable()
	p.say("n = %d; float64 costs about twice the time and memory, and has nine more digits", n)
}

func device(p *page) {
	x := jnp.Arange(5)
	p.say("x := jnp.Arange(5) lives on %v", x.Device())
	all, err := gojax.Devices()
	if err != nil {
		p.say("devices: %v", err)
		return
	}
	p.say("the devices are %v; GOJAX_PLATFORM=cpu or cuda chooses, gojax.DevicePut moves", all)
	p.keep("device count is positive", b2f(len(all) > 0 && slices.Contains(all, x.Device())))
}

func b2f(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

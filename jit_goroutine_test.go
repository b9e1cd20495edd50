package gojax_test

import (
	"os"
	"os/exec"
	"sync"
	"testing"

	"github.com/gojax/gojax"
)

// Goroutines that a traced function starts record into its trace, jitted functions that they call included.
func TestJitGoroutinesInsideATrace(t *testing.T) {
	outside := vec(100, 100)
	square := gojax.Jit(func(x arr) arr { return add(mul(x, x), outside) })
	f := gojax.Jit(func(x arr) arr {
		parts := make([]arr, 4)
		var wg sync.WaitGroup
		for i := range parts {
			wg.Go(func() { parts[i] = square(add(x, x)) })
		}
		wg.Wait()
		sum := parts[0]
		for _, p := range parts[1:] {
			sum = add(sum, p)
		}
		return sum
	})
	for range 2 {
		want(t, f(vec(1, 2)), 416, 464)
	}
	want(t, square(vec(1, 2)), 101, 104)
}

// A jitted function may call itself with other static values.
func TestJitRecursion(t *testing.T) {
	var power func(x arr, n int) arr
	power = gojax.Jit(func(x arr, n int) arr {
		if n == 1 {
			return x
		}
		return mul(x, power(x, n-1))
	})
	want(t, power(vec(2, 3), 5), 32, 243)
	want(t, power(vec(2, 3), 4), 16, 81)
}

// One jitted function, called from goroutines with several types and statics at once while its entries are being made.
func TestJitFirstCallsAtOnce(t *testing.T) {
	type out struct {
		X arr
		N int
	}
	f := gojax.Jit(func(x arr, n int) out {
		for range n {
			x = add(x, x)
		}
		return out{x, n}
	})
	var wg sync.WaitGroup
	for i := range 32 {
		wg.Go(func() {
			n, size := i%4, 1+i/4%2
			o := f(vec(make([]float32, size)...), n)
			if o.N != n || len(host(o.X)) != size {
				t.Errorf("size %d, n %d: got size %d, n %d", size, n, len(host(o.X)), o.N)
			}
		})
	}
	wg.Wait()
	defer gojax.ForbidCompiles()()
	want(t, f(vec(1, 2), 3).X, 8, 16)
}

// The setting may come from outside.
func TestEnableX64ByEnvironment(t *testing.T) {
	if s := os.Getenv("GOJAX_TEST_X64"); s != "" {
		if gojax.X64Enabled() != (s == "on") {
			t.Errorf("64-bit types are on: %v", gojax.X64Enabled())
		}
		return
	}
	for s, v := range map[string]string{"on": "1", "off": "false"} {
		c := exec.Command(os.Args[0], "-test.run=^TestEnableX64ByEnvironment$")
		c.Env = append(os.Environ(), "GOJAX_TEST_X64="+s, "GOJAX_ENABLE_X64="+v)
		if out, err := c.CombinedOutput(); err != nil {
			t.Errorf("GOJAX_ENABLE_X64=%s: %v\n%s", v, err, out)
		}
	}
}

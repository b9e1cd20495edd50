package pjrt

import (
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"
	"time"
	"unsafe"

	"github.com/gojax/gojax/ir"
)

// A buffer that is dropped is freed.
func TestCollected(t *testing.T) {
	c := client(t)
	x := compile(t, c, unary("negate", "tensor<1024xf32>"))
	a := upload(t, c, ir.Float32, make([]float32, 1024), 1024)
	for range 100 {
		run1(t, x, nil, a)
	}
	runtime.KeepAlive(a)
	a = nil
	Collect()
	if n, b := LiveBuffers(), LiveBytes(); n != 0 || b != 0 {
		t.Errorf("%d buffers with %d bytes are left", n, b)
	}
}

func peakResident() int64 {
	b, _ := os.ReadFile("/proc/self/status")
	n, _ := fieldOf(b, "VmHWM:", 1024)
	return n
}

func init() {
	children["drop"] = func() error {
		debug.SetGCPercent(400) // the collector alone would not come
		c, err := Default()
		if err != nil {
			return err
		}
		mode := os.Getenv("GOJAX_TEST_MODE")
		const n = 25e6
		x, err := c.Compile([]byte(unary("sine", fmt.Sprintf("tensor<%dxf32>", int(n)))), CompileOptions{})
		if err != nil {
			return err
		}
		data := make([]float32, n)
		a, err := c.FromHost(unsafe.Pointer(&data[0]), ir.Float32, []int{n}, nil)
		if err != nil {
			return err
		}
		const rounds = 40 // 4 GB
		out := make([]*Buffer, 1)
		for range rounds {
			if err := x.Execute([]*Buffer{a}, out, nil); err != nil {
				return err
			}
			if mode == "delete" { // without having waited
				out[0].Delete()
			}
		}
		out[0] = nil
		fmt.Printf("peak %d\n", peakResident())
		return nil
	}
}

// A loop that drops 100 MB results, or deletes them without waiting for them, stays flat.
func TestDroppingLargeResults(t *testing.T) {
	if testing.Short() {
		t.Skip("takes some seconds")
	}
	if runtime.GOOS != "linux" {
		t.Skip("reads /proc")
	}
	for _, mode := range []string{"drop", "delete"} {
		start := time.Now()
		out, ok := child(t, "drop", "GOJAX_TEST_MODE="+mode)
		var peak int64
		if i := strings.Index(out, "peak "); i >= 0 {
			fmt.Sscanf(out[i:], "peak %d", &peak)
		}
		if !ok || peak == 0 || peak > 3e9 {
			t.Errorf("%s: peak %s, want below 3 GB\n%s", mode, bytesText(peak), out)
		}
		t.Logf("%s: peak %s, %v", mode, bytesText(peak), time.Since(start))
	}
}

// A program that needs more than the machine has is an error before it is run.
func TestTooLarge(t *testing.T) {
	c := client(t)
	if !c.cpu {
		t.Skip("for the CPU")
	}
	x := compile(t, c,
		"module @m { func.func public @main(%a: tensor<f32>) -> (tensor<1099511627776xf32>) {\n  %c = "+
			"stablehlo.broadcast_in_dim %a, dims = [] : (tensor<f32>) -> tensor<1099511627776xf32>\n  return %c : "+
			"tensor<1099511627776xf32> } }")
	a := upload(t, c, ir.Float32, []float32{1})
	wantErr(t, x.Execute([]*Buffer{a}, make([]*Buffer, 1), nil), ErrMemory, "4.4 TB", "available")
	a.Delete()
}

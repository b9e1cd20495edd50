package pjrt

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"unsafe"

	"github.com/gojax/gojax/ir"
)

func init() {
	children["devices"] = func() error {
		c, err := Default()
		if err != nil {
			return err
		}
		if len(c.Devices()) != 3 {
			return fmt.Errorf("%d devices", len(c.Devices()))
		}
		// One executable runs wherever its arguments are, compiled now or loaded.
		for _, want := range []Source{Compiled, CacheHit} {
			x, how, err := c.CompileCached(program(negProgram), program(negProgram),
				CompileOptions{Device: c.Devices()[1]})
			if err != nil || how != want {
				return fmt.Errorf("%v, %w", how, err)
			}
			if x.Device() != c.Devices()[1] {
				return fmt.Errorf("compiled for %v", x.Device())
			}
			for i, d := range c.Devices() {
				if d.String() != fmt.Sprintf("cpu:%d", i) || d.Client() != c {
					return fmt.Errorf("device %d is %v", i, d)
				}
				in := [8]float32{float32(i + 1)}
				a, err := c.FromHost(unsafe.Pointer(&in), ir.Float32, []int{8}, d)
				if err != nil {
					return err
				}
				out := make([]*Buffer, 1)
				if err := x.Execute([]*Buffer{a}, out, nil); err != nil {
					return fmt.Errorf("on %v: %w", d, err)
				}
				if out[0].Device() != d {
					return fmt.Errorf("the result of %v is on %v", d, out[0].Device())
				}
				// A copy to the next device, also of what is still being computed.
				next := c.Devices()[(i+1)%3]
				b, err := out[0].CopyTo(next)
				if err != nil {
					return err
				}
				var got [8]float32
				if err := b.ToHost(unsafe.Pointer(&got), 32); err != nil {
					return err
				}
				if got[0] != -float32(i+1) || b.Device() != next {
					return fmt.Errorf("the copy on %v is %v", b.Device(), got)
				}
				same, err := out[0].CopyTo(d)
				if err != nil {
					return err
				}
				out[0].Delete()
				if err := same.ToHost(unsafe.Pointer(&got), 32); err != nil || got[0] != -float32(i+1) {
					return fmt.Errorf("the copy on the same device is %v, %v", got, err)
				}
				for _, z := range []*Buffer{a, b, same} {
					z.Delete()
				}
			}
		}
		// Arguments on two devices.
		x, err := c.Compile([]byte(addProgram), CompileOptions{})
		if err != nil {
			return err
		}
		var z [6]float32
		a, err := c.FromHost(unsafe.Pointer(&z), ir.Float32, []int{2, 3}, c.Devices()[0])
		if err != nil {
			return err
		}
		b, err := c.FromHost(unsafe.Pointer(&z), ir.Float32, []int{2, 3}, c.Devices()[2])
		if err != nil {
			return err
		}
		err = x.Execute([]*Buffer{a, b}, make([]*Buffer, 1), nil)
		if !errors.Is(err, ErrDevice) || !strings.Contains(err.Error(), "argument 1 is on cpu:2") {
			return fmt.Errorf("got %v", err)
		}
		a.Delete()
		b.Delete()
		// A program without arguments runs on the device it was compiled for.
		const constant = `module @c { func.func public @main() -> (tensor<f32>) {
  %c = stablehlo.constant dense<7.0> : tensor<f32>
  return %c : tensor<f32> } }`
		x, err = c.Compile([]byte(constant), CompileOptions{Device: c.Devices()[2]})
		if err != nil {
			return err
		}
		out := make([]*Buffer, 1)
		if err := x.Execute(nil, out, nil); err != nil || out[0].Device() != c.Devices()[2] {
			return fmt.Errorf("%v, on %v", err, out[0].Device())
		}
		out[0].Delete()
		if n := LiveBuffers(); n != 0 {
			return fmt.Errorf("%d buffers are left", n)
		}
		return nil
	}
}

func TestDevices(t *testing.T) {
	good := client(t).Plugin().Path
	plugins := []string{good}
	if p := secondPlugin(); p != "" {
		plugins = append(plugins, p)
	}
	for _, p := range plugins {
		if out, ok := child(t, "devices", "GOJAX_NUM_CPU_DEVICES=3", "GOJAX_PLATFORM=cpu", "GOJAX_PJRT_PLUGIN="+p,
			"GOJAX_CACHE=", "GOJAX_CACHE_DIR="+t.TempDir()); !ok {
			t.Errorf("%s: %s", p, out)
		}
	}
	if out, ok := child(t, "open", "GOJAX_NUM_CPU_DEVICES=many", "GOJAX_PLATFORM=cpu",
		"GOJAX_PJRT_PLUGIN="+good); !ok || !strings.Contains(out, "one device is used") ||
		!strings.Contains(out, "cpu (1 devices)") {
		t.Errorf("got %s", out)
	}
	c, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Devices()) == 1 && os.Getenv("GOJAX_NUM_CPU_DEVICES") == "" {
		wantErr(t,
			func() error { _, err := c.Compile([]byte(addProgram), CompileOptions{Device: &Device{}}); return err }(),
			ErrDevice)
	}
}

func TestPlatformList(t *testing.T) {
	good := client(t).Plugin().Path
	if hasGPU() {
		t.Skip("cuda may be there")
	}
	for _, env := range []string{"GOJAX_PJRT_PLUGIN=" + good, "GOJAX_PJRT_PLUGIN=cpu=" + good} {
		for _, platform := range []string{"", "cpu", "CPU", "cuda,cpu", " cuda , cpu "} {
			if out, ok := child(t, "open", env, "GOJAX_PLATFORM="+platform); !ok ||
				!strings.Contains(out, "cpu (1 devices)") {
				t.Errorf("%s GOJAX_PLATFORM=%q: %s", env, platform, out)
			}
		}
	}
	if out, ok := child(t, "retry", "GOJAX_PJRT_PLUGIN=/nowhere/x.so", "GOJAX_TEST_PLUGIN="+good); !ok {
		t.Error(out)
	}
	for env, want := range map[string]string{
		"GOJAX_NUM_THREADS=1": "PJRT_NPROC=1\n", "GOJAX_NUM_THREADS=many": "ignored",
		"GOJAX_NUM_THREADS=": "PJRT_NPROC=\n",
	} {
		if out, ok := child(t, "threads", env, "GOJAX_PJRT_PLUGIN="+good, "PJRT_NPROC="); !ok ||
			!strings.Contains(out, want) {
			t.Errorf("%s: %s", env, out)
		}
	}
}

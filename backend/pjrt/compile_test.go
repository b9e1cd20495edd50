package pjrt

import (
	"errors"
	"strings"
	"testing"
)

func TestInspection(t *testing.T) {
	c := client(t)
	x := compile(t, c,
		`module @m { func.func public @main(%a: tensor<4x8xf32>, %b: tensor<8x2xf32>) -> (tensor<4x2xf32>, tensor<i32>) {
  %c = stablehlo.dot_general %a, %b, contracting_dims = [1] x [0] : (tensor<4x8xf32>, tensor<8x2xf32>) -> tensor<4x2xf32>
  %d = stablehlo.exponential %c : tensor<4x2xf32>
  %e = stablehlo.constant dense<7> : tensor<i32>
  return %d, %e : tensor<4x2xf32>, tensor<i32> } }`)
	if x.NumOutputs() != 2 {
		t.Errorf("%d results", x.NumOutputs())
	}
	text, err := x.Text()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"HloModule", "ENTRY", "f32[4,2]{1,0}", "exponential(", "dot(", "s32[]"} {
		if !strings.Contains(text, want) {
			t.Errorf("the compiled text does not have %q:\n%s", want, text)
		}
	}
	m, err := x.Memory()
	if err != nil || m.Argument != 4*(4*8+8*2) || m.Output < 36 {
		t.Errorf("memory %+v %v", m, err)
	}
	if m, err := compile(t, c, donateProgram).Memory(); err != nil || m.Alias != 4096 {
		t.Errorf("memory of the donating program %+v %v", m, err)
	}
	var e *Error
	if cost, err := x.CostAnalysis(); errors.As(err, &e) && e.Code == CodeUnimplemented {
		t.Logf("the plugin has no cost analysis: %v", err)
	} else if err != nil || cost["flops"] <= 0 {
		t.Errorf("cost %v %v", cost, err)
	}
	st, err := c.Devices()[0].MemoryStats()
	if err != nil || st.BytesLimit <= 0 || st.BytesInUse < 0 || st.PeakBytes < st.BytesInUse {
		t.Errorf("stats %+v %v", st, err)
	}
	p := c.Plugin()
	if p.Path == "" || p.Found == "" || p.Minor < minMinor || c.Devices()[0].Kind() == "" || c.Devices()[0].ID() != 0 {
		t.Errorf("%v", p)
	}
	if h, err := p.Hash(); err != nil || len(h) != 64 {
		t.Errorf("hash %q %v", h, err)
	}
}

// XLA options reach the compiler: an unknown one is refused, a known one is not.
func TestOverrides(t *testing.T) {
	c := client(t)
	with := func(kv [2]string) error {
		k := &Client{api: c.api, ptr: c.ptr, platform: c.platform, cpu: c.cpu, devices: c.devices,
			overrides: [][2]string{kv}}
		_, err := k.Compile([]byte(addProgram), CompileOptions{})
		return err
	}
	if err := with([2]string{"xla_gpu_cuda_data_dir", "/nowhere"}); err != nil {
		t.Error(err)
	}
	wantErr(t, with([2]string{"xla_no_such_option", "x"}), nil)
	if !c.knows("xla_cpu_enable_fast_min_max") || c.knows("xla_no_such_option") {
		t.Error("an option of the plugin's is not told from one that it has not")
	}
}

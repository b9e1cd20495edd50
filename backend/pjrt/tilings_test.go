package pjrt

import (
	"fmt"
	"strings"
	"testing"

	"github.com/gojax/gojax/ir"
)

// propagated leaves the shardings of most results to the compiler.
const propagated = `module @p attributes {mhlo.num_partitions = 4 : i32, mhlo.num_replicas = 1 : i32} {
sdy.mesh @mesh = <["a"=2, "b"=2]>
func.func public @main(%x: tensor<8x4xf32> {sdy.sharding = #sdy.sharding<@mesh, [{"a"}, {"b"}]>},
    %y: tensor<8xf32> {sdy.sharding = #sdy.sharding<@mesh, [{"b"}]>},
    %z: tensor<8xf32> {sdy.sharding = #sdy.sharding<@mesh, [{"b", "a"}]>}) ->
    (tensor<8x4xf32>, tensor<4x8xf32>, tensor<8xf32>, tensor<8xf32>,
    tensor<f32> {sdy.sharding = #sdy.sharding<@mesh, []>}) {
  %0 = stablehlo.add %x, %x : tensor<8x4xf32>
  %1 = stablehlo.transpose %x, dims = [1, 0] : (tensor<8x4xf32>) -> tensor<4x8xf32>
  %2 = stablehlo.add %y, %y : tensor<8xf32>
  %3 = stablehlo.add %z, %z : tensor<8xf32>
  %c = stablehlo.constant dense<1.0> : tensor<f32>
  return %0, %1, %2, %3, %c : tensor<8x4xf32>, tensor<4x8xf32>, tensor<8xf32>, tensor<8xf32>, tensor<f32>
} }`

const propagatedTilings = "[{[2 2] [0 1 2 3] false} {[2 2] [0 2 1 3] false} {[2] [0 2 1 3] true} " +
	"{[4] [0 2 1 3] false} {[] [] false}]"

func TestOutputTilings(t *testing.T) {
	c, devs := mesh(t, 0, 1, 2, 3)
	t.Setenv("GOJAX_CACHE_DIR", t.TempDir())
	t.Setenv("GOJAX_CACHE", "")
	check := func(text, want string, devs []*Device, from Source) {
		t.Helper()
		x, how, err := c.CompileCached(program(text), program(text), CompileOptions{Devices: devs})
		if err != nil || how != from {
			t.Fatal(how, err)
		}
		got, err := x.OutputTilings()
		if err != nil || fmt.Sprint(got) != want {
			t.Errorf("%v: %v %v, want %s", how, got, err, want)
		}
	}
	for _, from := range []Source{Compiled, CacheHit} {
		check(propagated, propagatedTilings, devs, from)
		check(reduceProgram(4, 8), "[{[4] [0 1 2 3] false}]", devs, from)
		check(reduceProgram(1, 8), "[{[] [] false}]", devs[:1], from)
		check(reduceProgram(1, 8), "[{[] [] false}]", devs[1:2], from) // other devices are another program
	}
	check(reduceProgram(4, 8), "[{[4] [0 1 2 3] false}]", []*Device{devs[3], devs[1], devs[0], devs[2]}, Compiled)
	if got, err := compile(t, c, addProgram).OutputTilings(); err != nil || fmt.Sprint(got) != "[{[] [] false}]" {
		t.Error(got, err)
	}
	if name, err := compileFor(t, c, devs, propagated).name(); err != nil || !strings.HasPrefix(name, "p") {
		t.Error(name, err)
	}
}

// sharded is an OpSharding, from the numbers of fields and their values.
func opSharding(fields ...any) (m message) {
	for i := 0; i < len(fields); i += 2 {
		n := fields[i].(int)
		switch v := fields[i+1].(type) {
		case int:
			m = append(m, byte(n<<3|wireVarint), byte(v))
		case string:
			m = protoBytes(m, n, []byte(v))
		case message:
			m = protoBytes(m, n, v)
		}
	}
	return m
}

func TestReadTilings(t *testing.T) {
	iota8 := opSharding(1, 3, 3, "\x02\x04", 9, "\x08")
	for _, k := range []struct {
		name    string
		m       message
		results int
		want    string
	}{
		{"nothing said", nil, 2, "[{[] [] false} {[] [] false}]"},
		{"iota", iota8, 1, "[{[2 4] [0 1 2 3 4 5 6 7] false}]"},
		{"a tuple of one", opSharding(1, 2, 5, iota8), 1, "[{[2 4] [0 1 2 3 4 5 6 7] false}]"},
		{"a tuple", opSharding(1, 2, 5, iota8, 5, opSharding(1, 0)), 2,
			"[{[2 4] [0 1 2 3 4 5 6 7] false} {[] [] false}]"},
		{"transposed", opSharding(1, 3, 3, "\x08", 9, "\x02\x04", 10, "\x01\x00"), 1,
			"[{[8] [0 4 1 5 2 6 3 7] false}]"},
		{"transposed 3", opSharding(1, 3, 3, "\x08\x01", 9, "\x02\x02\x02", 10, "\x02\x00\x01"), 1,
			"[{[8 1] [0 2 4 6 1 3 5 7] false}]"},
		{"a list", opSharding(1, 3, 3, "\x02\x04", 4, "\x07\x06\x05\x04\x03\x02\x01\x00"), 1,
			"[{[2 4] [7 6 5 4 3 2 1 0] false}]"},
		{"a list of fields", opSharding(1, 3, 3, 8, 4, 1, 4, 0, 4, 2, 4, 3, 4, 4, 4, 5, 4, 6, 4, 7), 1,
			"[{[8] [1 0 2 3 4 5 6 7] false}]"},
		{"copies", opSharding(1, 3, 3, "\x02\x04", 6, 1, 9, "\x08"), 1, "[{[2] [0 1 2 3 4 5 6 7] true}]"},
		{"copies by type", opSharding(1, 3, 3, "\x04\x02", 8, "\x00", 9, "\x08"), 1, "[{[4] [0 1 2 3 4 5 6 7] true}]"},
		{"maximal", opSharding(1, 1, 4, "\x03"), 1, "not of tiles"},
		{"manual copies", opSharding(1, 3, 3, "\x04\x02", 8, "\x04", 9, "\x08"), 1, "not of tiles"},
		{"too few", opSharding(1, 2, 5, iota8), 2, "1 for 2 results"},
		{"too few tiles", opSharding(1, 3, 3, "\x02\x02", 9, "\x08"), 1, errProto.Error()},
		{"too few devices", opSharding(1, 3, 3, "\x08", 9, "\x04"), 1, errProto.Error()},
		{"an order of other axes", opSharding(1, 3, 3, "\x08", 9, "\x02\x04", 10, "\x01\x01"), 1, errProto.Error()},
		{"a negative tile", opSharding(1, 3, 3, "\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"), 1, errProto.Error()},
		{"cut off", message("\x08"), 1, errProto.Error()},
	} {
		got, err := readTilings(k.m, 8, k.results)
		if s := fmt.Sprint(got, err); s != k.want+" <nil>" && (err == nil || !strings.Contains(err.Error(), k.want)) {
			t.Errorf("%s: %s, want %s", k.name, s, k.want)
		}
	}
}

// What is read of a real program is a sharding over its mesh.
func TestTilingsAreSpecs(t *testing.T) {
	c, devs := mesh(t, 4, 2, 6, 0)
	m, err := ir.NewMesh("cpu", []int{2, 2}, []string{"a", "b"}, []int{4, 2, 6, 0})
	if err != nil {
		t.Fatal(err)
	}
	tilings, err := compileFor(t, c, devs, propagated).OutputTilings()
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, tiling := range tilings {
		s, ok := m.SpecOf(tiling)
		got = append(got, fmt.Sprint(s, ok))
	}
	want := `P("a", "b") true P("b", "a") true P("b") true P([]string{"b", "a"}) true P() true`
	if s := strings.Join(got, " "); s != want {
		t.Error(s)
	}
}

package debug_test

import (
	_ "embed"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strings"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/debug"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/trace"
)

// sharding is that of a mesh over the first devices, or over those given, and of a Spec with an entry a word: an axis,
// several joined by +, or none, which is -.
func sharding(t *testing.T, shape []int, spec string, devices ...int) ir.Sharding {
	t.Helper()
	names := []string{"x", "y"}[:len(shape)]
	n := 1
	for _, s := range shape {
		n *= s
	}
	if devices == nil {
		for i := range n {
			devices = append(devices, i)
		}
	}
	m, err := ir.NewMesh("cpu", shape, names, devices)
	if err != nil {
		t.Fatal(err)
	}
	var s ir.Spec
	for _, w := range strings.Fields(spec) {
		if w == "-" {
			s = append(s, ir.Dim{})
		} else {
			s = append(s, ir.Dim{Axes: strings.Split(w, "+")})
		}
	}
	return ir.Sharding{Mesh: m, Spec: s}
}

// pictures are what JAX prints in a file, without colours, one after the other with an empty line between.
//
//go:embed testdata/shardings.txt
var pictures string

var pictured = []struct {
	mesh    []int
	spec    string
	shape   []int
	devices []int
	scale   float64
}{
	{[]int{8}, "x", []int{16}, nil, 0},
	{[]int{8}, "", []int{16}, nil, 0},
	{[]int{4, 2}, "x", []int{16}, nil, 0},
	{[]int{4, 2}, "y", []int{16}, nil, 0},
	{[]int{4, 2}, "x y", []int{8, 8}, nil, 0},
	{[]int{4, 2}, "y x", []int{8, 8}, nil, 0},
	{[]int{4, 2}, "x", []int{8, 8}, nil, 0},
	{[]int{4, 2}, "- y", []int{8, 8}, nil, 0},
	{[]int{4, 2}, "- -", []int{8, 8}, nil, 0},
	{[]int{4, 2}, "x+y -", []int{8, 4}, nil, 0},
	{[]int{4, 2}, "x y", []int{64, 2}, nil, 0},
	{[]int{2, 2}, "x y", []int{8, 8}, []int{3, 1, 0, 2}, 0},
	{[]int{2}, "x", []int{8}, nil, 0},
	{[]int{2}, "x", []int{2, 100}, nil, 0},
	{[]int{1}, "x", []int{2, 100}, nil, 0},
	{[]int{2}, "x", []int{2, 2}, nil, 2},
}

func TestVisualizeSharding(t *testing.T) {
	want := strings.Split(pictures, "\n\n")
	if len(want) != len(pictured) {
		t.Fatalf("%d pictures for %d shardings", len(want), len(pictured))
	}
	for i, c := range pictured {
		s := sharding(t, c.mesh, c.spec, c.devices...)
		got := printed(t, func() { debug.ShardingPicture{Scale: c.scale}.VisualizeSharding(c.shape, s) })
		if strings.TrimSpace(got) != strings.TrimSpace(want[i]) {
			t.Errorf("%v of %v: got\n%swant\n%s", s, c.shape, got, want[i])
		}
	}
}

// Every label is there, also where JAX's boxes are too narrow for them or of no height.
func TestVisualizeShardingOfAnyShape(t *testing.T) {
	for _, c := range []struct {
		spec  string
		shape []int
	}{
		{"- x+y", []int{4, 64}}, {"x y", []int{4, 128}}, {"x+y", []int{8000}}, {"x y", []int{0, 4}},
		{"x+y", []int{0}}, {"x y", []int{800000, 2}}, {"y x", []int{2, 800000}},
	} {
		s := sharding(t, []int{4, 2}, c.spec, 10, 11, 12, 13, 14, 15, 16, 17)
		got := printed(t, func() { debug.VisualizeSharding(c.shape, s) })
		for _, d := range []string{"10", "11", "12", "13", "14", "15", "16", "17"} {
			if strings.Count(got, "CPU "+d) != 1 {
				t.Errorf("%v of %v: device %s has no box in\n%s", s, c.shape, d, got)
			}
		}
		width := len([]rune(strings.SplitN(got, "\n", 2)[0]))
		for line := range strings.Lines(got) {
			if n := len([]rune(strings.TrimSuffix(line, "\n"))); n != width || n > 80 {
				t.Errorf("%v of %v: lines of %d and %d columns in\n%s", s, c.shape, width, n, got)
			}
		}
	}
}

func TestVisualizeArraySharding(t *testing.T) {
	x := jnp.Ones(4)
	if got := printed(t, func() { debug.VisualizeArraySharding(x) }); !strings.Contains(got, "CPU 0") {
		t.Errorf("an array on one device is\n%s", got)
	}
	err := gojax.Try(func() {
		gojax.Jit(func(x jnp.Array) jnp.Array {
			debug.VisualizeArraySharding(x)
			return x
		})(x)
	})
	wantPictureError(t, err, "debug.VisualizeArraySharding", "WithShardingConstraint")
	wantPictureError(t, gojax.Try(func() { debug.VisualizeArraySharding(jnp.Array{}) }), "jnp.Array")
}

func wantPictureError(t *testing.T, err error, says ...string) {
	t.Helper()
	var e *trace.Error
	if !errors.As(err, &e) || e.Src == 0 {
		t.Fatalf("no error of a user's line: %v", err)
	}
	for _, s := range says {
		if !strings.Contains(err.Error(), s) {
			t.Errorf("%v does not say %q", err, s)
		}
	}
}

func TestPicturesRefuse(t *testing.T) {
	s := sharding(t, []int{4, 2}, "x")
	for _, c := range []struct {
		f    func()
		says string
	}{
		{func() { debug.VisualizeSharding([]int{8, 8, 8}, s) }, "[8 8 8]"},
		{func() { debug.VisualizeSharding(nil, s) }, "one or two dimensions"},
		{func() { debug.ShardingSVG([]int{6, 2}, s) }, "divide"},
		{func() { debug.ShardingSVG([]int{8}, ir.Sharding{}) }, "no mesh"},
		{func() { debug.ShardingSVG([]int{8}, sharding(t, []int{2}, "y")) }, `"y"`},
		{func() { debug.ShardingPicture{Scale: -1}.ShardingSVG([]int{8}, s) }, "negative"},
	} {
		wantPictureError(t, gojax.Try(c.f), "debug.", c.says)
	}
}

func TestShardingSVG(t *testing.T) {
	colour := regexp.MustCompile(`fill="(#[0-9a-f]{6})"/>`)
	for _, c := range pictured {
		s := sharding(t, c.mesh, c.spec, c.devices...)
		svg := debug.ShardingSVG(c.shape, s)
		for d := xml.NewDecoder(strings.NewReader(svg)); ; {
			if _, err := d.Token(); err == io.EOF {
				break
			} else if err != nil {
				t.Fatalf("%v of %v: %v in\n%s", s, c.shape, err, svg)
			}
		}
		seen := map[string]bool{}
		stripes := colour.FindAllStringSubmatch(svg, -1)
		for _, m := range stripes {
			seen[m[1]] = true
		}
		if n := len(s.Mesh.Devices); len(stripes) != n || len(seen) != n {
			t.Errorf("%v of %v: %d stripes of %d colours for %d devices", s, c.shape, len(stripes), len(seen), n)
		}
	}
}

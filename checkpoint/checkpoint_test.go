package checkpoint_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/checkpoint"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
	"github.com/gojax/gojax/trace"
)

type params struct {
	Layers []layer
	Scale  map[string]jnp.Array
	Rate   float64
	Name   string
}

type layer struct{ W, B jnp.Array }

func newParams() params {
	return params{
		Layers: []layer{{jnp.Arange(6).Reshape(2, 3), jnp.Zeros(3)}, {jnp.Ones(3, 1), jnp.Zeros(1)}},
		Scale:  map[string]jnp.Array{"in": jnp.FromSlice([]float32{0.5}), "out": jnp.FromSlice([]float32{2})},
		Rate:   1e-3, Name: "two layers",
	}
}

// sameTree reports whether trees have one structure and arrays of equal types, weak or not, and bits.
func sameTree[T any](a, b T) error {
	da, la := trace.Flatten(a)
	db, lb := trace.Flatten(b)
	if !da.Equal(db) {
		return fmt.Errorf("structures differ: %v", da.Diff(db, "tree"))
	}
	for i, path := range da.PathsFrom("") {
		x, err1 := jnp.Wrap(la[i]).MarshalBinary()
		y, err2 := jnp.Wrap(lb[i]).MarshalBinary()
		if err1 != nil || err2 != nil || !bytes.Equal(x, y) || la[i].Aval().Weak != lb[i].Aval().Weak {
			return fmt.Errorf("%s: %v %v, %v %v", path, la[i], jnp.Wrap(la[i]), lb[i], jnp.Wrap(lb[i]))
		}
	}
	return nil
}

func TestSaveLoad(t *testing.T) {
	path := filepath.Join(t.TempDir(), "p.safetensors")
	p := newParams()
	if err := checkpoint.Save(path, p); err != nil {
		t.Fatal(err)
	}
	var blank params
	other := newParams()
	for i := range other.Layers {
		other.Layers[i].W = other.Layers[i].W.Neg()
	}
	var pointer *params
	for name, q := range map[string]*params{"blank": &blank, "of other numbers": &other} {
		if err := checkpoint.Load(path, q); err != nil {
			t.Errorf("%s: %v", name, err)
		} else if err := sameTree(p, *q); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := checkpoint.Load(path, &pointer); err != nil || sameTree(p, *pointer) != nil {
		t.Errorf("a pointer: %v, %v", pointer, err)
	}
	if err := checkpoint.Save(path, &pointer); err != nil {
		t.Fatal(err)
	}
	var any any
	if err := checkpoint.Load(path, &any); err == nil || !strings.Contains(err.Error(), "checkpoint_test.params") {
		t.Errorf("an empty interface: %v", err)
	}
	any = params{}
	if err := checkpoint.Load(path, &any); err != nil || sameTree(p, any.(params)) != nil {
		t.Errorf("an interface: %v, %v", any, err)
	}
	arrays, err := jnp.LoadArrays(path) // as others read it
	def, _ := trace.Flatten(p)
	for _, path := range def.PathsFrom("") {
		if arrays[path].TraceValue() == nil {
			t.Errorf("%s is not among %v, %v", path, slices.Sorted(maps.Keys(arrays)), err)
		}
	}
}

type embedded struct{ E jnp.Array }

type list struct {
	X    jnp.Array
	Next *list
}

type mode uint8

// everything has all that a tree can have.
type everything struct {
	embedded
	Arrays   map[string]jnp.Array
	Keys     []random.KeyArray
	Unset    jnp.Array
	NoKey    random.KeyArray
	List     *list
	Nil      *list
	Deep     **jnp.Array
	Fixed    [2]jnp.Array
	ByNumber map[int8]layer
	ByBool   map[bool]float32
	ByMode   map[mode]string
	None     []jnp.Array
	NoneMap  map[string]int
	Any      []any
	Unset2   *jnp.Array
	Shown    interface{ String() string }

	Bool       bool
	Int        int64
	Uint       uint8
	Pointer    uintptr
	Mode       mode
	Float32    float32
	Float, NaN float64
	Complex    complex64
	Text       string
	_          func()
}

func newEverything() everything {
	nested := &jnp.Array{}
	*nested = jnp.Ones(1)
	none := (*list)(nil)
	e := everything{
		embedded: embedded{jnp.Zeros()}, Arrays: map[string]jnp.Array{}, List: &list{jnp.Ones(2), &list{}},
		Deep: &nested, Fixed: [2]jnp.Array{jnp.Ones(), {}},
		ByNumber: map[int8]layer{-3: {W: jnp.Ones(3)}, 5: {}}, ByBool: map[bool]float32{true: 0.1},
		ByMode: map[mode]string{2: "two"}, Unset2: &jnp.Array{}, Shown: jnp.AsArray(3),
		Any: []any{jnp.Zeros(2), random.Key(1), 3, "text", nil, map[string]any{"a": []any{2.5}}, none, list{}, &list{},
			[]jnp.Array{{}}, jnp.Array{}, uint16(4), complex(1, 2)},
		Bool: true, Int: -1 << 63, Uint: 255, Pointer: 1 << 40, Mode: 2, Float32: 0.1, Float: math.Copysign(0, -1),
		NaN: math.Float64frombits(0x7ff8000000000123), Complex: complex(float32(math.Inf(1)), -2),
		Text: "a\xff\x00\"é\n", Keys: []random.KeyArray{random.Split(random.Key(3), 2, 2)},
	}
	for i := random.Threefry; i <= random.UnsafeRBG; i++ {
		e.Keys = append(e.Keys, i.Key(7))
	}
	for i, d := range ir.AllDTypes() {
		name := d.String()
		e.Arrays[name] = jnp.FromSlice([]uint8{0, 1, 7, uint8(i)}, 2, 2).AsType(d)
	}
	e.Arrays["weak"] = jnp.AsArray(2.5)
	e.Arrays["empty"] = jnp.Zeros(0, 3)
	e.Arrays["odd \xff\"]key"] = jnp.Ones(1)
	return e
}

// All that a tree can have comes back, into a blank tree and into one of the same kind.
func TestEverything(t *testing.T) {
	defer trace.SetX64(trace.X64())
	trace.SetX64(true)
	path := filepath.Join(t.TempDir(), "e")
	e := newEverything()
	if err := checkpoint.Save(path, e); err != nil {
		t.Fatal(err)
	}
	var f everything
	f.Any = slices.Clone(e.Any) // which has types that only the program knows
	if err := checkpoint.Load(path, &f); err != nil {
		t.Fatal(err)
	}
	if err := sameTree(e, f); err != nil {
		t.Error(err)
	}
	for i, k := range f.Keys[1:] {
		if k.Impl() != random.Impl(i) {
			t.Errorf("key %d is of %v", i, k.Impl())
		}
	}
	if a, b := random.Normal(e.Keys[1], 3), random.Normal(f.Keys[1], 3); jnp.ArrayEqual(a, b).Item() != 1 {
		t.Errorf("a key that was loaded draws %v, not %v", b, a)
	}
	// 64-bit data are narrowed where 64-bit types are off.
	path = filepath.Join(t.TempDir(), "wide")
	if err := checkpoint.Save(path, []jnp.Array{jnp.FromSlice([]float64{0.1}), jnp.FromSlice([]int64{5})}); err != nil {
		t.Fatal(err)
	}
	trace.SetX64(false)
	jnp.SetNarrowing(jnp.NarrowSilent)
	defer jnp.SetNarrowing(jnp.NarrowOnce)
	g := []jnp.Array{jnp.FromSlice([]float32{1}), {}}
	if err := checkpoint.Load(path, &g); err != nil || g[0].DType() != jnp.Float32 || g[1].DType() != jnp.Int32 ||
		g[0].Item() != float64(float32(0.1)) {
		t.Errorf("%v, %v", g, err)
	}
}

// What does not fit is an error that names the place and both sides, and the tree stays as it is.
func TestMismatch(t *testing.T) {
	type state struct {
		P    params
		Key  random.KeyArray
		Opt  any
		M    *jnp.Array
		Pair [2]int
	}
	path := filepath.Join(t.TempDir(), "s")
	saved := func() state {
		m := jnp.Ones(2)
		return state{newParams(), random.Key(1), layer{W: jnp.Ones(1)}, &m, [2]int{1, 2}}
	}
	if err := checkpoint.Save(path, saved()); err != nil {
		t.Fatal(err)
	}
	for want, change := range map[string]func(s *state){
		".P.Layers[0].W: float32[3,2] here, int32[2,3] in the file": func(s *state) {
			s.P.Layers[0].W = jnp.Ones(3, 2)
		},
		".P.Layers[1].B: int32[1] here, float32[1] in the file": func(s *state) {
			s.P.Layers[1].B = jnp.FromSlice([]int32{1})
		},
		".P.Layers: 3 parts here, 2 in the file":            func(s *state) { s.P.Layers = make([]layer, 3) },
		`.P.Scale["mid"]: the file has no such key`:         func(s *state) { s.P.Scale["mid"] = jnp.Array{} },
		`.P.Scale["in"]: the file has it, and the map has`:  func(s *state) { delete(s.P.Scale, "in") },
		".P.Rate: 0.5 here, 0.001 in the file":              func(s *state) { s.P.Rate = 0.5 },
		`.P.Name: "x" here, "two layers" in the file`:       func(s *state) { s.P.Name = "x" },
		".Key: keys of rbg of shape [] here, of threefry2x": func(s *state) { s.Key = random.RBG.Key(1) },
		".Key: keys of threefry2x32 of shape [2] here":      func(s *state) { s.Key = random.Split(random.Key(1)) },
		".Opt: int here, checkpoint_test.layer in the file": func(s *state) { s.Opt = 3 },
		"set it to a value of that type":                    func(s *state) { s.Opt = nil },
		".Opt.B: it is set here, and was not when":          func(s *state) { s.Opt = layer{B: jnp.Ones(1)} },
		".M: float32[3] here, float32[2] in the file":       func(s *state) { *s.M = jnp.Ones(3) },
		".Pair[1]: 3 here, 2 in the file":                   func(s *state) { s.Pair[1] = 3 },
	} {
		s := saved()
		change(&s)
		before := reflect.ValueOf(s).Interface().(state)
		err := checkpoint.Load(path, &s)
		if err == nil || !strings.Contains(err.Error(), want) || errors.Is(err, checkpoint.ErrDamaged) {
			t.Errorf("%v, want %q", err, want)
		}
		if err := sameTree(before, s); err != nil {
			t.Errorf("%s: the tree has changed: %v", want, err)
		}
	}
	other(t, path, &struct{ P params }{}, ".Key: the file has it, and struct { P checkpoint_test.params } has no such")
	other(t, path, &struct {
		state
		N int
	}{}, ".N: the file has no such field")
	other(t, path, &[]params{}, "the tree: []checkpoint_test.params here, struct in the file")
	other(t, path, &struct{ P, Key, Opt, M, Pair jnp.Array }{}, ".P: jnp.Array here, struct in the file")
	other(t, path, &struct {
		P    params
		Key  jnp.Array
		Opt  any
		M    *random.KeyArray
		Pair [3]int
	}{}, ".Key: jnp.Array here, key in the file", ".M: random.KeyArray here, float32 array in the file",
		".Pair: 3 parts here, 2 in the file")
	other(t, path, &struct {
		P    map[string]jnp.Array
		Key  random.KeyArray
		Opt  fmt.Stringer
		M    jnp.Array
		Pair []string
	}{}, ".P: map[string]jnp.Array here, struct", ".Pair[0]: string here, int 1 in the file", ".Opt: the file has a")
	other(t, path, &struct{ f func() }{}, "unexported")
	other(t, path, (*params)(nil), "not nil")
}

// other checks that loading into tree is an error with the texts in it.
func other[T any](t *testing.T, path string, tree *T, want ...string) {
	t.Helper()
	err := checkpoint.Load(path, tree)
	for _, w := range want {
		if err == nil || !strings.Contains(err.Error(), w) || !strings.HasPrefix(err.Error(), "checkpoint.Load: ") {
			t.Errorf("%T: %v, want %q", tree, err, w)
		}
	}
}

// No byte of a file can change unseen.
func TestDamage(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s")
	p := newParams()
	if err := checkpoint.Save(path, p); err != nil {
		t.Fatal(err)
	}
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	try := func(what string, b []byte) {
		t.Helper()
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		var q params
		err := checkpoint.Load(path, &q)
		if !errors.Is(err, checkpoint.ErrDamaged) || !strings.HasPrefix(err.Error(), "checkpoint.Load: "+path) {
			t.Errorf("%s: %v", what, err)
		}
		if q.Layers != nil || q.Rate != 0 {
			t.Errorf("%s: the tree is %v", what, q)
		}
	}
	for i := 0; i < len(file); i += 7 {
		b := slices.Clone(file)
		b[i] ^= 1 << (i % 8)
		try(fmt.Sprintf("byte %d", i), b)
	}
	for n := 0; n < len(file); n += 97 {
		try(fmt.Sprintf("%d bytes", n), file[:n])
	}
	try("a byte more", append(slices.Clone(file), 0))
	var b bytes.Buffer
	if err := jnp.SaveSafetensors(&b, map[string]jnp.Array{"x": jnp.Ones(2)}); err != nil {
		t.Fatal(err)
	}
	try("other arrays", b.Bytes())
	if err := checkpoint.Load(filepath.Join(t.TempDir(), "none"), &p); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
}

// The format, to the byte, so that it stays.
func TestFormat(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s")
	if err := checkpoint.Save(path, struct {
		W jnp.Array
		N int
	}{jnp.FromSlice([]float32{1, 2}), 3}); err != nil {
		t.Fatal(err)
	}
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	n := binary.LittleEndian.Uint64(file)
	const want = `{"__metadata__":{"gojax":"checkpoint 1",` +
		`"header":"89ba456310c582e60d74b26bc1b6f564df16d90115f836712d7eeb7e46505f5f",` +
		`"data":"b9c80b5adeca450753a16950c3cc655d271f7bef7a485bc83f112b72fef21d37",` +
		`"tree":"{\"kind\":\"struct\",\"fields\":{\"N\":{\"kind\":\"int\",\"value\":\"3\"},` +
		`\"W\":{\"kind\":\"array\",\"type\":\"float32\"}},` +
		`\"holds\":\"struct { W jnp.Array; N int }\"}"},".W":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}`
	if got := strings.TrimRight(string(file[8:8+n]), " "); got != want {
		t.Errorf("the header is\n%s\nwant\n%s", got, want)
	}
}

// What cannot be saved is an error, and leaves what was there.
func TestSaveErrors(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "s")
	if err := checkpoint.Save(path, newParams()); err != nil {
		t.Fatal(err)
	}
	gone := jnp.Ones(2)
	gone.Delete()
	deep := &list{}
	for range 1200 {
		deep = &list{Next: deep}
	}
	loop := &list{}
	loop.Next = loop
	for want, tree := range map[string]any{
		"deleted": gone, "the tree is nil": nil, "the tree is nil ": (*params)(nil), "unexported": struct{ x int }{},
		"func()": []any{func() {}}, "nested more than": deep, "contains itself": loop,
		"room for": strings.Repeat("x", 1<<25),
	} {
		err := checkpoint.Save(path, tree)
		if err == nil || !strings.Contains(err.Error(), strings.TrimSpace(want)) ||
			!strings.HasPrefix(err.Error(), "checkpoint.Save: "+path) {
			t.Errorf("%v, want %q", err, want)
		}
	}
	var traced error
	gojax.MakeProgram(func(x jnp.Array) jnp.Array {
		traced = checkpoint.Save(path, x)
		return x
	})(jnp.Ones(2))
	if traced == nil || !strings.Contains(traced.Error(), "traced") {
		t.Errorf("a traced array: %v", traced)
	}
	for want, path := range map[string]string{"no such file": filepath.Join(dir, "none", "s"), "directory": dir} {
		if err := checkpoint.Save(path, newParams()); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
	var p params
	if err := checkpoint.Load(path, &p); err != nil || sameTree(p, newParams()) != nil {
		t.Errorf("after errors: %v, %v", p, err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 1 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// What is loaded lies where the array lies that the tree holds.
func TestLoadOverMesh(t *testing.T) {
	mesh := gojax.NewMesh([]int{1}, []string{"data"})
	type params struct {
		W, B jnp.Array
		K    random.KeyArray
	}
	rows := gojax.NamedSharding(mesh, gojax.P("data"))
	p := params{gojax.DevicePut(jnp.Arange(6).Reshape(2, 3), rows), jnp.Ones(3), random.Split(random.Key(0), 2)}
	p.K = gojax.DevicePut(p.K, rows)
	path := filepath.Join(t.TempDir(), "p.ckpt")
	if err := checkpoint.Save(path, p); err != nil {
		t.Fatal(err)
	}
	q := p
	if err := checkpoint.Load(path, &q); err != nil {
		t.Fatal(err)
	}
	w, over := q.W.Sharding()
	_, alone := q.B.Sharding()
	same := jnp.ArrayEqual(q.W, p.W).Bool() && jnp.ArrayEqual(q.K.Data(), p.K.Data()).Bool()
	if !over || !w.Equal(rows) || alone || !same {
		t.Errorf("W lies as %v, %v; B over a mesh: %v; %v", w, over, alone, q)
	}
}

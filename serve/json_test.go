package serve_test

import (
	"strings"
	"testing"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/serve"
	"github.com/gojax/gojax/trace"
)

// Every dtype goes there and back as JSON, exactly.
func TestJSONElements(t *testing.T) {
	for _, c := range []struct {
		dtype    jnp.DType
		elements string // of one array
		want     string // "": the same
	}{
		{jnp.Float32, `[1,-0.5,1e-07,3.4028235e+38,"NaN","Infinity","-Infinity",-0]`, ""},
		{jnp.Float32, `[0.1,16777217]`, `[0.1,1.6777216e+07]`},
		{jnp.Float64, `[0.1,1e+300,"NaN"]`, ""},
		{jnp.Float16, `[0.5,65504]`, ""},
		{jnp.BFloat16, `[0.5,-2]`, ""},
		{jnp.Int8, `[-128,127]`, ""},
		{jnp.Int32, `[-2147483648,2147483647]`, ""},
		{jnp.Int64, `[-9223372036854775808,9223372036854775807]`, ""},
		{jnp.Uint64, `[0,18446744073709551615]`, ""},
		{jnp.Bool, `[true,false]`, ""},
	} {
		n := strings.Count(c.elements, ",") + 1
		var body string
		trace.WithX64(true, func() {
			x := jnp.Creation{DType: c.dtype}.Zeros(n)
			twice := func(x jnp.Array) jnp.Array { return jnp.Flip(jnp.Flip(x)) }
			s := served(t, saved(t, twice, []any{x}), serve.Options{})
			body = post(s, jsonKind, []byte(`{"args":[`+c.elements+`]}`)).Body.String()
		})
		want := c.want
		if want == "" {
			want = c.elements
		}
		if body != `{"result":`+want+"}\n" {
			t.Errorf("%v: %s becomes %s", c.dtype, c.elements, body)
		}
	}
}

type params struct {
	W jnp.Array
	B []jnp.Array
}

func TestJSONTrees(t *testing.T) {
	f := func(p params, x jnp.Array) map[string]jnp.Array {
		return map[string]jnp.Array{"sum": p.W.Add(p.B[0]).Add(x), "b": p.B[1]}
	}
	one := jnp.Ones(2)
	s := served(t, saved(t, f, []any{params{one, []jnp.Array{one, one}}, jnp.Ones()}), serve.Options{})
	const good = `{"args":[{"B":[[1,2],[3,4]],"W":[5,6]},10]}`
	if w := post(s, jsonKind, []byte(good)); w.Body.String() != `{"result":{"b":[3,4],"sum":[16,18]}}`+"\n" {
		t.Error(w.Code, w.Body)
	}
	for _, c := range []struct{ old, new, want string }{
		{`"W"`, `"w"`, `there is a member "w"`},
		{`,"W":[5,6]`, ``, `args[0]["W"] is missing`},
		{`[[1,2],[3,4]]`, `[[1,2]]`, "a list has 1 elements"},
		{`[[1,2],[3,4]]`, `[[1,2],[3,4],[5,6]]`, "a list has more than 2 elements"},
		{`[[1,2],[3,4]]`, `7`, "a number, and it should be a list (at /args/0/B)"},
		{`{"B":`, `[{"B":`, "a list, and it should be an object (at /args/0)"},
		{`,10]`, `,10,11]`, "a list has more than 2 elements"},
		{`,10]`, `,null]`, "args[1]: null, and it should be a float32 (at /args/1)"},
		{`,10]`, `,[10]]`, "args[1] is float32[1], and the program takes float32[] there"},
		{`[5,6]`, `[5,6,7]`, `args[0]["W"] is float32[3], and the program takes float32[2] there`},
		{`[5,6]`, `[5,"6"]`, `args[0]["W"]: "6" is no float32 (at /args/0/W/1)`},
		{`[5,6]`, `[5,[6]]`, `args[0]["W"]: lists of different depth`},
		{`[5,6]`, `[[5],[6,7]]`, `args[0]["W"]: lists of 1 and 2 elements along axis 1`},
		{`[5,6]`, `[5,1e39]`, `1e39 does not fit into a float32`},
		{`[5,6]`, `[5,0x6]`, `invalid character`},
		{`"args"`, `"arguments"`, `the body has the member "arguments"`},
		{`"W":[5,6]`, `"W":[5,6],"W":[5,6]`, `duplicate`},
		{`,10]}`, `,10]} 1`, `something follows`},
		{`,10]}`, `,10]`, `unexpected EOF`},
		{good, ``, `unexpected EOF`},
		{good, `[1]`, `a list, and it should be an object`},
		{good, `{"args":` + strings.Repeat("[", 100000), ``},
		{good, `{"args":[{"W":` + strings.Repeat("[", 40) + strings.Repeat("]", 40) + `}]}`, `beyond 32 axes`},
		{good, strings.Repeat("[", 20000), ``},
	} {
		body := strings.Replace(good, c.old, c.new, 1)
		w := post(s, jsonKind, []byte(body))
		text := message(t, w)
		if w.Code != 400 && w.Code != 422 || !strings.Contains(text, c.want) || strings.Contains(text, "(at )") {
			t.Errorf("%.100s: %d %s, want %s", body, w.Code, text, c.want)
		}
	}
}

func TestJSONIntegers(t *testing.T) {
	s := served(t, saved(t, func(x jnp.Array) jnp.Array { return x.Add(1) },
		[]any{jnp.Creation{DType: jnp.Int8}.Zeros()}), serve.Options{})
	for _, text := range []string{"128", "1.5", "1e1", `"1"`, "true", "NaN", "nul", "-129", "99999999999999999999999"} {
		if w := post(s, jsonKind, []byte(`{"args":[`+text+`]}`)); w.Code != 400 || message(t, w) == "" {
			t.Errorf("%s: %d %s", text, w.Code, w.Body)
		}
	}
}

func TestJSONComplex(t *testing.T) {
	s := served(t, saved(t, func(x jnp.Array) jnp.Array { return jnp.Conj(x) },
		[]any{jnp.Creation{DType: jnp.Complex64}.Zeros(2)}), serve.Options{})
	if w := post(s, jsonKind, []byte(`{"args":[[1,2]]}`)); w.Code != 400 ||
		!strings.Contains(message(t, w), "no form in JSON") {
		t.Error(w.Code, w.Body)
	}
	body := npy(t, jnp.FromSlice([]complex64{1i, 2}))
	if w := post(s, npyKind, body, jsonKind); w.Code != 406 {
		t.Error(w.Code, w.Body)
	}
	if w := post(s, npyKind, body); w.Code != 200 {
		t.Error(w.Code, w.Body)
	}
}

func FuzzJSON(f *testing.F) {
	for _, body := range []string{`{"args":[{"B":[[1,2],[3,4]],"W":[5,6]},10]}`, `{"args":[{"B":[[],[]]}],"kwargs":{}}`,
		`{"args":[{"B":[["NaN",-1e-3],[3,"Infinity"]],"W":[5,6]},null]}`, `[`, `{"args":[[[[[`} {
		f.Add([]byte(body))
	}
	g := func(p params, x jnp.Array) jnp.Array { return p.W.Add(p.B[0]).Add(x) }
	one := jnp.Ones(2)
	s := served(f, saved(f, g, []any{params{one, []jnp.Array{one, one}}, jnp.Ones()}), serve.Options{})
	f.Fuzz(func(t *testing.T, body []byte) { refused(t, s, jsonKind, body) })
}

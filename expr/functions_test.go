package expr

import (
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/tests/fails"
	"github.com/gojax/gojax/trace"
)

func TestFunctionErrors(t *testing.T) {
	x := jnp.Ones(2, 3)
	for text, parts := range map[string][]string{
		"sum(x, 1.5)":      {"column 1", "argument 2 is 1.5, a float64, and not an int that is known while tracing"},
		"sum(x, x[0,0])":   {"argument 2 is an array, float32[]"},
		"sum(x, 2)":        {"jnp.Sum", "axis 2 is out of range"},
		"x.astype(1)":      {"a dtype, such as float32"},
		"einsum(x, x)":     {"argument 1", "a string"},
		"1 + x.reshape(4)": {"column 7", "jnp.Reshape"},
		"x[1.5]":           {"column 2", "float64 is not an index"},
		"x[x:]":            {"column 2", "Go ints"},
		"x + \"a\"":        {"column 3", "string"},
		"\"a\"":            {"string"},
		"x[sum(x)]":        {"integer or bool"},
		"stack([x, 1])":    {"jnp.Stack"},
		"x ^ 2":            {"column 3", "powers are **"},
	} {
		fails.With(t, func() { Eval(text, map[string]any{"x": x}) }, append(parts, "functions_test.go:")...)
	}
	fails.With(t, func() { (*Formula)(nil).Call(x) }, "was not made")
}

// ruleNumber is the number that a derivative of a function's own has in a program.
var ruleNumber = regexp.MustCompile(`Rule=&\{\d+ `)

// Every function of arrays and numbers can be called: it gives what the function itself gives, and can be traced,
// unless the table says that it needs values.
func TestEveryFunction(t *testing.T) {
	x := jnp.AsArray([]float32{0.25, 0.5, 0.75})
	called := 0
	for _, f := range table {
		n := reflect.TypeOf(f.f).NumIn()
		if reflect.TypeOf(f.f).IsVariadic() {
			n--
		}
		args := []string{"x", "x", "x", "x"}[:n]
		ok := true
		for i := range n {
			ok = ok && f.parameter(i) == arrayType
		}
		if !ok || n == 0 || needsValues[f.name] {
			continue
		}
		text := f.pkg + "." + f.name + "(" + strings.Join(args, ", ") + ")"
		formula, err := Compile(text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		var got, want string
		err = trace.Try(func() {
			got = gojax.MakeProgram(func(x arr) arr { return formula.Call(x) })(x).String()
		})
		wrong := trace.Try(func() {
			want = gojax.MakeProgram(func(x arr) arr {
				in := make([]reflect.Value, n)
				for i := range in {
					in[i] = reflect.ValueOf(x)
				}
				if t := reflect.TypeOf(f.f); t.IsVariadic() {
					return array(reflect.ValueOf(f.f).CallSlice(append(in, reflect.Zero(t.In(n))))[0].Interface())
				}
				return array(reflect.ValueOf(f.f).Call(in)[0].Interface())
			})(x).String()
		})
		cut := func(s string) string { // without places
			var b strings.Builder
			for l := range strings.Lines(s) {
				l, _, _ = strings.Cut(l, "#")
				b.WriteString(strings.TrimSpace(ruleNumber.ReplaceAllString(l, "")))
			}
			return b.String()
		}
		switch {
		case (err == nil) != (wrong == nil):
			t.Errorf("%s: %v, and by itself %v", text, err, wrong)
		case err != nil && strings.Contains(err.Error(), "traced"):
			t.Errorf("%s needs values: %v", text, err)
		case cut(got) != cut(want):
			t.Errorf("%s records\n%s\nwant\n%s", text, got, want)
		case err == nil:
			called++
		}
	}
	if called < 200 {
		t.Errorf("only %d functions were called", called)
	}
}

package jit_test

import (
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/transforms/jit"
)

// TestStaticNumbers trains with a learning rate that is a constant of the program.
func TestStaticNumbers(t *testing.T) {
	type options struct {
		Rate  float64
		Steps int
		Name  string
		Loud  bool
	}
	f := func(x arr, o options) arr { return mul(x, jnp.Full(x.Shape(), o.Rate)) }
	x := vec(1, 2)
	for _, c := range []struct {
		what  string
		calls func(f func(arr, options) arr)
		want  string // a regular expression; "" if nothing is to be said
	}{
		{"a rate that changes", func(f func(arr, options) arr) {
			for i := range 9 {
				f(x, options{Rate: float64(i)})
			}
		}, `^gojax: notices_test.go:\d+: \S+ is compiled for the 4th time, since args\[1\]\.Rate \(float64\) had 4 ` +
			`values.*jnp\.AsArray.*\n$`},
		{"steps that change", func(f func(arr, options) arr) {
			for i := range 4 {
				f(x, options{Steps: i})
			}
		}, `args\[1\]\.Steps \(int\) had 4 values`},
		{"three rates", func(f func(arr, options) arr) {
			for i := range 9 {
				f(x, options{Rate: float64(i % 3)})
			}
		}, ""},
		{"strings and flags", func(f func(arr, options) arr) {
			for _, s := range []string{"a", "b", "c", "d", "e"} {
				f(x, options{Name: s})
				f(x, options{Name: s, Loud: true})
			}
		}, ""},
		{"shapes that change with it", func(f func(arr, options) arr) {
			for i := range 5 {
				f(jnp.Zeros(i+1), options{Rate: float64(i)})
			}
		}, ""},
	} {
		var said strings.Builder
		back := jit.SetNotices(&said)
		c.calls(gojax.Jit(f))
		back()
		if c.want == "" && said.Len() > 0 || !regexp.MustCompile(c.want).MatchString(said.String()) {
			t.Errorf("%s: said %q, want %q", c.what, said.String(), c.want)
		}
	}
}

// TestLogCompiles reads what a process logs that was asked to.
func TestLogCompiles(t *testing.T) {
	if os.Getenv("GOJAX_TEST_LOG_COMPILES") != "" {
		f := gojax.Jit(func(x arr) arr { return mul(x, x) }, gojax.Named("squares"))
		f(vec(1, 2))
		f(vec(1, 2, 3))
		return
	}
	for value, want := range map[string]string{
		"1": `gojax: (compiled|loaded) squares for cpu:0 in \S+ \(1 equations\) at notices_test.go:\d+: first call\n` +
			`gojax: .*: args\[0\]: float32\[3\] was float32\[2\]\n`,
		"0":     `^PASS`,
		"maybe": `GOJAX_LOG_COMPILES="maybe" is neither true nor false`,
	} {
		c := exec.Command(os.Args[0], "-test.run=^TestLogCompiles$")
		c.Env = append(os.Environ(), "GOJAX_TEST_LOG_COMPILES=1", "GOJAX_LOG_COMPILES="+value)
		if out, err := c.CombinedOutput(); err != nil || !regexp.MustCompile(want).Match(out) {
			t.Errorf("GOJAX_LOG_COMPILES=%s: %v\n%s", value, err, out)
		}
	}
}

package badinput_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
)

// What is about the process (its plugin, devices, cache folder, environment) is tried in processes of their own: this
// test binary, which then runs one of children.
var children = map[string]func(){}

// child runs children[name] with env added, and returns what it printed. It fails the test if the process crashed or
// hung; ok is an exit status of 0.
func child(t *testing.T, name string, env ...string) (out string, ok bool) {
	t.Helper()
	return process(t, os.Args[0], nil, append(env, "GOJAX_TEST_CHILD="+name))
}

func process(t *testing.T, program string, args, env []string) (out string, ok bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	c := exec.CommandContext(ctx, program, args...)
	c.Env = append(os.Environ(), env...)
	b, err := c.CombinedOutput()
	var exit *exec.ExitError
	switch {
	case ctx.Err() != nil:
		t.Fatalf("it hangs\n%s", b)
	case err != nil && (!errors.As(err, &exit) || exit.ExitCode() != 1):
		t.Fatalf("it crashes: %v\n%s", err, b)
	}
	return string(b), err == nil
}

func init() {
	// use does what a first program does: it makes an array, computes eagerly and jitted, and prints the result.
	children["use"] = func() {
		_, derr := gojax.Devices()
		err := gojax.Try(func() {
			x := jnp.FromSlice([]float32{1, 2, 3})
			y := gojax.Jit(func(a arr) arr { return jnp.Exp(a).Sub(jnp.Exp(a)).Add(a.Mul(2)) })(x)
			fmt.Println("result", y.Sum().Item(), x.Std().Gt(0).Item())
		})
		if (err == nil) != (derr == nil) {
			fmt.Println("Devices says", derr, "and the first array", err)
		}
		if err == nil {
			return
		}
		fmt.Println(err)
		if again := gojax.Try(func() { jnp.Ones(2) }); again == nil {
			fmt.Println("the second attempt succeeds")
		}
		var e *gojax.Error
		if !errors.As(err, &e) || !strings.HasPrefix(err.Error(), "children_test.go:") ||
			!strings.Contains(err.Error(), derr.Error()) {
			fmt.Println("the error has no line, or is not that of Devices")
		}
		os.Exit(1)
	}
}

// result is what the child "use" prints when all is well.
const result = "result 12 1\n"

// fails holds a child to its failure: exit status 1 and a message that says all of parts.
func fails(t *testing.T, out string, ok bool, parts ...string) {
	t.Helper()
	t.Logf("%s", out)
	if ok {
		t.Errorf("it succeeds")
	}
	for _, bad := range []string{"panic:", "goroutine ", "SIG", "no line", "Devices says", "second attempt"} {
		if strings.Contains(out, bad) {
			t.Errorf("got %q in\n%s", bad, out)
		}
	}
	for _, p := range parts {
		if !strings.Contains(out, p) {
			t.Errorf("it does not say %q:\n%s", p, out)
		}
	}
}

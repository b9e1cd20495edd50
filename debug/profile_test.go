package debug_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/debug"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/lax"
)

// work is traced, compiled, launched, run, called back and read.
func work(name string) {
	defer debug.Annotate("all of " + name)()
	step := gojax.Jit(func(x jnp.Array) jnp.Array {
		debug.Callback(func(jnp.Array) {}, jnp.Sum(x))
		y, _ := lax.Scan(func(c, _ jnp.Array) (jnp.Array, jnp.Array) { return jnp.Sin(c), c }, x, jnp.Zeros(3))
		return y
	}, gojax.Named(name))
	x := iota(5)
	for range 3 {
		x = step(x)
	}
	gojax.BlockUntilReady(jnp.Exp(x))
	jnp.ToSlice[float32](x)
}

// The schema of the trace-event format, as far as it is used: what Perfetto's importer asks of a JSON trace.
func checkSchema(t *testing.T, data []byte) (names []string) {
	t.Helper()
	var events []map[string]any
	if err := json.Unmarshal(data, &events); err != nil {
		t.Fatal(err)
	}
	named := map[[2]float64]bool{}
	number := func(e map[string]any, key string) float64 {
		v, ok := e[key].(float64)
		if !ok || v < 0 {
			t.Errorf("%s is no number of at least 0: %v", key, e)
		}
		return v
	}
	for _, e := range events {
		name, _ := e["name"].(string)
		if name == "" {
			t.Errorf("an event without a name: %v", e)
		}
		track := [2]float64{number(e, "pid"), number(e, "tid")}
		number(e, "ts")
		switch e["ph"] {
		case "M":
			args, _ := e["args"].(map[string]any)
			if s, _ := args["name"].(string); s == "" || name != "thread_name" && name != "process_name" {
				t.Errorf("metadata: %v", e)
			}
			named[track] = named[track] || name == "thread_name"
		case "X":
			number(e, "dur")
			if cat, _ := e["cat"].(string); cat == "" || !named[track] {
				t.Errorf("an event without a category, or on a line without a name: %v", e)
			}
			names = append(names, name)
		default:
			t.Errorf("a phase that nothing needs: %v", e)
		}
	}
	return names
}

func TestProfile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "p.json")
	r, err := debug.Profile(path, func() {
		work("profiled")
		if _, err := debug.Profile(path, func() {}); err == nil || !strings.Contains(err.Error(), "already") {
			t.Errorf("a profile in a profile: %v", err)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	names := checkSchema(t, data)
	for _, want := range []string{"all of profiled", "trace gojax.Jit(profiled)", "trace the function of lax.Scan",
		"lower profiled", "launch profiled", "run profiled", "to device cpu:0", "to host float32[5]",
		"wait float32[5]", "callback debug.Callback"} {
		if !slices.Contains(names, want) {
			t.Errorf("%q is not among %q", want, names)
		}
	}
	if !slices.Contains(names, "compile profiled") && !slices.Contains(names, "load profiled") {
		t.Errorf("no compilation among %q", names)
	}
	for _, w := range r.Rows {
		// What a callback is given comes from no line.
		if !strings.HasSuffix(strings.TrimRight(w.Line, "0123456789"), "_test.go:") && w.Kind != "to device" {
			t.Errorf("%+v is not at the user's line", w)
		}
		if w.Self < 0 || w.Self > w.Total || w.Total > r.Duration*time.Duration(w.Calls) {
			t.Errorf("%+v in %v", w, r.Duration)
		}
		if w.Name == "profiled" && w.Kind == "launch" && w.Calls != 3 {
			t.Errorf("%+v", w)
		}
	}
	if s := r.String(); !strings.Contains(s, "profile_test.go:") || strings.Count(s, "\n") > 12 {
		t.Error(s)
	}
	t.Logf("\n%v", r)
}

// A panic ends the profile, and a file whose process was ended is read as far as it goes.
func TestProfileThatWasCut(t *testing.T) {
	path := filepath.Join(t.TempDir(), "p.json")
	func() {
		defer func() {
			if recover() != "stop" {
				t.Error("the panic was swallowed")
			}
		}()
		_, _ = debug.Profile(path, func() { work("cut"); panic("stop") })
	}()
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	checkSchema(t, whole)
	for _, n := range []int{len(whole), len(whole) - 1, len(whole) - 3, len(whole) - 30, len(whole) / 2} {
		if err := os.WriteFile(path, whole[:n], 0o600); err != nil {
			t.Fatal(err)
		}
		if r, err := debug.ReadProfile(path); err != nil || len(r.Rows) < 2 {
			t.Errorf("the first %d bytes of %d: %v", n, len(whole), err)
		}
	}
	if _, err := debug.Profile(filepath.Join(path, "no"), func() {}); err == nil {
		t.Error("a file within a file was written")
	}
}

// GOJAX_PROFILE records a process that knows nothing of it.
func TestProfileOfProcess(t *testing.T) {
	dir := os.Getenv("GOJAX_PROFILE")
	if dir != "" {
		work("process")
		time.Sleep(100 * time.Millisecond)
		return
	}
	dir = filepath.Join(t.TempDir(), "profiles")
	cmd := exec.Command(os.Args[0], "-test.run=^TestProfileOfProcess$")
	cmd.Env = append(os.Environ(), "GOJAX_PROFILE="+dir)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.json"))
	if err != nil || len(files) != 1 {
		t.Fatalf("%v, %v", files, err)
	}
	r, err := debug.ReadProfile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(r.Rows, func(w debug.ProfileRow) bool {
		return w.Kind == "run" && w.Name == "process" && w.Calls == 3
	}) {
		t.Error(r)
	}
}

// A training loop is slowed down little.
func BenchmarkTrainingUnderProfile(b *testing.B) {
	w := jnp.Ones(784, 256)
	v := jnp.Ones(256, 10)
	x := jnp.Ones(32, 784)
	loss := func(p []jnp.Array) jnp.Array { return jnp.Sum(jnp.Tanh(x.MatMul(p[0])).MatMul(p[1]).Square()) }
	step := gojax.Jit(func(p []jnp.Array) []jnp.Array {
		g := gojax.Grad(loss)(p)
		return []jnp.Array{p[0].Sub(g[0].Mul(1e-6)), p[1].Sub(g[1].Mul(1e-6))}
	}, gojax.DonateArgs(0))
	for _, name := range []string{"plain", "profiled", "plain", "profiled"} {
		b.Run(name, func(b *testing.B) {
			p := gojax.BlockUntilReady(step([]jnp.Array{jnp.Copy(w), jnp.Copy(v)}))
			loop := func() {
				for b.Loop() {
					p = step(p)
				}
				gojax.BlockUntilReady(p)
			}
			if name == "plain" {
				loop()
				return
			}
			stop, err := debug.StartProfile(filepath.Join(b.TempDir(), "p.json"))
			if err != nil {
				b.Fatal(err)
			}
			loop()
			b.StopTimer()
			if _, err := stop(); err != nil {
				b.Fatal(err)
			}
		})
	}
}

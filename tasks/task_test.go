package tasks

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
)

// Both engines, and inputs alone and in chunks, give the same.
func TestMap(t *testing.T) {
	for _, o := range []Options{{Workers: 2}, {Workers: 2, InProcess: true}} {
		p := start(t, o)
		for _, chunk := range []int{0, 1, 7, 100, 1000} {
			got, err := square.Map(p.With(Options{Chunk: chunk}), Range(100))
			if err != nil {
				t.Fatal(err)
			}
			for i, v := range got {
				if v != i*i {
					t.Fatalf("chunks of %d: the square of %d is %d", chunk, i, v)
				}
			}
			if len(got) != 100 {
				t.Errorf("chunks of %d: %d results", chunk, len(got))
			}
		}
		if got, err := square.Map(p, nil); err != nil || len(got) != 0 {
			t.Errorf("no inputs gave %v, %v", got, err)
		}
		if s := p.Stats(); s.Done != 500 || s.Failed+s.Waiting != 0 || len(s.Workers) != 2 || s.Tasks[0].Done != 500 {
			t.Errorf("the ledger says %+v", s)
		}
		if empty, err := deaf.Map(p.With(Options{Chunk: 3}), make([]time.Duration, 5)); err != nil || len(empty) != 5 {
			t.Errorf("results of size 0: %v, %v", empty, err)
		}
		p.Close()
	}
}

func TestUnordered(t *testing.T) {
	p := start(t)
	seen := map[int]int{}
	for r := range fails.Unordered(p, []string{"a", "error", "b", "panic", "c"}) {
		seen[r.Index]++
		if (r.Err != nil) != (r.Index%2 == 1) {
			t.Errorf("input %d gave %q, %v", r.Index, r.Value, r.Err)
		}
	}
	if len(seen) != 5 {
		t.Errorf("the results are of %v", seen)
	}
	for range sleep.Unordered(p, []time.Duration{0, time.Hour, time.Hour, time.Hour}) {
		break // ends the others
	}
	before := time.Now()
	if _, err := square.Map(p, Range(4)); err != nil || time.Since(before) > 5*time.Second {
		t.Errorf("after a loop that was left, %v in %v", err, time.Since(before))
	}
}

func TestGo(t *testing.T) {
	p := start(t)
	in := []int{1, 2, 3}
	f := first.Go(p, in)
	in[0] = 7 // what was sent is a copy
	if v, err := f.Wait(); v != 1 || err != nil {
		t.Errorf("%d, %v", v, err)
	}
	_, err := onlyHere.Go(p, in).Wait()
	if !errors.Is(err, ErrUnregistered) || !strings.Contains(err.Error(), "task_test.go:") {
		t.Errorf("a task that workers do not know: %v", err)
	}
	var all []*Future[int]
	for i := range 20 {
		all = append(all, square.Go(p, i))
	}
	for i, f := range all {
		<-f.Done()
		if v, err := f.Wait(); v != i*i || err != nil {
			t.Errorf("the square of %d is %d, %v", i, v, err)
		}
	}
}

func TestArraysAndKeys(t *testing.T) {
	for _, o := range []Options{{Workers: 1}, {Workers: 1, InProcess: true}} {
		p := start(t, o)
		key := random.Key(3)
		in := tree{Key: key, Leaves: map[string]jnp.Array{"x": jnp.Arange(3)}}
		got, err := draw.Map(p, []tree{in, in})
		if err != nil {
			t.Fatal(err)
		}
		want := random.Normal(key, 3).Add(jnp.Arange(3))
		for _, g := range got {
			if !slices.Equal(jnp.ToSlice[float32](g.Leaves["y"]), jnp.ToSlice[float32](want)) {
				t.Errorf("a worker drew %v, and here it is %v", g.Leaves["y"], want)
			}
			if a, b := g.Key.Data().String(), random.FoldIn(key, 1).Data().String(); a != b {
				t.Errorf("the key came back as %s, not %s", a, b)
			}
		}
		gojax.WithX64(true, func() { // as here, so there
			key, x := random.Key(3), jnp.LinSpace(0, 1, 3)
			ref, err := Put(p, x)
			if err != nil {
				t.Error(err)
			}
			want := random.Normal(key, 3).Add(x)
			got, err := drawMore.Go(p, wide{key, ref}).Wait()
			if err != nil || !slices.Equal(jnp.ToSlice[float64](got), jnp.ToSlice[float64](want)) {
				t.Errorf("under x64: %v, %v, and here it is %v", got, err, want)
			}
		})()
		p.Close()
	}
}

// What fails says where.
func TestErrors(t *testing.T) {
	for _, o := range []Options{{Workers: 1}, {Workers: 1, InProcess: true}} {
		p := start(t, o)
		for _, c := range []struct {
			how, text string
			is        error
			where     bool
		}{
			{"error", "no luck", nil, false},
			{"panic", "the task panicked: no way", ErrPanic, true},
			{"index", "index out of range [5] with length 5", ErrPanic, true},
			{"library", "strings: negative Repeat count", ErrPanic, true},
			{"shape", ": jnp.Add(float32[2], float32[3])", ErrPanic, false},
			{"goexit", "it called runtime.Goexit", ErrPanic, false},
		} {
			_, err := fails.Map(p, []string{"fine", c.how})
			var e *Error
			if !errors.As(err, &e) || e.Task != "fails" || e.Index != 1 || e.Worker == "" ||
				!strings.HasPrefix(e.Call, "task_test.go:") || !strings.Contains(err.Error(), c.text) {
				t.Errorf("%s: %v", c.how, err)
				continue
			}
			if c.is != nil && !errors.Is(err, c.is) {
				t.Errorf("%s: %v is not %v", c.how, err, c.is)
			}
			if c.where != strings.HasPrefix(e.Where, "main_test.go:") {
				t.Errorf("%s: it was at %q", c.how, e.Where)
			}
		}
		if s := p.Stats(); !o.InProcess && s.Workers[0].Starts != 1 {
			t.Errorf("a worker was replaced because of errors: %+v", s.Workers)
		}
		p.Close()
	}
}

func TestPayloads(t *testing.T) {
	p := start(t, Options{Workers: 1, MaxBytes: 8 << 20})
	for _, n := range []int{0, inline - 100, inline + 100, 3 << 20} {
		s, err := repeat.Go(p, n).Wait()
		if err != nil || len(s) != n {
			t.Errorf("a result of %d bytes: %d, %v", n, len(s), err)
		}
		if got, err := length.Go(p, s).Wait(); err != nil || got != n {
			t.Errorf("an input of %d bytes: %d, %v", n, got, err)
		}
	}
	for what, f := range map[string]func() error{
		"an input":          func() error { _, err := length.Map(p, []string{strings.Repeat("x", 9<<20)}); return err },
		"an input of Go":    func() error { _, err := length.Go(p, strings.Repeat("x", 9<<20)).Wait(); return err },
		"a result":          func() error { _, err := repeat.Map(p, []int{9 << 20}); return err },
		"a value, put":      func() error { _, err := Put(p, make([]byte, 9<<20)); return err },
		"less, by With":     func() error { _, err := repeat.Map(p.With(Options{MaxBytes: 9}), []int{20}); return err },
		"a chunk of inputs": func() error { _, err := length.Map(p.With(Options{Chunk: 9}), megabytes(9)); return err },
	} {
		if err := f(); !errors.Is(err, ErrTooLarge) || !strings.Contains(err.Error(), "bytes, where") {
			t.Errorf("%s: %v", what, err)
		}
	}
	if _, err := channel.Go(p, 1).Wait(); !errors.Is(err, ErrEncoding) || !strings.Contains(err.Error(), "chan") {
		t.Errorf("a channel for a result: %v", err)
	}
	if _, err := square.Map(p, Range(3)); err != nil {
		t.Errorf("after all that: %v", err)
	}
}

func megabytes(n int) (all []string) {
	for range n {
		all = append(all, strings.Repeat("x", 1<<20))
	}
	return all
}

func TestTimeout(t *testing.T) {
	for _, o := range []Options{{Workers: 1}, {Workers: 1, InProcess: true}} {
		p := start(t, o)
		_, err := sleep.Map(p.With(Options{Timeout: 50 * time.Millisecond}), []time.Duration{0, time.Hour})
		if !errors.Is(err, ErrTimeout) || !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%+v: a task that listens: %v", o, err)
		}
		p.Close()
	}
	p := start(t, Options{Workers: 1, Timeout: 50 * time.Millisecond})
	before, _ := process.Go(p, 0).Wait()
	if _, err := deaf.Go(p, time.Hour).Wait(); !errors.Is(err, ErrTimeout) {
		t.Errorf("a task that does not listen: %v", err)
	}
	after, err := process.Go(p, 0).Wait() // the same process begun anew
	if err != nil || after != before || p.Stats().Workers[0].Starts != 2 {
		t.Errorf("the worker was %d and is %d, %v: %+v", before, after, err, p.Stats().Workers)
	}
}

func TestCancel(t *testing.T) {
	for _, o := range []Options{{Workers: 2}, {Workers: 2, InProcess: true}} {
		p := start(t, o)
		ctx, stop := context.WithCancelCause(t.Context())
		why := errors.New("enough")
		time.AfterFunc(50*time.Millisecond, func() { stop(why) })
		_, err := sleep.Map(p.WithContext(ctx), slices.Repeat([]time.Duration{time.Hour}, 10))
		if !errors.Is(err, why) {
			t.Errorf("%+v: cancelled, it gave %v", o, err)
		}
		if _, err := square.Map(p, Range(10)); err != nil {
			t.Errorf("the pool does not go on: %v", err)
		}
		if s := p.Stats(); s.Waiting != 0 {
			t.Errorf("what was cancelled still waits: %+v", s)
		}
		f := sleep.Go(p, time.Hour)
		p.Close()
		if _, err := f.Wait(); !errors.Is(err, ErrClosed) {
			t.Errorf("the pool was closed, and %v", err)
		}
		if _, err := square.Map(p, Range(3)); !errors.Is(err, ErrClosed) {
			t.Errorf("a closed pool gave %v", err)
		}
	}
}

func TestRange(t *testing.T) {
	if got := fmt.Sprint(Range(3), Range(0), Range(-1)); got != "[0 1 2] [] []" {
		t.Error(got)
	}
}

func TestFuncNames(t *testing.T) {
	for _, name := range []string{"", "square"} {
		err := gojax.Try(func() { panics(t, func() { Func[int, int](name, nil) }) })
		if err != nil {
			t.Error(err)
		}
	}
	if os.Getpid() == 0 || square.Name() != "square" {
		t.Error("a task's name is lost")
	}
}

func panics(t *testing.T, f func()) {
	t.Helper()
	defer func() {
		if e, ok := recover().(string); !ok || !strings.HasPrefix(e, "task_test.go:") {
			t.Errorf("it panicked with %v", e)
		}
	}()
	f()
}

package tasks

import (
	"context"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
	"github.com/gojax/gojax/tests/leak"
	"github.com/nats-io/nats.go"
)

func TestMain(m *testing.M) {
	if os.Getenv("TASKS_TEST") == "dies" && os.Getenv(envRole) == "local" {
		os.Exit(7)
	}
	if os.Getenv(envRole) == "" {
		onlyHere = Func("only here", func(_ context.Context, xs []int) (int, error) { return xs[0], nil })
		if os.Getenv("TASKS_TEST") == "pool" {
			orphans()
		}
	}
	var o Options
	if files := strings.Fields(os.Getenv(envTestTLS)); len(files) == 3 {
		o.Connect = []nats.Option{nats.RootCAs(files[0]), nats.ClientCert(files[1], files[2])}
	}
	Work(o)
	leak.Main(m, gojax.LiveBuffers)
}

// envTestTLS names the files of a CA, a certificate and its key that workers use.
const envTestTLS = "TASKS_TEST_TLS"

// onlyHere is a task that workers do not have.
var onlyHere *Task[[]int, int]

var (
	square  = Func("square", func(_ context.Context, i int) (int, error) { return i * i, nil })
	process = Func("process", func(_ context.Context, i int) (int, error) { return os.Getpid(), nil })
	sleep   = Func("sleep", func(ctx context.Context, d time.Duration) (int, error) {
		select {
		case <-ctx.Done():
			return 0, ctx.Err()
		case <-time.After(d):
			return os.Getpid(), nil
		}
	})
	deaf = Func("deaf", func(_ context.Context, d time.Duration) (struct{}, error) {
		time.Sleep(d)
		return struct{}{}, nil
	})
	fails = Func("fails", func(_ context.Context, how string) (string, error) {
		switch how {
		case "error":
			return "", errors.New("no luck")
		case "panic":
			panic("no way")
		case "index":
			return string(how[len(how)]), nil
		case "library":
			return strings.Repeat("x", -1), nil
		case "shape":
			return jnp.Ones(2).Add(jnp.Ones(3)).String(), nil
		case "goexit":
			new(testing.T).SkipNow()
		case "exit":
			os.Exit(3)
		}
		return how, nil
	})
	repeat = Func("repeat", func(_ context.Context, n int) (string, error) { return strings.Repeat("x", n), nil })
	length = Func("length", func(_ context.Context, s string) (int, error) { return len(s), nil })
	draw   = Func("draw", func(_ context.Context, in tree) (tree, error) {
		return tree{Key: random.FoldIn(in.Key, 1), Leaves: map[string]jnp.Array{
			"y": random.Normal(in.Key, 3).Add(in.Leaves["x"])}}, nil
	})
	drawMore = Func("draw more", func(ctx context.Context, in wide) (jnp.Array, error) {
		x, err := in.X.Get(ctx)
		return random.Normal(in.Key, 3).Add(x), err
	})
	first = Func("first", func(_ context.Context, xs []int) (int, error) { return xs[0], nil })
	total = Func("total", func(ctx context.Context, in share) (float64, error) {
		x, err := in.Data.Get(ctx)
		if err != nil {
			return 0, err
		}
		return x[in.I], nil
	})
	channel = Func("channel", func(context.Context, int) (chan int, error) { return make(chan int), nil })
)

type tree struct {
	Key    random.KeyArray
	Leaves map[string]jnp.Array
}

type wide struct {
	Key random.KeyArray
	X   Ref[jnp.Array]
}

type share struct {
	I    int
	Data Ref[[]float64]
}

// start is a pool of two workers for a test.
func start(t testing.TB, options ...Options) *Pool {
	t.Helper()
	o := Options{Workers: 2}
	if len(options) > 0 {
		o = options[0]
	}
	p, err := Start(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.Close() })
	return p
}

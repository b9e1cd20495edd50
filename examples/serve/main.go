// Command serve serves a small network of 784 by 256 by 10 and measures what the server does: calls a second and how
// long they take, with batching and without, as .npy and as JSON. Server and clients are processes of their own. Every
// answer is compared with what the network gives without a server.
//
//	go run ./examples/serve
//	go run ./examples/serve -clients 16 -seconds 10 -only npy
//	go run ./examples/serve -for 1h -clients 16 -rate 400    # a soak: clients are killed, bodies are hostile
package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"text/tabwriter"
	"time"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/export"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/nn"
	"github.com/gojax/gojax/random"
	"github.com/gojax/gojax/serve"
)

type options struct {
	clients int
	seconds float64
	only    string
	rate    float64 // calls a second in a soak
	soak    time.Duration
	dir     string
}

var defaults = options{clients: 64, seconds: 5, rate: 400}

// roleEnv says what a process is: the server, a client, or neither.
const roleEnv = "GOJAX_EXAMPLE_SERVE"

// buckets are the numbers of rows that the network is compiled for.
var buckets = []int{1, 2, 4, 8, 16, 32, 64}

func save(path string) error {
	keys := random.Split(random.Key(0), 2)
	w1 := random.Normal(keys.Index(0), 784, 256).Mul(0.05)
	w2 := random.Normal(keys.Index(1), 256, 10).Mul(0.1)
	mlp := func(x jnp.Array) jnp.Array { return nn.Softmax(nn.Relu(x.MatMul(w1)).MatMul(w2)) }
	o := export.Saving{Name: "mlp", Platforms: []string{"cpu"}}
	for _, n := range buckets[1:] {
		o.Buckets = append(o.Buckets, []any{jnp.Zeros(n, 784)})
	}
	return o.Save(path, mlp, jnp.Zeros(buckets[0], 784))
}

// samples are arguments of calls, and what the network makes of them, as .npz for the clients.
func samples(model, path string) error {
	e, err := export.Load(model)
	if err != nil {
		return err
	}
	x := random.Normal(random.Key(1), 64, 784)
	return jnp.SaveArrays(path, map[string]jnp.Array{"x": x, "y": e.Call(x).(jnp.Array)})
}

// server is the server's process.
func server(model string, batching bool) error {
	e, err := export.Load(model)
	if err != nil {
		return err
	}
	s, err := serve.New(map[string]*export.Exported{"mlp": e}, serve.Options{NoBatching: !batching})
	if err != nil {
		return err
	}
	if err := s.Wait(); err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	l, err := listen()
	if err != nil {
		return err
	}
	fmt.Println(l.Addr())
	return s.Serve(ctx, l)
}

// child is a process of this program.
type child struct {
	cmd *exec.Cmd
	out *bufio.Scanner
}

// start starts a process in a role.
func start(role string, args ...string) (*child, error) {
	exe, err := os.Executable()
	if err != nil {
		return nil, err
	}
	c := &child{cmd: exec.Command(exe, args...)}
	c.cmd.Env = append(os.Environ(), roleEnv+"="+role)
	c.cmd.Stderr = os.Stderr
	pipe, err := c.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	c.out = bufio.NewScanner(pipe)
	return c, c.cmd.Start()
}

// line is the next line that c prints.
func (c *child) line() (string, error) {
	if !c.out.Scan() {
		return "", errors.Join(errors.New("a process ended early"), c.out.Err(), c.cmd.Wait())
	}
	return c.out.Text(), nil
}

// end asks c to end, and waits for it.
func (c *child) end() error {
	_ = c.cmd.Process.Signal(syscall.SIGTERM)
	return c.cmd.Wait()
}

func run(out io.Writer, o options) error {
	if o.dir == "" {
		dir, err := os.MkdirTemp("", "gojax-serve")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		o.dir = dir
	}
	model, data := filepath.Join(o.dir, "mlp.gojax"), filepath.Join(o.dir, "samples.npz")
	if err := gojax.Try(func() {
		if err := errors.Join(save(model), samples(model, data)); err != nil {
			panic(err)
		}
	}); err != nil {
		return err
	}
	if o.soak > 0 {
		return soak(out, o, model, data)
	}
	w := tabwriter.NewWriter(out, 0, 8, 2, ' ', 0)
	fmt.Fprintf(w, "bodies\tserver\tcalls a second\tp50\tp99\tcalls a run\twrong\n")
	for _, format := range []string{"npy", "json"} {
		for _, batching := range []bool{true, false} {
			if o.only != "" && o.only != format {
				continue
			}
			r, err := measure(o, model, data, format, batching)
			if err != nil {
				return err
			}
			how := map[bool]string{true: "batching", false: "no batching"}[batching]
			fmt.Fprintf(w, "%s\t%s\t%.0f\t%.1f ms\t%.1f ms\t%.1f\t%d\n", format, how, r.PerSecond, r.P50, r.P99,
				r.perRun, r.Wrong)
			if r.Wrong > 0 {
				return fmt.Errorf("%d answers are wrong", r.Wrong)
			}
		}
	}
	return w.Flush()
}

// measure runs a server and clients.
func measure(o options, model, data, format string, batching bool) (r result, err error) {
	s, err := start("server", model, fmt.Sprint(batching))
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, s.end()) }()
	address, err := s.line()
	if err != nil {
		return r, err
	}
	c, err := start("client", "-url", address, "-data", data, "-format", format, "-clients", fmt.Sprint(o.clients),
		"-seconds", fmt.Sprint(o.seconds))
	if err != nil {
		return r, err
	}
	text, err := c.line()
	if err != nil {
		return r, err
	}
	if err := errors.Join(r.read(text), c.cmd.Wait()); err != nil {
		return r, err
	}
	m, err := scrape(address)
	if n := m["gojax_serve_batch_requests_count"]; n > 0 {
		r.perRun = m["gojax_serve_batch_requests_sum"] / n
	}
	return r, err
}

func main() {
	var err error
	switch os.Getenv(roleEnv) {
	case "server":
		err = server(os.Args[1], os.Args[2] == "true")
	case "client":
		err = client(os.Args[1:])
	default:
		o := defaults
		flag.IntVar(&o.clients, "clients", o.clients, "how many clients call at a time")
		flag.Float64Var(&o.seconds, "seconds", o.seconds, "how long each measurement takes")
		flag.StringVar(&o.only, "only", "", "npy or json")
		flag.DurationVar(&o.soak, "for", 0, "run a soak for so long, and check memory")
		flag.Float64Var(&o.rate, "rate", o.rate, "calls a second in a soak")
		flag.Parse()
		err = run(os.Stdout, o)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "serve:", strings.TrimSpace(err.Error()))
		os.Exit(1)
	}
}

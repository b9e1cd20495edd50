// Command gojax-serve answers calls of exported programs over HTTP: what gojax serve runs.
//
//	gojax-serve digits.gojax -addr 127.0.0.1:8080
//	gojax-serve a.gojax b=other.jax_export -batch-wait 2ms
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/pprof"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"

	"github.com/gojax/gojax/export"
	"github.com/gojax/gojax/serve"
)

const usage = `usage: gojax serve [NAME=]MODEL... [flags]

Answer calls of the programs in the files MODEL over HTTP, under their NAMEs (the files' names without their endings,
unless given), until SIGINT or SIGTERM. docs/SERVING.md says how they are called.

`

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	switch err := run(ctx, os.Args[1:], os.Stdout, os.Stderr); {
	case errors.Is(err, flag.ErrHelp):
	case errors.Is(err, errUsage):
		os.Exit(2)
	case err != nil:
		fmt.Fprintln(os.Stderr, "gojax serve:", err)
		os.Exit(1)
	}
}

// errUsage is a command line that cannot be read; its message has been printed.
var errUsage = errors.New("usage")

// settings are what the command line says.
type settings struct {
	addr, pprof string
	options     serve.Options
	files       []string
	sizes       map[string]int // of the variables in shapes
}

// size adds what text, like "b=64,n=3", says of variables in shapes.
func (s *settings) size(text string) error {
	for part := range strings.SplitSeq(text, ",") {
		name, number, _ := strings.Cut(part, "=")
		n, err := strconv.Atoi(number)
		if err != nil || n < 0 || name == "" {
			return fmt.Errorf("%q is not like b=64", part)
		}
		if s.sizes == nil {
			s.sizes = map[string]int{}
		}
		s.sizes[name] = n
	}
	return nil
}

// load reads a program, and gives it fixed shapes: one that were compiled anew for each length that clients think of
// would let them take all time and memory.
func (s *settings) load(path string) (*export.Exported, error) {
	e, err := export.Load(path)
	if err != nil {
		return nil, err
	}
	for _, v := range e.Variants() {
		for _, in := range v.Inputs {
			if slices.Contains(in.Type.Shape(), -1) {
				if e, err = e.Sized(s.sizes); err != nil {
					err = fmt.Errorf("%s: shapes have variables, and -size must say what they are (b=64): %w", path,
						err)
				}
				return e, err
			}
		}
	}
	return e, nil
}

func parse(args []string, stderr io.Writer) (*settings, error) {
	var s settings
	o := &s.options
	f := flag.NewFlagSet("gojax serve", flag.ContinueOnError)
	f.SetOutput(stderr)
	f.Usage = func() { fmt.Fprint(stderr, usage); f.PrintDefaults() }
	f.StringVar(&s.addr, "addr", "127.0.0.1:8080", "where to listen; port 0: a free one, which is printed")
	f.StringVar(&s.pprof, "pprof", "", "an address for net/http/pprof, which shows much of the process")
	f.BoolVar(&o.NoBatching, "no-batching", false, "run every call by itself")
	f.Func("rows", "an input whose first axis is that of a batch (args[0]), and more of them; unset: what Buckets say",
		func(text string) error { o.Rows = append(o.Rows, strings.Split(text, ",")...); return nil })
	f.Func("size", "the value of a variable in the programs' shapes (b=64), and more of them", s.size)
	f.DurationVar(&o.BatchWait, "batch-wait", 0, "how long a call waits for others (default 1ms; negative: not at all)")
	f.IntVar(&o.Parallel, "parallel", 0, "runs at a time of each model (default: as many as there are processors)")
	f.IntVar(&o.Queue, "queue", 0, "calls at a time; more get 503 (default 1024)")
	f.Int64Var(&o.MaxBody, "max-body", 0, "bytes of a body (default 16 MiB)")
	f.IntVar(&o.MaxHeader, "max-header", 0, "bytes of the headers (default 16 KiB)")
	f.DurationVar(&o.ReadTimeout, "read-timeout", 0, "for the headers, and for the body (default 10s)")
	f.DurationVar(&o.WriteTimeout, "write-timeout", 0, "for the answer (default 10s)")
	f.DurationVar(&o.IdleTimeout, "idle-timeout", 0, "for the next call on a connection (default 2m)")
	f.DurationVar(&o.Timeout, "timeout", 0, "for a call once its body is there (default 30s)")
	f.DurationVar(&o.DrainTimeout, "drain-timeout", 0, "for calls to end after SIGTERM (default 15s)")
	for len(args) > 0 { // files and flags in any order
		if err := f.Parse(args); err != nil {
			if errors.Is(err, flag.ErrHelp) {
				return nil, err
			}
			return nil, errUsage
		}
		if args = f.Args(); len(args) > 0 {
			s.files, args = append(s.files, args[0]), args[1:]
		}
	}
	if len(s.files) == 0 {
		f.Usage()
		return nil, errUsage
	}
	return &s, nil
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	c, err := parse(args, stderr)
	if err != nil {
		return err
	}
	models := map[string]*export.Exported{}
	for _, file := range c.files {
		name, path, named := strings.Cut(file, "=")
		if !named {
			name, path = strings.TrimSuffix(filepath.Base(file), filepath.Ext(file)), file
		}
		if models[name] != nil {
			return fmt.Errorf("two programs are called %s: write NAME=%s", name, path)
		}
		if models[name], err = c.load(path); err != nil {
			return err
		}
	}
	s, err := serve.New(models, c.options)
	if err != nil {
		return err
	}
	defer s.Close()
	l, err := net.Listen("tcp", c.addr)
	if err != nil {
		return err
	}
	if c.pprof != "" {
		p, err := net.Listen("tcp", c.pprof)
		if err != nil {
			return err
		}
		defer p.Close()
		go http.Serve(p, profiles()) //nolint:gosec // for a person, at an address of their choice
	}
	fmt.Fprintf(stdout, "listening on http://%v\n", l.Addr())
	go func() {
		if s.Wait() == nil {
			fmt.Fprintln(stdout, "ready")
		}
	}()
	return s.Serve(ctx, l)
}

// profiles are net/http/pprof's pages, which its init gives to the default ServeMux alone.
func profiles() http.Handler {
	m := http.NewServeMux()
	m.HandleFunc("/debug/pprof/", pprof.Index)
	m.HandleFunc("/debug/pprof/profile", pprof.Profile)
	m.HandleFunc("/debug/pprof/trace", pprof.Trace)
	return m
}

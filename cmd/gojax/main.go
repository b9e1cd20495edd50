// Command gojax installs the plugins that gojax runs on, tells what is there, and finds what NumPy's and JAX's
// functions are called here; it runs and shows programs that JAX or gojax exported.
//
//	gojax find NAME...         say what a name of NumPy, SciPy or JAX is called here
//	gojax install [cpu|cuda]   download and unpack a plugin into the cache folder; a package's name asks for that one,
//	                           and openblas for OpenBLAS, which comes by itself otherwise
//	gojax show MODEL           print the signature and the program of an exported one
//	gojax run MODEL IN -o OUT  run it on the arrays of a .npz or .safetensors file
//	gojax serve MODEL...       answer calls of such programs over HTTP
//	gojax devices              list the devices that programs would use
//	gojax doctor               check every part, run a tiny program on each device, and say what to do where
//	                           something is missing
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
)

const usage = `usage: gojax <command>

  find NAME...         say what a name of NumPy, SciPy or JAX is called here
  install [cpu|cuda]   download and unpack a plugin into the cache folder (cpu unless named);
                       openblas: the library of linear algebra
  show MODEL           print the signature and the program of one that JAX or gojax exported
  run MODEL IN -o OUT  run it on the arrays of a .npz or .safetensors file
  serve MODEL...       answer calls of such programs over HTTP; 'gojax serve -h' lists its flags
  devices              list the devices that programs would use
  doctor               check every part, run a tiny program on each device,
                       and say what to do where something is missing

Environment: GOJAX_PLATFORM (cpu, cuda, or a list tried in order), GOJAX_PJRT_PLUGIN (a plugin's path),
GOJAX_CACHE_DIR, GOJAX_CACHE=off, GOJAX_CACHE_MAX_BYTES, GOJAX_CACHE_TRUST, GOJAX_NUM_THREADS,
GOJAX_NUM_CPU_DEVICES, GOJAX_ENABLE_X64, GOJAX_DEBUG_NANS, GOJAX_DEBUG_KEY_REUSE,
GOJAX_POOL, GOJAX_OPENBLAS (its path; 0: without).
`

// errUsage is a command line that cannot be read; its message has been printed.
var errUsage = errors.New("usage")

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	switch {
	case errors.Is(err, errUsage):
		os.Exit(2)
	case err != nil:
		fmt.Fprintln(os.Stderr, "gojax:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("gojax", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.Usage = func() { fmt.Fprint(stderr, usage) }
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return nil
		}
		return errUsage
	}
	command, rest := flags.Arg(0), flags.Args()
	if len(rest) > 0 {
		rest = rest[1:]
	}
	switch command {
	case "find":
		return find(rest, stdout, stderr)
	case "install":
		return install(ctx, rest, stdout, stderr)
	case "show":
		return show(rest, stdout, stderr)
	case "run":
		return runModel(rest, stdout, stderr)
	case "serve":
		return serveModels(ctx, rest, stderr)
	case "devices":
		return devices(stdout)
	case "doctor":
		return doctor(ctx, stdout)
	case doctorOne:
		return examine(rest, stdout)
	case "":
		fmt.Fprint(stderr, usage)
	default:
		fmt.Fprintf(stderr, "gojax: there is no command %q\n\n%s", command, usage)
	}
	return errUsage
}

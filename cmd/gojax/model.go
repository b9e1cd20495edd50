package main

import (
	"flag"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/export"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/trace"
)

const showUsage = `usage: gojax show MODEL

Print what the program in MODEL takes and gives, and its StableHLO where that is text. MODEL is a file of
export.Save's or of jax.export's, or a module of StableHLO.
`

const runUsage = `usage: gojax run MODEL IN -o OUT

Run the program in MODEL on the arrays in IN, and write its results to OUT: .npz or .safetensors files. The arrays
are called as 'gojax show MODEL' prints them (args[0]["w"]), or arr_0, arr_1 and so on in that order, as numpy.savez
does it. So are the results.
`

// modelFlags reads a command line of files and flags in any order.
func modelFlags(name, usage string, args []string, stderr io.Writer, define func(*flag.FlagSet)) ([]string, error) {
	flags := flag.NewFlagSet("gojax "+name, flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.Usage = func() { fmt.Fprint(stderr, usage) }
	if define != nil {
		define(flags)
	}
	var files []string
	for {
		if err := flags.Parse(args); err != nil {
			return nil, err
		}
		if args = flags.Args(); len(args) == 0 {
			return files, nil
		}
		files, args = append(files, args[0]), args[1:]
	}
}

func show(args []string, stdout, stderr io.Writer) error {
	files, err := modelFlags("show", showUsage, args, stderr, nil)
	if err != nil || len(files) != 1 {
		return badUsage(err, showUsage, stderr)
	}
	e, err := export.Load(files[0])
	if err != nil {
		return err
	}
	fmt.Fprintln(stdout, e)
	if e.HasVJP() {
		fmt.Fprintln(stdout, "with its derivative")
	}
	if text, err := e.Text(); err == nil {
		fmt.Fprintf(stdout, "\n%s", text)
	} else {
		fmt.Fprintf(stdout, "\n%v\n", err)
	}
	return nil
}

// badUsage is errUsage, after its message; nil where help was asked for.
func badUsage(err error, usage string, stderr io.Writer) error {
	if err == flag.ErrHelp {
		return nil
	}
	if err == nil {
		fmt.Fprint(stderr, usage)
	}
	return errUsage
}

func runModel(args []string, stdout, stderr io.Writer) (err error) {
	var out string
	files, err := modelFlags("run", runUsage, args, stderr, func(f *flag.FlagSet) {
		f.StringVar(&out, "o", "", "where the results go")
	})
	if err != nil || len(files) != 2 || out == "" {
		return badUsage(err, runUsage, stderr)
	}
	e, err := export.Load(files[0])
	if err != nil {
		return err
	}
	failed := gojax.Try(func() { trace.WithX64(true, func() { err = runOn(e, files[1], out, stdout) }) })
	if failed != nil {
		return failed
	}
	return err
}

// runOn runs e on the arrays of the file in, and writes what it gives to the file out.
func runOn(e *export.Exported, in, out string, stdout io.Writer) error {
	arrays, err := jnp.LoadArrays(in)
	if err != nil {
		return err
	}
	var first error
	for _, v := range e.Variants() {
		x, positional, err := inOrder(v, arrays)
		if err != nil {
			if first == nil {
				first = fmt.Errorf("%s: %w", in, err)
			}
			continue
		}
		results := map[string]jnp.Array{}
		for i, y := range e.CallFlat(x...) {
			name := v.Outputs[i].Path
			if positional {
				name = fmt.Sprintf("arr_%d", i)
			}
			results[name] = y
			fmt.Fprintf(stdout, "%s: %v%v\n", name, y.DType(), y.Shape())
		}
		return jnp.SaveArrays(out, results)
	}
	return first
}

// inOrder are the arrays in the order of v's inputs, and whether they are named by their places.
func inOrder(v export.Variant, arrays map[string]jnp.Array) (x []jnp.Array, positional bool, err error) {
	names := make([]string, len(v.Inputs))
	for i, s := range v.Inputs {
		names[i] = s.Path
	}
	if _, positional = arrays["arr_0"]; positional {
		for i := range names {
			names[i] = fmt.Sprintf("arr_%d", i)
		}
	}
	for _, name := range names {
		a, ok := arrays[name]
		if !ok {
			return nil, false, fmt.Errorf("it has no array %s, but %s", name,
				strings.Join(slices.Sorted(maps.Keys(arrays)), ", "))
		}
		x = append(x, a)
	}
	if len(names) != len(arrays) {
		return nil, false, fmt.Errorf("it has %d arrays, and the program takes %d", len(arrays), len(names))
	}
	return x, positional, nil
}

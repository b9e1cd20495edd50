package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"slices"
	"text/tabwriter"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/backend/pjrt"
)

// platforms are what a plugin can be installed for.
var platforms = []string{"cpu", "cuda"}

// openBLAS is what can be installed besides.
const openBLAS = "openblas"

func install(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	platform := "cpu"
	if len(args) > 0 {
		platform = args[0]
	}
	known := slices.Contains(platforms, platform) || platform == openBLAS || slices.Contains(pjrt.Packages(), platform)
	if len(args) > 1 || !known {
		fmt.Fprintf(stderr, "gojax install takes one of %q, or a package, one of %q; got %q\n",
			append(slices.Clone(platforms), openBLAS), pjrt.Packages(), args)
		return errUsage
	}
	path, err := gojax.InstallPlugin(ctx, platform, stderr)
	if err != nil {
		return err
	}
	what, variable := "the "+platform+" plugin", "GOJAX_PJRT_PLUGIN"
	if platform == openBLAS {
		what, variable = "OpenBLAS", "GOJAX_OPENBLAS"
	}
	fmt.Fprintf(stdout, "%s is installed at %s\n", what, path)
	if named := os.Getenv(variable); named != "" {
		fmt.Fprintf(stdout, "it is not used while %s=%s names another\n", variable, named)
	}
	return nil
}

func devices(w io.Writer) error {
	all, err := gojax.Devices()
	if err != nil {
		return err
	}
	t := tabwriter.NewWriter(w, 0, 8, 2, ' ', 0)
	fmt.Fprintln(t, "device\tkind\tmemory in use\tmemory in all")
	for _, d := range all {
		stats, err := d.MemoryStats()
		if err != nil {
			return fmt.Errorf("%v: %w", d, err)
		}
		limit := "unknown"
		if stats.BytesLimit > 0 {
			limit = mib(stats.BytesLimit)
		}
		fmt.Fprintf(t, "%v\t%s\t%s\t%s\n", d, d.Kind(), mib(stats.BytesInUse), limit)
	}
	return t.Flush()
}

func mib(bytes int64) string { return fmt.Sprintf("%.1f MiB", float64(bytes)/(1<<20)) }

// Package show is what the example programs share: a progress bar, figures that a test compares with JAX's, and checks
// that a program makes of its own results.
package show

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"time"

	"github.com/gojax/gojax/jnp"
	"github.com/schollz/progressbar/v3"
)

// Main reads the flags and runs the program name. It ends the process where run fails, and where there are arguments
// that are no flags, of which the programs have none.
func Main(name string, run func() error) {
	flag.Parse()
	if flag.NArg() > 0 {
		fmt.Fprintf(os.Stderr, "%s: unexpected argument %q; see -help\n", name, flag.Arg(0))
		os.Exit(2)
	}
	if err := run(); err != nil {
		fmt.Fprintf(os.Stderr, "%s: %v\n", name, err)
		os.Exit(1)
	}
}

// Terminal reports whether what is written to w appears in a terminal.
func Terminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// Bar is a progress bar on stderr for work of n steps; nothing shows where stderr is not a terminal. That it cannot be
// drawn is no reason to stop, so the errors of its methods may be dropped.
func Bar(n int, what string) *progressbar.ProgressBar {
	return progressbar.NewOptions(n, progressbar.OptionSetWriter(os.Stderr), progressbar.OptionSetDescription(what),
		progressbar.OptionSetVisibility(Terminal(os.Stderr)), progressbar.OptionClearOnFinish(),
		progressbar.OptionThrottle(100*time.Millisecond))
}

// Report is what a program writes, the figures in it, and the checks that it did not pass.
type Report struct {
	Out     io.Writer
	Figures map[string]float64
	failed  []error
}

// New is an empty report that is written to out.
func New(out io.Writer) *Report { return &Report{Out: out, Figures: map[string]float64{}} }

// Say writes a line.
func (r *Report) Say(format string, args ...any) { fmt.Fprintf(r.Out, format+"\n", args...) }

// Keep remembers a figure under a name.
func (r *Report) Keep(name string, v float64) { r.Figures[name] = v }

// Check writes what was checked, and how it came out. A check that fails is part of Err.
func (r *Report) Check(ok bool, format string, args ...any) {
	what := fmt.Sprintf(format, args...)
	if !ok {
		r.failed = append(r.failed, errors.New("check failed: "+what))
		r.Say("  NOT so: %s", what)
		return
	}
	r.Say("  checked: %s", what)
}

// AtMost checks that v, which what describes, is at most bound; NaN is not.
func (r *Report) AtMost(v, bound float64, what string) {
	r.Check(v <= bound, "%s: %.2g (at most %.2g)", what, v, bound)
}

// Err holds the checks that failed.
func (r *Report) Err() error { return errors.Join(r.failed...) }

// Values writes arrays in the order of their names.
func Values(values map[string]jnp.Array) {
	for _, name := range slices.Sorted(maps.Keys(values)) {
		fmt.Printf("%s: %v\n", name, values[name])
	}
}

// Command benchmarks measures what gojax promises and prints it as one table: each figure, its goal, what was measured,
// and what the same thing takes elsewhere. Figures that can be are ratios against something run beside them, in pairs.
//
//	go run ./benchmarks                     the table
//	go run ./benchmarks -only dispatch      rows whose name matches a regular expression
//	go run ./benchmarks -json               one JSON object a row, for machines
//	go run ./benchmarks -jax python3        with JAX's figures measured on this machine, by an interpreter that has jax;
//	                                        those of rows of ordinary work in turn with ours, and NumPy's too
//
// The rows that time a call are Go benchmarks too: go test -bench . ./benchmarks
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"math"
	"os"
	"os/exec"
	"regexp"
	"runtime"
	"slices"
	"text/tabwriter"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/benchmarks/peers"
)

// row is one figure.
type row struct {
	name  string
	unit  string
	goal  float64 // at most this much, in unit; 0: no goal
	atMin bool    // the goal is a least, not a most
	jax   string  // the key of the same figure in peers/jax_rows.py
	over  float64 // where JAX's figure is measured: the goal is at most this many times it
	run   func() (float64, error)
	work  *work // in place of run: measured in turn with JAX and NumPy
}

// result is a row measured, as -json prints it.
type result struct {
	Name     string   `json:"name"`
	Measured float64  `json:"measured"`
	Unit     string   `json:"unit"`
	Goal     *float64 `json:"goal,omitempty"`
	Met      *bool    `json:"met,omitempty"`
	JAX      *float64 `json:"jax,omitempty"`
	NumPy    *float64 `json:"numpy,omitempty"`
	Error    string   `json:"error,omitempty"`
}

func main() {
	asJSON := flag.Bool("json", false, "one JSON object a row")
	only := flag.String("only", "", "a regular expression: the rows to run")
	python := flag.String("jax", "", "a python that has jax: its figures are measured beside ours")
	child := flag.String("child", "", "internal: what a process of its own is to do")
	flag.Parse()
	if *child != "" {
		if err := runChild(*child); err != nil {
			fmt.Fprintln(os.Stderr, "benchmarks:", err)
			os.Exit(1)
		}
		return
	}
	match, err := regexp.Compile(*only)
	if err != nil || flag.NArg() > 0 {
		fmt.Fprintf(os.Stderr, "benchmarks: bad arguments %q, -only %q: %v\n", flag.Args(), *only, err)
		os.Exit(2)
	}
	chosen := slices.DeleteFunc(rows(), func(r row) bool { return !match.MatchString(r.name) })
	theirs, err := newPeers(*python, chosen)
	if err != nil {
		fmt.Fprintln(os.Stderr, "benchmarks:", err)
		os.Exit(1)
	}
	var results []result
	failed := false
	for _, r := range chosen {
		fmt.Fprintf(os.Stderr, "  %s ...\n", r.name)
		res := measure(r, theirs)
		failed = failed || res.Error != ""
		if *asJSON {
			_ = json.NewEncoder(os.Stdout).Encode(res) // stdout gone: nothing left to say it on
		}
		results = append(results, res)
	}
	if !*asJSON {
		print(results)
	}
	if failed {
		os.Exit(1)
	}
}

func measure(r row, p others) result {
	res := result{Name: r.name, Unit: r.unit}
	jax, measured := p.jax[r.jax]
	err := gojax.Try(func() {
		var err error
		if r.work == nil {
			res.Measured, err = r.run()
		} else {
			var numpy float64
			res.Measured, jax, numpy, err = r.work.measure(p.work)
			if measured = p.work != nil; measured {
				if !math.IsInf(numpy, 1) {
					res.NumPy = &numpy
				}
				r.goal = r.work.goal(jax, numpy)
			}
		}
		if err != nil {
			res.Error = err.Error()
		}
	})
	if err != nil {
		res.Error = err.Error()
	}
	if r.over > 0 && measured {
		r.goal = r.over * jax
	}
	if r.goal > 0 && res.Error == "" {
		met := res.Measured <= r.goal
		if r.atMin {
			met = res.Measured >= r.goal
		}
		res.Goal, res.Met = &r.goal, &met
	}
	if measured {
		res.JAX = &jax
	}
	return res
}

func print(results []result) {
	fmt.Printf("%s/%s, %d processors, %s, device %v\n\n", runtime.GOOS, runtime.GOARCH, runtime.NumCPU(),
		runtime.Version(), gojax.DefaultDevice())
	t := tabwriter.NewWriter(os.Stdout, 0, 8, 2, ' ', 0)
	fmt.Fprintln(t, "figure\tmeasured\tgoal\t\tJAX here\tNumPy here")
	for _, r := range results {
		goal, met, jax, numpy := "", "", "", ""
		if r.Goal != nil {
			goal, met = format(*r.Goal, r.Unit), "missed"
			if *r.Met {
				met = "met"
			}
		}
		if r.JAX != nil {
			jax = format(*r.JAX, r.Unit)
		}
		if r.NumPy != nil {
			numpy = format(*r.NumPy, r.Unit)
		}
		measured := format(r.Measured, r.Unit)
		if r.Error != "" {
			measured, met = "failed: "+r.Error, ""
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s\n", r.Name, measured, goal, met, jax, numpy)
	}
	_ = t.Flush() // as above
}

func format(v float64, unit string) string { return fmt.Sprintf("%.3g %s", v, unit) }

// others are the figures of other libraries.
type others struct {
	jax  map[string]float64
	work *peer // nil: not measured
}

// newPeers measures JAX's figures of rows, and starts what does ordinary work beside us; without an interpreter there
// are none.
func newPeers(python string, rows []row) (p others, err error) {
	has := func(f func(r row) bool) bool { return python != "" && slices.ContainsFunc(rows, f) }
	if has(func(r row) bool { return r.jax != "" }) {
		if p.jax, err = jaxFigures(python); err != nil {
			return p, err
		}
	}
	if has(func(r row) bool { return r.work != nil }) {
		p.work, err = newPeer(python)
	}
	return p, err
}

// jaxFigures runs peers/jax_rows.py.
func jaxFigures(python string) (map[string]float64, error) {
	fmt.Fprintln(os.Stderr, "  JAX's rows ...")
	cmd := exec.Command(python, "-c", peers.JAXRows)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("JAX's rows by %s: %w", python, err)
	}
	var figures map[string]float64
	if err := json.Unmarshal(out, &figures); err != nil {
		return nil, fmt.Errorf("JAX's rows by %s: %w", python, err)
	}
	return figures, nil
}

// Command benchmarks measures gojax beside what its users would pick instead. Every row does one piece of work in all
// libraries in turn, on the same inputs and in several rounds, after their results were compared; some rows are figures
// of gojax's own, with goals.
//
// Columns of gojax's are "gojax", jitted, with results deleted, which the others are compared with; "gojax dropped",
// with results left to the collector; "gojax eager", the function as it is, which for a row of Vmap is un-jitted
// Vmap; and "first", the first call, with tracing and compiling. "yardstick" is what the machine takes for a plain
// copy of as many bytes, or for the product of matrices by OpenBLAS alone. gonum computes in float64 where it has
// nothing else.
//
//	go run ./benchmarks                                    gojax alone: un-jitted, jitted, with results dropped
//	go run ./benchmarks -against numpy,jax                 beside others; a virtual environment is made for them
//	go run ./benchmarks -against numpy,jax -quick          some rows, in two minutes
//	go run ./benchmarks -only '^sort' -list                the rows whose name matches a regular expression
//	go run ./benchmarks -json FILE -html FILE -markdown FILE
//	go run ./benchmarks -floors benchmarks/floors.json     the rows that have a floor; make floors
//
// The rows that time a call are Go benchmarks too: go test -bench . ./benchmarks
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"regexp"
	"slices"
	"strconv"
	"syscall"
	"time"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/backend/kernels"
	"github.com/schollz/progressbar/v3"
)

// flags are the command's.
type flags struct {
	against, python, torch, only, device, floors string
	json, html, markdown                         string
	quick, list, warm                            bool
	rounds, threads                              int
	child                                        string
}

func parse() (f flags) {
	flag.StringVar(&f.against, "against", "", "who else does the rows: some of numpy,jax,gonum,gomlx,torch")
	flag.StringVar(&f.python, "python", "", "a Python that has numpy, scipy and jax; without, one is made"+
		" in the cache folder")
	flag.StringVar(&f.torch, "torch", "", "a Python that has torch, to measure against it")
	flag.StringVar(&f.only, "only", "", "a regular expression: the rows to run")
	flag.BoolVar(&f.quick, "quick", false, "some rows and fewer rounds: two minutes")
	flag.BoolVar(&f.warm, "warm", false, "first calls may find programs in the disk cache, as a second run's do")
	flag.BoolVar(&f.list, "list", false, "print the rows' names")
	flag.StringVar(&f.device, "device", "cpu", "cpu or cuda")
	flag.IntVar(&f.rounds, "rounds", 0, "how many turns everyone has in a row; 0: 5, with -quick 3")
	flag.IntVar(&f.threads, "threads", 0, "how many threads everyone may use; 0: all")
	flag.StringVar(&f.json, "json", "", "a file for the results as JSON; - is the terminal")
	flag.StringVar(&f.html, "html", "", "a file for a page with plots, also over sizes and threads")
	flag.StringVar(&f.markdown, "markdown", "", "a file for the table as Markdown; - is the terminal")
	flag.StringVar(&f.floors, "floors", "", "a file of floors: runs its rows and says which fall through")
	flag.StringVar(&f.child, "child", "", "internal: what a process of its own is to do")
	flag.Parse()
	return f
}

func main() {
	f := parse()
	err := run(f)
	if err != nil {
		fmt.Fprintln(os.Stderr, "benchmarks:", err)
		os.Exit(1)
	}
}

func run(f flags) error {
	if f.child != "" {
		return runChild(f.child)
	}
	if flag.NArg() > 0 {
		return fmt.Errorf("unexpected argument %q; see -help", flag.Arg(0))
	}
	chosen, err := choose(f)
	if err != nil {
		return err
	}
	if f.list {
		for _, r := range chosen {
			fmt.Printf("%-28s%s\n", r.group, r.name)
		}
		return nil
	}
	if err := prepare(f); err != nil {
		return err
	}
	s, stop, err := f.suite()
	if err != nil {
		return err
	}
	defer stop()
	rep := newReport(f, s)
	rep.Rows = s.all(chosen, f.quick)
	if f.html != "" {
		rep.Sizes = s.sizes(f.quick)
		rep.Threads, err = overThreads(f)
	}
	err = errors.Join(err, rep.write(f), rep.failures())
	if f.floors != "" {
		err = errors.Join(err, rep.checkFloors(f.floors))
	}
	return err
}

// choose finds the rows that are asked for.
func choose(f flags) ([]row, error) {
	match, err := regexp.Compile(f.only)
	if err != nil {
		return nil, fmt.Errorf("-only %q: %w", f.only, err)
	}
	var floors []floor
	if f.floors != "" {
		if floors, err = readFloors(f.floors); err != nil {
			return nil, err
		}
	}
	chosen := slices.DeleteFunc(rows(), func(r row) bool {
		floored := slices.ContainsFunc(floors, func(f floor) bool { return f.Row == r.name })
		return !match.MatchString(r.name) || f.quick && !r.inQuick || f.floors != "" && !floored
	})
	for i := range chosen {
		if f.device != "cpu" {
			chosen[i].ideal = nil // those are the processor's
		}
		if f.quick {
			delete(chosen[i].rivals, goLoop)
		}
		if f.floors != "" {
			chosen[i].alsoEager, chosen[i].rivals = false, nil
		}
	}
	if len(chosen) == 0 {
		return nil, fmt.Errorf("no row matches -only %q; -list prints their names", f.only)
	}
	return chosen, nil
}

// prepare makes the process ready, before anything asks for a device.
func prepare(f flags) error {
	if f.device != "cpu" && f.device != "cuda" {
		return fmt.Errorf("-device %s: there are cpu and cuda", f.device)
	}
	for name, value := range map[string]string{"GOJAX_PLATFORM": f.device,
		"GOJAX_NUM_THREADS": strconv.Itoa(f.threads)} {
		if value != "0" {
			if err := os.Setenv(name, value); err != nil {
				return err
			}
		}
	}
	if f.device == "cuda" {
		if _, err := gojax.Devices(); err != nil {
			return fmt.Errorf("-device cuda: there is no GPU that can be used here: %w", err)
		}
		return nil
	}
	_ = kernels.RegisterLAPACK() // before a row times its first call; without it, there are other ways
	return nil
}

// suite starts the peers.
func (f flags) suite() (s *suite, stop func(), err error) {
	against, err := parseAgainst(f.against)
	if err != nil {
		return nil, nil, err
	}
	if f.torch != "" {
		against["torch"] = true
	}
	folder, remove, err := temporary()
	if err != nil {
		return nil, nil, err
	}
	s = &suite{effort: full, against: against, warm: f.warm, folder: folder}
	if f.quick {
		s.effort = quick
	}
	if f.rounds > 0 {
		s.effort.rounds = f.rounds
	}
	stop = func() {
		for _, p := range s.peers {
			_ = p.stop() // it has nothing more to say
		}
		remove()
	}
	if s.peers, err = startPeers(folder, against, f.python, f.torch, f.threads); err != nil {
		stop()
		return nil, nil, err
	}
	return s, stop, nil
}

// quickly is how long rows are begun with -quick.
const quickly = 90 * time.Second

// all measures rows, one after the other.
func (s *suite) all(rows []row, quick bool) (results []result) {
	bar := progress(len(rows))
	start := time.Now()
	interrupted, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	for i, r := range rows {
		if interrupted.Err() != nil {
			fmt.Fprintf(os.Stderr, "benchmarks: interrupted; %d rows are left out\n", len(rows)-i)
			break
		}
		if quick && time.Since(start) > quickly {
			fmt.Fprintf(os.Stderr, "benchmarks: the time of -quick is over; %d rows are left out\n", len(rows)-i)
			break
		}
		bar(r.name)
		results = append(results, s.measure(r))
	}
	bar("")
	return results
}

// progress shows what runs: a bar in a terminal, and lines elsewhere. An empty name ends it.
func progress(n int) func(name string) {
	info, err := os.Stderr.Stat()
	if err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return func(name string) {
			if name != "" {
				fmt.Fprintln(os.Stderr, " ", name)
			}
		}
	}
	bar := progressbar.NewOptions(n, progressbar.OptionSetWriter(os.Stderr), progressbar.OptionClearOnFinish(),
		progressbar.OptionSetPredictTime(false), progressbar.OptionShowCount())
	begun := false
	return func(name string) { // that a bar cannot be drawn is no reason to stop
		if begun {
			_ = bar.Add(1)
		}
		begun = true
		bar.Describe(name)
	}
}

// failures is the error of rows that failed.
func (rep *report) failures() error {
	var errs []error
	for _, r := range rep.Rows {
		if r.Error != "" {
			errs = append(errs, fmt.Errorf("%s: %s", r.Name, r.Error))
		}
		for name, c := range r.Cells {
			if c.Error != "" && name != oursJitted {
				errs = append(errs, fmt.Errorf("%s, %s: %s", r.Name, name, c.Error))
			}
		}
	}
	return errors.Join(errs...)
}

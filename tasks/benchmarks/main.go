// Command benchmarks measures what tasks cost, beside goals: on processes of this machine, with a server of the pool's
// own.
//
//	go run ./tasks/benchmarks
package main

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"slices"
	"syscall"
	"text/tabwriter"
	"time"

	"github.com/gojax/gojax/tasks"
)

var square = tasks.Func("square", func(_ context.Context, i int) (int, error) { return i * i, nil })

var nap = tasks.Func("nap", func(_ context.Context, i int) (int, error) {
	time.Sleep(10 * time.Millisecond)
	return i, nil
})

// row is a figure, which should be at most the goal.
type row struct {
	name, unit  string
	figure      float64
	goal        float64
	least, most float64 // of the rounds
}

func main() {
	tasks.Work()
	rows, err := measure()
	if err != nil {
		fmt.Fprintln(os.Stderr, "benchmarks:", err)
		os.Exit(1)
	}
	w := tabwriter.NewWriter(os.Stdout, 0, 8, 2, ' ', 0)
	fmt.Fprintf(w, "figure\tmedian\trounds\tgoal\t\t(%d cores)\n", runtime.NumCPU())
	for _, r := range rows {
		verdict := "reached"
		if r.figure > r.goal {
			verdict = "missed"
		}
		fmt.Fprintf(w, "%s\t%.4g %s\t%.4g to %.4g\t%.4g\t%s\t\n", r.name, r.figure, r.unit, r.least, r.most, r.goal,
			verdict)
	}
	_ = w.Flush()
}

// rounds is the median of several runs of f.
func rounds(n int, name, unit string, goal float64, f func() (float64, error)) (row, error) {
	var all []float64
	for range n {
		v, err := f()
		if err != nil {
			return row{}, fmt.Errorf("%s: %w", name, err)
		}
		all = append(all, v)
	}
	slices.Sort(all)
	return row{name, unit, all[n/2], goal, all[0], all[n-1]}, nil
}

func measure() (rows []row, err error) {
	add := func(r row, e error) {
		if err == nil && e == nil {
			rows = append(rows, r)
		} else if err == nil {
			err = e
		}
	}
	add(rounds(5, "pool start to the first result, 2 workers", "s", 0.3, func() (float64, error) {
		start := time.Now()
		p, err := tasks.Start(tasks.Options{Workers: 2})
		if err != nil {
			return 0, err
		}
		defer p.Close()
		_, err = square.Go(p, 3).Wait()
		return time.Since(start).Seconds(), err
	}))
	p, failed := tasks.Start(tasks.Options{Workers: 2})
	if failed != nil {
		return nil, failed
	}
	defer p.Close()
	perTask := func(p *tasks.Pool, n int) func() (float64, error) {
		return func() (float64, error) {
			start := time.Now()
			_, err := square.Map(p, tasks.Range(n))
			return time.Since(start).Seconds() * 1e6 / float64(n), err
		}
	}
	if _, err := square.Map(p, tasks.Range(1000)); err != nil { // warm
		return nil, err
	}
	add(rounds(9, "a task, of 1000 tiny ones", "µs", 100, perTask(p, 1000)))
	add(rounds(9, "a task in chunks of 100, of 10 000", "µs", 10, perTask(p.With(tasks.Options{Chunk: 100}), 10_000)))
	s, lost, twice, failed := kills()
	if failed != nil {
		return nil, failed
	}
	rows = append(rows,
		row{"1000 tasks of 10 ms, a worker killed each second, the server once", "s", s, 30, s, s},
		row{"of them, lost", "", lost, 0, lost, lost}, row{"of them, counted twice", "", twice, 0, twice, twice})
	return rows, err
}

// kills maps while the pool's processes are killed, and counts what came.
func kills() (seconds, lost, twice float64, err error) {
	p, err := tasks.Start(tasks.Options{Workers: 2})
	if err != nil {
		return 0, 0, 0, err
	}
	defer p.Close()
	done := make(chan struct{})
	defer close(done)
	go func() {
		for i := 1; ; i++ {
			select {
			case <-done:
				return
			case <-time.After(time.Second):
			}
			s := p.Stats()
			if i == 2 {
				_ = syscall.Kill(s.Server, syscall.SIGKILL)
			}
			if n := len(s.Workers); n > 0 {
				_ = syscall.Kill(s.Workers[i%n].PID, syscall.SIGKILL)
			}
		}
	}()
	start := time.Now()
	seen := make([]int, 1000)
	for r := range nap.Unordered(p, tasks.Range(1000)) {
		if r.Err != nil {
			return 0, 0, 0, r.Err
		}
		seen[r.Value]++
	}
	for _, k := range seen {
		if k == 0 {
			lost++
		} else if k > 1 {
			twice++
		}
	}
	return time.Since(start).Seconds(), lost, twice, nil
}

package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/gojax/gojax"
	"golang.org/x/sys/cpu"
)

// report is all of a run.
type report struct {
	Date     string            `json:"date"`
	Machine  string            `json:"machine"`
	Versions map[string]string `json:"versions"`
	Rows     []result          `json:"rows"`
	Sizes    []curve           `json:"sizes,omitempty"`
	Threads  []curve           `json:"threads,omitempty"`
}

func newReport(f flags, s *suite) *report {
	rep := &report{Date: time.Now().Format(time.DateOnly), Versions: map[string]string{"go": runtime.Version(),
		"gojax": gojax.Version}}
	rep.Machine = fmt.Sprintf("%s/%s, %d processors%s, device %v", runtime.GOOS, runtime.GOARCH, runtime.NumCPU(),
		vectors(), gojax.DefaultDevice())
	if f.threads > 0 {
		rep.Machine += fmt.Sprintf(", %d threads", f.threads)
	}
	for _, p := range s.peers {
		for name, v := range p.versions {
			rep.Versions[name] = v
		}
	}
	return rep
}

// vectors says which of x86's wide instructions there are.
func vectors() string {
	switch {
	case cpu.X86.HasAVX512F:
		return " with AVX-512"
	case cpu.X86.HasAVX2:
		return " with AVX2"
	}
	return ""
}

// order is that of the columns.
var order = []string{oursEager, oursJitted, oursDropped, yardstick, goLoop, "numpy", "jax eager", "jax", "torch eager",
	"torch", "gonum", "gomlx"}

// columns are those that any row has.
func (rep *report) columns() []string {
	return slices.DeleteFunc(slices.Clone(order), func(name string) bool {
		return !slices.ContainsFunc(rep.Rows, func(r result) bool { _, has := r.Cells[name]; return has })
	})
}

// table is the report as text, a header first.
func (rep *report) table() [][]string {
	columns := rep.columns()
	lines := [][]string{append(append([]string{"row", "unit"}, columns...), "first", "ratio", "spread", "goal")}
	for _, r := range rep.Rows {
		line := []string{r.Name, r.Unit}
		for _, c := range columns {
			line = append(line, number(r.Cells[c].Median))
		}
		ours := r.Cells[oursJitted]
		ratio, spread, goal := "", "", ""
		if r.Ratio > 0 {
			ratio = fmt.Sprintf("%.2f to %s", r.Ratio, r.Fastest)
		}
		if ours.Q3 > ours.Q1 {
			spread = fmt.Sprintf("±%.0f%%", 50*(ours.Q3-ours.Q1)/ours.Median)
		}
		if r.Met != nil {
			goal = number(r.Goal) + map[bool]string{true: " met", false: " missed"}[*r.Met]
		}
		if r.Error != "" {
			goal = "failed: " + r.Error
		}
		lines = append(lines, append(line, number(ours.First), ratio, spread, goal))
	}
	return lines
}

func number(v float64) string {
	switch {
	case v == 0:
		return ""
	case v >= 1000:
		return fmt.Sprintf("%.0f", v)
	}
	return fmt.Sprintf("%.3g", v)
}

// summary are the medians of ratios to each other column, and the rows that are behind.
func (rep *report) summary() string {
	var b strings.Builder
	for _, c := range rep.columns() {
		if ratios := rep.ratios(c); other(c) && len(ratios) > 0 {
			fmt.Fprintf(&b, "median of %s / %s over %d rows: %.2f\n", oursJitted, c, len(ratios), middle(ratios))
		}
	}
	var all []float64
	var behind []result
	for _, r := range rep.Rows {
		if r.Ratio > 0 && r.Unit == "ms" {
			all = append(all, r.Ratio)
			if r.Ratio > 1.1 {
				behind = append(behind, r)
			}
		}
	}
	if len(all) == 0 {
		return b.String()
	}
	slices.SortFunc(behind, func(a, b result) int { return cmp.Compare(b.Ratio, a.Ratio) })
	fmt.Fprintf(&b, "median of %s / the fastest of the others: %.2f\n", oursJitted, middle(all))
	fmt.Fprintf(&b, "%d of %d rows are more than 10%% behind the fastest of the others\n", len(behind), len(all))
	for _, r := range behind {
		fmt.Fprintf(&b, "  %.2f times %s: %s\n", r.Ratio, r.Fastest, r.Name)
	}
	return b.String()
}

// ratios are those of rows in milliseconds to a column.
func (rep *report) ratios(column string) (all []float64) {
	for _, r := range rep.Rows {
		if c := r.Cells[column]; c.Median > 0 && r.Cells[oursJitted].Median > 0 && r.Unit == "ms" {
			all = append(all, r.Cells[oursJitted].Median/c.Median)
		}
	}
	return all
}

func middle(v []float64) float64 {
	v = slices.Sorted(slices.Values(v))
	return (v[(len(v)-1)/2] + v[len(v)/2]) / 2
}

// write puts the report where the flags say.
func (rep *report) write(f flags) (err error) {
	if f.json != "-" && f.markdown != "-" {
		err = rep.print(os.Stdout)
	}
	for _, to := range []struct {
		path  string
		write func(w io.Writer) error
	}{{f.json, rep.encode}, {f.markdown, rep.markdown}, {f.html, rep.page}} {
		err = errors.Join(err, into(to.path, to.write)) // the others are written all the same
	}
	return err
}

func into(path string, write func(w io.Writer) error) error {
	switch path {
	case "":
		return nil
	case "-":
		return write(os.Stdout)
	}
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := write(file); err != nil {
		_ = file.Close() // the first error is the one to tell
		return err
	}
	return file.Close()
}

func (rep *report) print(w io.Writer) error {
	fmt.Fprintf(w, "%s, %s\n\n", rep.Date, rep.Machine)
	t := tabwriter.NewWriter(w, 0, 8, 2, ' ', 0)
	for _, line := range rep.table() {
		fmt.Fprintln(t, strings.Join(line, "\t"))
	}
	if err := t.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintf(w, "\n%s", rep.summary())
	return err
}

func (rep *report) encode(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetIndent("", " ")
	return e.Encode(rep)
}

func (rep *report) markdown(w io.Writer) error {
	for i, line := range rep.table() {
		fmt.Fprintln(w, "| "+strings.ReplaceAll(strings.Join(line, " | "), "*", `\*`)+" |")
		if i == 0 {
			fmt.Fprintln(w, strings.Repeat("|---", len(line))+"|")
		}
	}
	_, err := fmt.Fprintf(w, "\n%s", rep.summary())
	return err
}

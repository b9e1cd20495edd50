package debug

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gojax/gojax/trace"
	"github.com/gojax/gojax/transforms/jit"
)

// Profile calls f and writes to the file path what gojax does meanwhile, on all goroutines (jax.profiler.trace):
// functions that are traced, programs that are compiled, loaded and launched, how long devices run them, data that go
// to devices and back, waiting, and Go functions that programs call, each with the user's line. Perfetto
// (ui.perfetto.dev) and Chrome (chrome://tracing) open the file. What f launched is waited for. Print the report for
// the ten dearest things.
//
// One profile is recorded at a time, and another is an error. If f panics the file is finished, and the panic goes on.
// GOJAX_PROFILE=dir records a whole process into a new file of the folder dir.
func Profile(path string, f func()) (*ProfileReport, error) {
	stop, err := StartProfile(path)
	if err != nil {
		return nil, err
	}
	ended := false
	defer func() {
		if !ended {
			_, _ = stop()
		}
	}()
	f()
	ended = true
	return stop()
}

// StartProfile begins what Profile does, until stop is called, once (jax.profiler.start_trace and stop_trace).
func StartProfile(path string) (stop func() (*ProfileReport, error), err error) {
	p, err := jit.StartProfile(path, time.Second)
	if err != nil {
		return nil, fmt.Errorf("debug.Profile: %w", err)
	}
	return func() (*ProfileReport, error) {
		if err := p.Stop(); err != nil {
			return nil, fmt.Errorf("debug.Profile: %w", err)
		}
		return ReadProfile(path)
	}, nil
}

// Annotate gives what happens until end is called, on the same goroutine, a name in a profile
// (jax.profiler.TraceAnnotation). Where none is recorded it does nothing.
//
//	defer debug.Annotate("epoch")()
func Annotate(name string) (end func()) {
	s := trace.BeginSpan()
	if s.Recorder() == nil {
		return func() {}
	}
	return func() { s.End(trace.SpanUser, name, 0, 0) }
}

// ProfileReport is a profile added up.
type ProfileReport struct {
	Duration time.Duration // from the first event's beginning to the end of the last
	Rows     []ProfileRow  // the dearest first
}

// ProfileRow is all that was done of one kind, with one name, at one line.
type ProfileRow struct {
	// "trace", "lower", "compile", "load", "launch", "run", "to device", "to host", "wait", "callback" or "user"
	Kind  string
	Name  string
	Line  string // "main.go:12"; "" where unknown
	Calls int
	Total time.Duration
	Self  time.Duration // without what was done within it, of another row or this one
	Bytes int64         // of data that were moved
}

// String is a table of the ten dearest rows, by the time that is their own. Devices compute while goroutines go on, so
// the shares may come to more than 100%.
func (r *ProfileReport) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%10s %7s %8s %10s  %s\n", "self", "share", "calls", "mean", "what")
	for _, w := range r.Rows[:min(10, len(r.Rows))] {
		at := ""
		if w.Line != "" {
			at = " at " + w.Line
		}
		if w.Bytes > 0 {
			at += fmt.Sprintf(" (%d bytes)", w.Bytes)
		}
		name := w.Name
		if w.Kind != "user" {
			name = w.Kind + " " + name
		}
		fmt.Fprintf(&b, "%10v %6.1f%% %8d %10v  %s%s\n", round(w.Self), 100*float64(w.Self)/float64(max(r.Duration, 1)),
			w.Calls, round(w.Self/time.Duration(w.Calls)), name, at)
	}
	if n := len(r.Rows) - 10; n > 0 {
		fmt.Fprintf(&b, "%10s and %d more\n", "", n)
	}
	return b.String()
}

// round leaves about four digits.
func round(d time.Duration) time.Duration {
	for unit := time.Duration(1); ; unit *= 10 {
		if d < 10000*unit {
			return d.Round(unit)
		}
	}
}

// traceEvent is what is read of a line of a profile.
type traceEvent struct {
	Name, Cat, Ph string
	Ts, Dur       float64
	Pid, Tid      int
	Args          map[string]string
}

// ReadProfile adds up a profile that Profile or GOJAX_PROFILE wrote, also one that was not finished since its process
// was ended.
func ReadProfile(path string) (*ProfileReport, error) {
	data, err := os.ReadFile(path) //nolint:gosec // the user named it
	if err != nil {
		return nil, err
	}
	data = bytes.TrimSpace(data)
	if !bytes.HasSuffix(data, []byte("\n]")) { // up to its last whole line
		data = bytes.TrimSuffix(data, []byte(","))
		if i := bytes.LastIndex(data, []byte("\n")); !json.Valid(append(slices.Clone(data), ']')) && i >= 0 {
			data = bytes.TrimSuffix(bytes.TrimSpace(data[:i]), []byte(","))
		}
		data = append(slices.Clone(data), ']')
	}
	var events []traceEvent
	if err := json.Unmarshal(data, &events); err != nil {
		return nil, fmt.Errorf("debug.ReadProfile: %s: %w", path, err)
	}
	return report(events), nil
}

func report(events []traceEvent) *ProfileReport {
	type line struct{ pid, tid int }
	lines := map[line][]traceEvent{}
	var first, last float64
	for _, e := range events {
		if e.Ph != "X" {
			continue
		}
		if len(lines) == 0 || e.Ts < first {
			first = e.Ts
		}
		last = max(last, e.Ts+e.Dur)
		l := line{e.Pid, e.Tid}
		lines[l] = append(lines[l], e)
	}
	rows := map[[3]string]*ProfileRow{}
	for _, list := range lines {
		addUp(rows, list)
	}
	r := &ProfileReport{Duration: micros(last - first)}
	for _, w := range slices.Collect(maps.Values(rows)) {
		r.Rows = append(r.Rows, *w)
	}
	slices.SortFunc(r.Rows, func(a, b ProfileRow) int {
		return cmp.Or(cmp.Compare(b.Self, a.Self), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Line, b.Line))
	})
	return r
}

// addUp adds the events of one goroutine or device to rows.
func addUp(rows map[[3]string]*ProfileRow, list []traceEvent) {
	slices.SortFunc(list, func(a, b traceEvent) int {
		return cmp.Or(cmp.Compare(a.Ts, b.Ts), cmp.Compare(b.Dur, a.Dur))
	})
	type open struct {
		row *ProfileRow
		end float64
	}
	var within []open
	for _, e := range list {
		key := [3]string{e.Cat, e.Name, e.Args["file"]}
		w := rows[key]
		if w == nil {
			name := strings.TrimPrefix(e.Name, e.Cat+" ")
			w = &ProfileRow{Kind: e.Cat, Name: name, Line: e.Args["line"]}
			rows[key] = w
		}
		n, _ := strconv.ParseInt(e.Args["bytes"], 10, 64)
		w.Calls, w.Bytes = w.Calls+1, w.Bytes+n
		w.Total, w.Self = w.Total+micros(e.Dur), w.Self+micros(e.Dur)
		for len(within) > 0 && within[len(within)-1].end <= e.Ts {
			within = within[:len(within)-1]
		}
		if len(within) > 0 {
			within[len(within)-1].row.Self -= micros(e.Dur)
		}
		within = append(within, open{w, e.Ts + e.Dur})
	}
}

func micros(us float64) time.Duration { return time.Duration(us * 1e3) }

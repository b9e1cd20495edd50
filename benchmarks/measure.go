package main

import (
	"errors"
	"math"
	"os"
	"slices"
	"strings"

	"github.com/gojax/gojax"
	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
)

// effort is how long rows are measured.
type effort struct {
	rounds  int     // of all contenders in turn
	seconds float64 // that a contender has in a round: one call at least
	limit   float64 // seconds, after which a contender has no further round in a row
}

var full, quick = effort{5, 0.1, 5}, effort{3, 0.03, 0.4}

// suite is what rows are measured with.
type suite struct {
	effort
	peers   []*peer
	against map[string]bool // the libraries to measure against, those in this process included
	warm    bool            // first calls may find their programs in the disk cache
	folder  string          // for arrays on their way to peers and back
}

// cell is what one contender took for a row, in the row's unit: quartiles over rounds and the least of all calls.
type cell struct {
	Median float64 `json:"median"`
	Q1     float64 `json:"q1"`
	Q3     float64 `json:"q3"`
	Least  float64 `json:"least"`
	First  float64 `json:"first,omitempty"` // the first call, from tracing on
	Error  string  `json:"error,omitempty"`
}

// result is a row measured.
type result struct {
	Name    string          `json:"name"`
	Group   string          `json:"group"`
	Unit    string          `json:"unit"`
	Cells   map[string]cell `json:"cells"`
	Fastest string          `json:"fastest,omitempty"` // of the others
	Ratio   float64         `json:"ratio,omitempty"`   // of gojax, jitted, to it
	Goal    float64         `json:"goal,omitempty"`    // in the unit
	Met     *bool           `json:"met,omitempty"`
	Error   string          `json:"error,omitempty"`
}

// measure checks that all agree on a row, and times them.
func (s *suite) measure(r row) result {
	res := result{Name: r.name, Group: r.group, Unit: "ms", Cells: map[string]cell{}}
	err := gojax.Try(func() {
		gojax.WithX64(r.x64, func() {
			if err := s.contest(r, &res); err != nil {
				res.Error = err.Error()
			}
		})()
	})
	if err != nil {
		res.Error = err.Error()
	}
	res.judge(r)
	return res
}

func (s *suite) contest(r row, res *result) error {
	if r.figure != nil {
		res.Unit = r.unit
		return s.rounds(r, nil, s.figures(r), res)
	}
	in := make([]any, len(r.in))
	for i, make := range r.in {
		in[i] = gojax.BlockUntilReady(make(random.Key(i)))
	}
	defer release(in)
	all := own(r, in, s.against, s.warm)
	if len(s.peers) > 0 && r.key != "" {
		files, err := saved(s.folder, in)
		if err != nil {
			return err
		}
		for _, p := range s.peers {
			theirs, err := p.contenders(r, files)
			if err != nil {
				return err
			}
			all = append(all, theirs...)
		}
	}
	return s.rounds(r, in, all, res)
}

func release(in []any) {
	for _, x := range in {
		if x, is := x.(jnp.Array); is {
			x.Delete()
		}
	}
}

// figures are the contenders of a row that is a figure.
func (s *suite) figures(r row) []contender {
	nothing := func() (started, error) { return started{}, nil }
	all := []contender{{oursJitted, nothing, func(float64, bool) (milliseconds, error) {
		v, err := r.figure()
		return milliseconds{v, v}, err
	}}}
	for _, p := range s.peers {
		if r.key != "" && slices.Contains(p.columns, "jax") {
			all = append(all, p.figure(r))
		}
	}
	return all
}

// rounds starts the contenders, the first of which is gojax, compares their results with its, and has them take turns.
func (s *suite) rounds(r row, in []any, all []contender, res *result) error {
	var ours started
	took, spent := map[string][]float64{}, map[string]float64{}
	all = slices.DeleteFunc(all, func(c contender) bool {
		got, err := c.start()
		switch {
		case errors.Is(err, errAbsent):
			return true
		case c.name == oursJitted:
			ours = got
		case err == nil:
			err = check(r, in, c.name, got.numbers, ours.numbers)
		}
		cell := cell{First: got.first}
		if err != nil {
			cell.Error = err.Error()
		}
		res.Cells[c.name] = cell
		return err != nil
	})
	if res.Cells[oursJitted].Error != "" {
		return errors.New(res.Cells[oursJitted].Error)
	}
	rounds := s.effort.rounds
	if r.figure != nil {
		rounds = min(rounds, 3)
		if len(all) == 1 {
			rounds = 1
		}
	}
	for range rounds {
		for _, c := range all {
			cell := res.Cells[c.name]
			if cell.Error != "" || spent[c.name] > s.limit {
				continue
			}
			warm := len(took[c.name]) == 0 || cell.Least/1e3 < s.seconds/2
			ms, err := c.round(s.seconds, warm)
			if err != nil {
				cell.Error = err.Error()
			}
			took[c.name] = append(took[c.name], ms.Typical)
			if cell.Least == 0 || ms.Least < cell.Least {
				cell.Least = ms.Least
			}
			spent[c.name] += max(s.seconds, ms.Typical/1e3)
			res.Cells[c.name] = cell
		}
	}
	for name, t := range took {
		cell := res.Cells[name]
		slices.Sort(t)
		n := len(t) - 1
		cell.Q1, cell.Median, cell.Q3 = t[n/4], t[n/2], t[n-n/4]
		res.Cells[name] = cell
	}
	if failed := res.Cells[oursJitted].Error; failed != "" {
		return errors.New(failed)
	}
	return nil
}

// other is whether a column is what gojax is to be as fast as: another library at its best.
func other(column string) bool {
	return !strings.HasPrefix(column, "gojax") && !slices.Contains([]string{yardstick, goLoop, "jax eager"}, column)
}

// judge finds the fastest of the others, and whether the row's goal is met.
func (res *result) judge(r row) {
	ours := res.Cells[oursJitted]
	if res.Error != "" || ours.Error != "" {
		return
	}
	best := math.Inf(1)
	for name, c := range res.Cells {
		if other(name) && c.Error == "" && c.Median < best {
			best, res.Fastest = c.Median, name
		}
	}
	if res.Fastest != "" {
		res.Ratio = ours.Median / best
	}
	res.Goal = r.goal
	if r.least != "" {
		best = res.Cells[r.least].Median // 0 where it was not measured: no goal
	}
	if r.over > 0 && !math.IsInf(best, 1) {
		res.Goal = r.over * best
	}
	if res.Goal > 0 {
		met := ours.Median <= res.Goal
		if r.atMin {
			met = ours.Median >= res.Goal
		}
		res.Met = &met
	}
}

// temporary makes the folder for arrays; remove empties it.
func temporary() (folder string, remove func(), err error) {
	folder, err = os.MkdirTemp("", "gojax-benchmarks")
	return folder, func() { _ = os.RemoveAll(folder) }, err // what is left over is in the system's folder for that
}

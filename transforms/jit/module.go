package jit

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/gojax/gojax/backend/kernels"
	"github.com/gojax/gojax/backend/pjrt"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// Module is a program that comes as StableHLO, text or bytecode: it was lowered elsewhere, by JAX or by a gojax that
// saved it. Its methods may be called from several goroutines at once.
type Module struct {
	Op, Name  string // what errors call its call, and the program
	Code      []byte
	In, Out   []ir.Aval // of a module whose types are not known, nil until it is compiled: see Types
	Platforms []string  // what it was lowered for; where there are several, it takes the number of its own first
	Anywhere  bool      // it may run on other platforms too
	caps      *captures
	// Place says where, in the source that it was made of, the program calls a custom call: " (file.py:12)", or "".
	Place func(call string) string

	mu sync.Mutex
	on map[*pjrt.Device]*exe
}

// SetConstants gives m the arrays that it takes behind its arguments. They are copied to where it runs, once.
func (m *Module) SetConstants(x []*trace.Value) { m.caps = newCaptures(x) }

// Constants are the arrays that SetConstants was given.
func (m *Module) Constants() []*trace.Value {
	if m.caps == nil {
		return nil
	}
	return m.caps.v
}

// index is the number that m has for the platform of d.
func (m *Module) index(d *pjrt.Device) (int, error) {
	i := slices.Index(m.Platforms, d.Client().Platform())
	if i < 0 && !m.Anywhere && len(m.Platforms) > 0 {
		return 0,
			fmt.Errorf("the program was lowered for %s, and the arrays are on %v; move them with gojax.DevicePut, or "+
				"lower the program for %s", strings.Join(m.Platforms, ", "), d, d.Client().Platform())
	}
	return max(i, 0), nil
}

// Runs reports whether m was lowered for the platform of the arrays in.
func (m *Module) Runs(in []*trace.Value) bool {
	d, err := deviceOf(in, nil)
	if err != nil {
		return true // Call will say so
	}
	_, err = m.index(d)
	return err == nil
}

// Call runs m on concrete arrays, whose types were compared with In. name is what errors call them.
func (m *Module) Call(in []*trace.Value, name func(i int) string) []*trace.Value {
	d, err := deviceOf(in, nil)
	if err == errOver {
		err = fmt.Errorf(
			"arrays that lie over a mesh cannot be given to it; put them on one device with gojax.DevicePut")
	}
	out := make([]*trace.Value, len(m.Out))
	if err == nil {
		err = m.run(d, in, out)
	}
	if err != nil {
		raise(err, m.Op, in, name)
	}
	return out
}

func (m *Module) run(d *pjrt.Device, in, out []*trace.Value) error {
	e, err := m.compiled(d)
	if err != nil {
		return err
	}
	if len(m.Platforms) > 1 {
		i, err := m.index(d)
		if err != nil {
			return err
		}
		in = append([]*trace.Value{trace.FromLit(ir.IntLit(int64(i), ir.Int32))}, in...)
	}
	return e.run(d, in, m.caps, out, nil)
}

// Compile compiles m for device d (nil: the default one), or loads it from the cache, unless that was done.
func (m *Module) Compile(d *pjrt.Device) (err error) {
	if d == nil {
		if d, err = tryDefaultDevice(); err != nil {
			return err
		}
	}
	_, err = m.compiled(d)
	return err
}

func (m *Module) compiled(d *pjrt.Device) (*exe, error) {
	if _, err := m.index(d); err != nil {
		return nil, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if e := m.on[d]; e != nil {
		return e, nil
	}
	e, err := m.compile(d)
	if err != nil {
		return nil, err
	}
	if m.on == nil {
		m.on = map[*pjrt.Device]*exe{}
	}
	m.on[d] = e
	return e, nil
}

func (m *Module) compile(d *pjrt.Device) (*exe, error) {
	src := ir.Here(2)
	checkAllowed(m.Op, "first call", src)
	s := spaceOf(d.Client())
	if err := s.room(); err != nil {
		return nil, err
	}
	if d.Client().Platform() == "cpu" {
		if bytes.Contains(m.Code, []byte("lapack_")) {
			kernels.HasRoutine("lapack_spotrf_ffi") // which makes all known
		}
		if bytes.Contains(m.Code, []byte("gojax_")) {
			kernels.HasBuiltin("gojax_sort")
		}
	}
	start := time.Now()
	code := func() []byte { return m.Code }
	x, how, err := d.Client().CompileCached(code, code, pjrt.CompileOptions{Device: d})
	for range maxAbsent {
		name := absent(err)
		if name == "" || len(m.Platforms) < 2 || kernels.RegisterAbsent(name) != nil {
			break
		}
		x, how, err = d.Client().CompileCached(code, code, pjrt.CompileOptions{Device: d})
	}
	if name := absent(err); name != "" {
		at := ""
		if m.Place != nil {
			at = m.Place(name)
		}
		return nil,
			fmt.Errorf("it calls %s%s, which there is not on %v: it was made for another platform, or calls code of "+
				"its own: %w", name, at, d, err)
	}
	if err != nil {
		return nil, fmt.Errorf("compiling it for %v failed: %w", d, err)
	}
	if m.Out == nil {
		if m.In, err = x.Parameters(); err != nil {
			return nil, err
		}
		m.Out = x.Results()
	}
	if err := sameTypes(x.Results(), m.Out); err != nil {
		return nil, err
	}
	report(CompileEvent{Name: m.Name, Reason: "first call of a loaded program", Src: src, Device: d.String(),
		FromDisk: how == pjrt.CacheHit, Duration: time.Since(start)})
	return &exe{name: m.Name, x: x, out: m.Out, keepSrc: true,
		toGo: kernels.RoutinesInGo() && bytes.Contains(m.Code, []byte("lapack_"))}, nil
}

// sameTypes compares the types of a program's results with those that it came with.
func sameTypes(is, said []ir.Aval) error {
	if len(is) != len(said) {
		return fmt.Errorf("the program has %d results, and came with the types of %d", len(is), len(said))
	}
	for i, t := range is {
		if !t.SameType(said[i]) {
			return fmt.Errorf("result %d of the program is %v, and came as %v", i, t, said[i])
		}
	}
	return nil
}

// maxAbsent bounds the custom calls that a program makes on other platforms.
const maxAbsent = 100

var noHandler = regexp.MustCompile(
	`[Nn]o (?:FFI handler|registered implementation for (?:untyped )?custom call)[^"\w]*` +
		`(?:registered for |to )?"?([\w.$]+)`)

// absent is the name of the custom call that a program was refused for; "" where that was not the reason.
func absent(err error) string {
	if err == nil {
		return ""
	}
	if m := noHandler.FindStringSubmatch(err.Error()); m != nil {
		return m[1]
	}
	return ""
}

package jit

import (
	"io"
	"time"

	"github.com/google/pprof/profile"

	"github.com/gojax/gojax/backend/pjrt"
)

// memoryProfile makes a profile of pprof's of arrays.
type memoryProfile struct {
	profile.Profile
	functions map[string]*profile.Function
	locations map[codeLine]*profile.Location
}

// codeLine is a line of a function.
type codeLine struct {
	function, file string
	line           int
}

// MemoryProfile writes what is on devices: see gojax.MemoryProfile.
func MemoryProfile(w io.Writer) error {
	m := memoryProfile{functions: map[string]*profile.Function{}, locations: map[codeLine]*profile.Location{}}
	m.SampleType = []*profile.ValueType{{Type: "arrays", Unit: "count"}, {Type: "space", Unit: "bytes"}}
	m.DefaultSampleType = "space"
	m.TimeNanos = time.Now().UnixNano()
	// Many arrays may come from one line: each is a sample of its own only until the profile is compacted.
	buffers, bytes := int64(LiveBuffers()), LiveBytes()
	for _, h := range pjrt.Holdings() {
		buffers, bytes = buffers-1, bytes-h.Bytes
		stack := []codeLine{}
		for _, f := range h.Src.Stack() {
			stack = append(stack, codeLine{f.Function, f.File, f.Line})
		}
		if len(stack) == 0 {
			stack = append(stack, codeLine{function: "unknown"})
		}
		m.add(stack, 1, h.Bytes, map[string][]string{"device": {h.Device.String()}})
	}
	if buffers > 0 && bytes > 0 {
		m.add([]codeLine{{function: "untracked"}}, buffers, bytes, nil)
	}
	return m.Compact().Write(w)
}

// add adds arrays that were made at the innermost place of stack, which comes first.
func (m *memoryProfile) add(stack []codeLine, arrays, bytes int64, labels map[string][]string) {
	s := &profile.Sample{Value: []int64{arrays, bytes}, Label: labels}
	for _, p := range stack {
		s.Location = append(s.Location, m.location(p))
	}
	m.Sample = append(m.Sample, s)
}

func (m *memoryProfile) location(p codeLine) *profile.Location {
	if l := m.locations[p]; l != nil {
		return l
	}
	f := m.functions[p.function]
	if f == nil {
		f = &profile.Function{ID: uint64(len(m.Function) + 1), Name: p.function, SystemName: p.function,
			Filename: p.file}
		m.functions[p.function] = f
		m.Function = append(m.Function, f)
	}
	l := &profile.Location{ID: uint64(len(m.Location) + 1), Line: []profile.Line{{Function: f, Line: int64(p.line)}}}
	m.locations[p] = l
	m.Location = append(m.Location, l)
	return l
}

package jit

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gojax/gojax/backend/pjrt"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// Profile is what is being recorded into a file, in the trace-event format that Perfetto and Chrome open: an array of
// JSON objects, a line each.
type Profile struct {
	rec     *trace.Recorder
	every   time.Duration // how long events may wait to be written
	pending atomic.Bool   // they do
	watched chan watched
	ended   chan struct{} // closed when all that was watched has ended

	mu     sync.Mutex // for what follows
	file   *os.File
	w      *bufio.Writer
	tracks map[track]int
	texts  map[trace.SpanEvent][]byte // events without their times, which are often the same
	done   bool                       // the file is finished: what ends now is too late
	err    error
}

// track is a line of the picture: a goroutine, or a device.
type track struct {
	goroutine uintptr
	device    string
}

// The processes of the file: lines are grouped by them.
const (
	pidGoroutines = 1
	pidDevices    = 2
)

// event is a line of the file.
type event struct {
	Name string            `json:"name"`
	Cat  string            `json:"cat,omitempty"`
	Ph   string            `json:"ph"`
	Pid  int               `json:"pid"`
	Tid  int               `json:"tid"`
	Args map[string]string `json:"args,omitempty"`
	Ts   json.Number       `json:"ts"` // microseconds; of a span it is written behind the rest, with "dur"
}

// ErrProfiling says that one profile is recorded at a time.
var ErrProfiling = errors.New("a profile is being recorded already (GOJAX_PROFILE, debug.Profile or " +
	"debug.StartProfile)")

// active is the profile that is recorded.
var active atomic.Pointer[Profile]

// StartProfile begins to record into a file. Events are written when every has passed.
func StartProfile(file string, every time.Duration) (*Profile, error) {
	p := &Profile{every: every, watched: make(chan watched, 4096), ended: make(chan struct{}), tracks: map[track]int{},
		texts: map[trace.SpanEvent][]byte{}}
	if !active.CompareAndSwap(nil, p) {
		return nil, ErrProfiling
	}
	var err error
	if p.file, err = os.Create(file); err != nil { //nolint:gosec // the user named it
		active.Store(nil)
		return nil, err
	}
	p.w = bufio.NewWriter(p.file)
	_, p.err = p.w.WriteString("[\n")
	p.write(event{Name: "process_name", Ph: "M", Pid: pidDevices, Args: map[string]string{"name": "devices"}}, "")
	p.write(event{Name: "process_name", Ph: "M", Pid: pidGoroutines,
		Args: map[string]string{"name": filepath.Base(os.Args[0])}}, ",\n")
	p.err = errors.Join(p.err, p.w.Flush())
	p.rec, _ = trace.StartRecorder(p.kept)
	go p.watch()
	return p, nil
}

// profileProcess records the whole process into a file in folder, "" for not at all. No one tells a Go program that it
// ends, so events do not wait.
func profileProcess(folder string) {
	if folder == "" {
		return
	}
	err := os.MkdirAll(folder, 0o755) //nolint:gosec // as mkdir does
	if err == nil {
		name := fmt.Sprintf("%s-%d-%d.json", filepath.Base(os.Args[0]), time.Now().UnixMilli(), os.Getpid())
		_, err = StartProfile(filepath.Join(folder, name), 20*time.Millisecond)
	}
	if err != nil {
		fmt.Fprintf(notices, "gojax: GOJAX_PROFILE: no profile is recorded: %v\n", err)
	}
}

// Stop waits for what was launched meanwhile, and finishes the file.
func (p *Profile) Stop() error {
	p.rec.Stop()
	active.CompareAndSwap(p, nil)
	p.watched <- watched{}
	<-p.ended
	p.flush()
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done = true
	_, err := p.w.WriteString("\n]\n")
	return errors.Join(p.err, err, p.w.Flush(), p.file.Close())
}

// kept sees to it that an event is written soon.
func (p *Profile) kept() {
	if !p.pending.Load() && p.pending.CompareAndSwap(false, true) {
		time.AfterFunc(p.every, func() {
			p.pending.Store(false)
			p.flush()
		})
	}
}

// flush writes what was kept.
func (p *Profile) flush() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.done {
		return
	}
	events, _ := p.rec.Take()
	for i := range events {
		p.span(&events[i])
	}
	p.err = errors.Join(p.err, p.w.Flush())
}

// write adds a line. p.mu is held, but for the first.
func (p *Profile) write(e event, before string) {
	b, err := json.Marshal(e)
	if err == nil {
		_, err = p.w.WriteString(before + string(b))
	}
	if p.err == nil {
		p.err = err
	}
}

// span writes a span. Its line but for the times is made once, and kept.
func (p *Profile) span(s *trace.SpanEvent) {
	key := *s
	key.Start, key.Duration = 0, 0
	text, ok := p.texts[key]
	if !ok {
		if len(p.texts) > 1<<12 {
			clear(p.texts)
		}
		text = p.text(s)
		p.texts[key] = text
	}
	line := append(p.w.AvailableBuffer(), text...)
	line = strconv.AppendFloat(append(line, `"ts":`...), float64(s.Start)/1e3, 'f', 3, 64)
	line = strconv.AppendFloat(append(line, `,"dur":`...), float64(max(s.Duration, 1))/1e3, 'f', 3, 64)
	if _, err := p.w.Write(append(line, '}')); p.err == nil {
		p.err = err
	}
}

// text is the line of a span up to its times.
func (p *Profile) text(s *trace.SpanEvent) []byte {
	pid, key := pidGoroutines, track{goroutine: s.Goroutine}
	if s.Device != "" {
		pid, key = pidDevices, track{device: s.Device}
	}
	tid, ok := p.tracks[key]
	if !ok {
		tid = len(p.tracks) + 1
		p.tracks[key] = tid
		name := s.Device
		if name == "" {
			name = "goroutine " + strconv.Itoa(tid)
		}
		p.write(event{Name: "thread_name", Ph: "M", Pid: pid, Tid: tid, Args: map[string]string{"name": name}}, ",\n")
	}
	args := map[string]string{}
	if file, line := s.Src.Position(); file != "" {
		args["line"], args["file"] = s.Src.String(), file+":"+strconv.Itoa(line)
		args["function"] = s.Src.Func()
	}
	if s.Bytes > 0 {
		args["bytes"] = strconv.FormatInt(s.Bytes, 10)
	}
	name := s.Name
	if s.Kind != trace.SpanUser {
		name = s.Kind.String() + " " + name
	}
	b, err := json.Marshal(event{Name: name, Cat: s.Kind.String(), Ph: "X", Pid: pid, Tid: tid, Args: args})
	if p.err == nil {
		p.err = err
	}
	b = bytes.TrimSuffix(b, []byte(`"ts":0}`))
	return append([]byte(",\n"), b...)
}

// watched is a program that was launched.
type watched struct {
	name    string
	src     ir.Src
	device  *pjrt.Device
	start   int64
	results []*pjrt.Buffer
}

// watch has the end of a program on d recorded, whose launch began with span. Where more programs are under way than
// can be followed, it is not.
func watch(span trace.Span, name string, d *pjrt.Device, results []*pjrt.Buffer) {
	p := active.Load()
	if p == nil || p.rec != span.Recorder() {
		return
	}
	select {
	case p.watched <- watched{name, ir.Here(2), d, span.Start(), slices.Clone(results)}:
	default:
	}
}

// watch waits for one program after the other. A device runs them in the order of their launches, so each begins when
// it was launched or when the one before it ended, whichever is later.
func (p *Profile) watch() {
	defer close(p.ended)
	last := map[*pjrt.Device]int64{}
	for w := range p.watched {
		if w.device == nil {
			return
		}
		// A result that was given away meanwhile cannot be waited for, and another can.
		if !slices.ContainsFunc(w.results, func(b *pjrt.Buffer) bool { return b.Ready() == nil }) {
			continue
		}
		end, start := p.rec.Now(), max(w.start, last[w.device])
		last[w.device] = end
		p.rec.Keep(trace.SpanEvent{Kind: trace.SpanRun, Device: w.device.String(), Name: w.name, Src: w.src,
			Start: start, Duration: end - start})
	}
}

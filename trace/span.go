package trace

import (
	"sync"
	"sync/atomic"
	"time"

	"github.com/gojax/gojax/ir"
)

// SpanKind is what was done in a span of time.
type SpanKind uint8

const (
	SpanTrace    SpanKind = iota // a function was traced
	SpanLower                    // a program was written as text
	SpanCompile                  // it was compiled
	SpanLoad                     // it was loaded from the disk cache
	SpanLaunch                   // its work was given to a device, by a goroutine
	SpanRun                      // a device did it
	SpanToDevice                 // data went to a device
	SpanToHost                   // a goroutine waited for data, and had them copied
	SpanWait                     // a goroutine waited for a result
	SpanCallback                 // a program called a Go function
	SpanUser                     // what the user gave a name to
)

var spanKinds = [...]string{"trace", "lower", "compile", "load", "launch", "run", "to device", "to host", "wait",
	"callback", "user"}

func (k SpanKind) String() string { return spanKinds[k] }

// SpanEvent is something that took time.
type SpanEvent struct {
	Kind      SpanKind
	Device    string  // which one did it; "": a goroutine did
	Goroutine uintptr // an opaque word; 0 where goroutines cannot be told apart
	Name      string
	Src       ir.Src // the user's line
	Bytes     int64  // of data that went to or from a device
	Start     int64  // nanoseconds since the recorder began
	Duration  int64
}

// Recorder keeps what happens between StartRecorder and Stop.
type Recorder struct {
	begin time.Time
	full  func() // called after an event was kept, with no lock held; may be nil

	mu      sync.Mutex
	events  []SpanEvent
	dropped int
}

// maxSpans bounds what a recorder keeps, at about 80 bytes each.
const maxSpans = 2 << 20

// recorder is the one that records now, nil for none: all that a program pays which is not recorded is a look at it.
var recorder atomic.Pointer[Recorder]

// StartRecorder begins to record; false where another does. kept, if not nil, is called after each event.
func StartRecorder(kept func()) (r *Recorder, ok bool) {
	r = &Recorder{begin: time.Now(), full: kept}
	return r, recorder.CompareAndSwap(nil, r)
}

// Stop ends the recording.
func (r *Recorder) Stop() { recorder.CompareAndSwap(r, nil) }

// Now is the time since r began, in nanoseconds.
func (r *Recorder) Now() int64 { return int64(time.Since(r.begin)) }

// Take hands over the events that were kept since the last call, and counts those for which there was no room.
func (r *Recorder) Take() (events []SpanEvent, dropped int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	events, r.events = r.events, nil
	return events, r.dropped
}

// Keep adds an event.
func (r *Recorder) Keep(e SpanEvent) {
	r.mu.Lock()
	if len(r.events) < maxSpans {
		r.events = append(r.events, e)
	} else {
		r.dropped++
	}
	r.mu.Unlock()
	if r.full != nil {
		r.full()
	}
}

// Span is something that has begun. The zero Span, where nothing is recorded, does nothing.
type Span struct {
	r     *Recorder
	start int64
}

// BeginSpan begins a span where one is recorded.
func BeginSpan() Span {
	r := recorder.Load()
	if r == nil {
		return Span{}
	}
	return Span{r, r.Now()}
}

// Recorder is where s is recorded, nil where it is not.
func (s Span) Recorder() *Recorder { return s.r }

// Start is when s began, since the recorder did.
func (s Span) Start() int64 { return s.start }

// End keeps the span. bytes is 0 where no data are moved. src may be 0: then it is the line that called.
func (s Span) End(kind SpanKind, name string, src ir.Src, bytes int64) {
	if s.r == nil {
		return
	}
	if src == 0 {
		src = ir.Here(1)
	}
	s.r.Keep(SpanEvent{Kind: kind, Goroutine: getg(), Name: name, Src: src, Bytes: bytes, Start: s.start,
		Duration: s.r.Now() - s.start})
}

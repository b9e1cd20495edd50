package ir

import (
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// Src is a place in the user's program, interned to one word. It is made from the program counters of the call and
// resolved to a file and line only when someone asks. The zero Src is unknown.
type Src uint32

// maxPCs is how far up the stack a Src can look for the user's frame. The assembly of frames has the number too.
const maxPCs = 20

type srcEntry struct {
	pc   [maxPCs]uintptr
	once sync.Once
	file string
	line int
	fn   string
	call string // the library's function that was called there
}

// frameChain is a place as the frame pointers tell it; skip is Here's.
type frameChain struct {
	skip int
	pc   [maxPCs]uintptr
}

var srcs struct {
	sync.RWMutex
	byPC    map[[maxPCs]uintptr]Src
	byChain map[frameChain]Src
	list    []*srcEntry
}

// Here is the place of the caller; skip further frames are left out.
//
//go:noinline
func Here(skip int) Src {
	if !fastFrames {
		return here(skip + 1)
	}
	c := frameChain{skip: skip}
	frames(&c.pc)
	srcs.RLock()
	s, ok := srcs.byChain[c]
	srcs.RUnlock()
	if ok {
		return s
	}
	s = here(skip + 1)
	srcs.Lock()
	defer srcs.Unlock()
	if srcs.byChain == nil {
		srcs.byChain = map[frameChain]Src{}
	}
	srcs.byChain[c] = s
	return s
}

// Sure is Here for errors: it looks up the whole stack where the library's own frames are more than Here looks at, as
// in a walk that went deep.
//
//go:noinline
func Sure(skip int) Src {
	s := Here(skip + 1)
	if file, _ := s.Position(); file != "" {
		return s
	}
	// The steps overlap by half, so that the user's frame and the library's last one are found together.
	far := make([]uintptr, 1<<16)
	for far = far[:runtime.Callers(maxPCs/2, far)]; len(far) > 0; far = far[min(len(far), maxPCs/2):] {
		var pc [maxPCs]uintptr
		copy(pc[:], far)
		f := intern(pc)
		if file, _ := f.Position(); file != "" {
			return f
		}
	}
	return s
}

// here is Here by the runtime's own tables. It looks no further up than the chain of frame pointers that Here knows the
// place by: else two places with one chain would share what the first of them found beyond its end.
func here(skip int) Src {
	var pc [maxPCs]uintptr
	if runtime.Callers(skip+2, pc[:max(1, maxPCs-skip)]) == 0 {
		return 0
	}
	return intern(pc)
}

// intern is the Src of the stack pc.
func intern(pc [maxPCs]uintptr) Src {
	srcs.RLock()
	s, ok := srcs.byPC[pc]
	srcs.RUnlock()
	if ok {
		return s
	}
	srcs.Lock()
	defer srcs.Unlock()
	if s, ok = srcs.byPC[pc]; ok {
		return s
	}
	if srcs.byPC == nil {
		srcs.byPC = map[[maxPCs]uintptr]Src{}
	}
	srcs.list = append(srcs.list, &srcEntry{pc: pc})
	s = Src(len(srcs.list))
	srcs.byPC[pc] = s
	return s
}

func (s Src) entry() *srcEntry {
	if s == 0 {
		return nil
	}
	srcs.RLock()
	e := srcs.list[s-1]
	srcs.RUnlock()
	e.once.Do(e.resolve)
	return e
}

// resolve finds the innermost frame outside the library, and the function of the library that was called there.
func (e *srcEntry) resolve() {
	n := 0
	for n < maxPCs && e.pc[n] != 0 {
		n++
	}
	frames := runtime.CallersFrames(e.pc[:n])
	for {
		f, more := frames.Next()
		if f.File != "" && !internal(f.Function, f.File) {
			e.file, e.line, e.fn = f.File, f.Line, f.Function
			return
		}
		if name := CallName(f.Function, f.File); name != "" {
			e.call = name
		}
		if !more {
			return
		}
	}
}

const module = "github.com/gojax/gojax"

// The folders of the module that use the library as its users do. Everything else in it is the library itself.
var users = []string{"benchmarks", "cmd", "examples", "tests"}

// standard is the folder of the standard library's source, "" where the binary does not tell. Its frames lie between
// the library's own, where that sorts, and between the library's and the user's, where fmt prints an array.
var standard = func() string {
	pc := reflect.ValueOf(strings.ToLower).Pointer()
	file, _ := runtime.FuncForPC(pc).FileLine(pc)
	return strings.TrimSuffix(file, "strings/strings.go")
}()

// library is the folder of the module's source, "" where the binary does not tell. A closure of the library that is
// inlined into a user's function goes by the user's name, "main.main.func1.Relu.1": its file tells.
var library = func() string {
	_, file, _, _ := runtime.Caller(0)
	folder, ok := strings.CutSuffix(file, "ir/src.go")
	if !ok {
		return ""
	}
	return folder
}()

func internal(fn, file string) bool {
	if f, ok := strings.CutPrefix(file, library); ok && library != "" && !strings.HasSuffix(file, "_test.go") {
		folder, _, _ := strings.Cut(f, "/")
		return !slices.Contains(users, folder)
	}
	if strings.HasPrefix(fn, "runtime.") || strings.HasPrefix(fn, "reflect.") || standard != "" &&
		strings.HasPrefix(file, standard) {
		return true
	}
	_, ok := ofLibrary(fn)
	return ok && !strings.HasSuffix(file, "_test.go")
}

// ofLibrary is the name of a frame without the module's path, if it is of the library, and not of one of its users.
func ofLibrary(fn string) (rest string, ok bool) {
	rest, ok = inModule(fn)
	return rest, ok && !slices.ContainsFunc(users, func(u string) bool {
		t, ok := strings.CutPrefix(rest[1:], u)
		return ok && t != "" && (t[0] == '.' || t[0] == '/' || t[0] == '_')
	})
}

// inModule is the name of a frame without the module's path, if it is of the module.
func inModule(fn string) (rest string, ok bool) {
	rest, ok = strings.CutPrefix(fn, module)
	return rest, ok && rest != "" && (rest[0] == '.' || rest[0] == '/')
}

// Position is the full path of the file and the line; "" and 0 when unknown.
func (s Src) Position() (file string, line int) {
	if e := s.entry(); e != nil {
		return e.file, e.line
	}
	return "", 0
}

// Func is the name of the user's function, "" when unknown.
func (s Src) Func() string {
	if e := s.entry(); e != nil {
		return e.fn
	}
	return ""
}

// Stack is the user's frames, from the innermost outwards as far as they were kept; nil when unknown.
func (s Src) Stack() (stack []runtime.Frame) {
	e := s.entry()
	if e == nil || e.file == "" {
		return nil
	}
	n := 0
	for n < maxPCs && e.pc[n] != 0 {
		n++
	}
	frames := runtime.CallersFrames(e.pc[:n])
	for more := true; more; {
		var f runtime.Frame
		if f, more = frames.Next(); len(stack) > 0 || f.File == e.file && f.Line == e.line {
			stack = append(stack, f)
		}
	}
	return stack
}

// String is "file.go:12", or "?" when unknown.
func (s Src) String() string {
	file, line := s.Position()
	if file == "" {
		return "?"
	}
	return filepath.Base(file) + ":" + strconv.Itoa(line)
}

// Command gomlx does rows of the benchmarks by GoMLX. It speaks as ../peers/serve.py does: each line that it reads, a
// JSON object, asks for something, and is answered by one; arrays lie in .npy files. Its argument is a PJRT plugin.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"time"

	"github.com/gomlx/compute"
	_ "github.com/gomlx/go-xla/compute/xla"
	. "github.com/gomlx/gomlx/core/graph"
	"github.com/gomlx/gomlx/core/tensors"
	"github.com/gomlx/gomlx/core/tensors/numpy"
)

// work is what it has of the rows, by the names of ../peers/work.py.
var work = map[string]func(x []*Node, args []int) *Node{
	"exp3sin":   func(x []*Node, _ []int) *Node { return Add(Exp(x[0]), MulScalar(Sin(x[0]), 3)) },
	"add":       func(x []*Node, _ []int) *Node { return Add(x[0], x[0]) },
	"exp":       func(x []*Node, _ []int) *Node { return Exp(x[0]) },
	"tanh":      func(x []*Node, _ []int) *Node { return Tanh(x[0]) },
	"log":       func(x []*Node, _ []int) *Node { return Log(x[0]) },
	"pow":       func(x []*Node, _ []int) *Node { return PowScalar(x[0], 1.7) },
	"erf":       func(x []*Node, _ []int) *Node { return Erf(x[0]) },
	"where":     func(x []*Node, _ []int) *Node { return Where(IsPositive(x[0]), x[0], ZerosLike(x[0])) },
	"sum":       func(x []*Node, _ []int) *Node { return ReduceAllSum(x[0]) },
	"sum axis":  func(x []*Node, args []int) *Node { return ReduceSum(x[0], args[0]) },
	"max":       func(x []*Node, _ []int) *Node { return ReduceMax(x[0], 1) },
	"softmax":   func(x []*Node, _ []int) *Node { return Softmax(x[0], -1) },
	"sort":      func(x []*Node, _ []int) *Node { return Sort(x[0], -1, true) },
	"transpose": func(x []*Node, _ []int) *Node { return AddScalar(Transpose(x[0], 0, 1), 0) },
	"concat":    func(x []*Node, _ []int) *Node { return Concatenate([]*Node{x[0], x[0]}, 0) },
	"xtx":       func(x []*Node, _ []int) *Node { return MatMul(Transpose(x[0], 0, 1), x[0]) },
	"matmul":    func(x []*Node, _ []int) *Node { return MatMul(x[0], x[1]) },
	"einsum":    func(x []*Node, _ []int) *Node { return Einsum("bij,bkj->bik", x[0], x[1]) },
}

// question and answer are those of ../peer.go.
type question struct {
	Op, Work string
	Inputs   []any
	Args     []int
	Seconds  float64
	Warm     bool
	Folder   string
}

type answer struct {
	Error   string   `json:"error,omitempty"`
	Absent  bool     `json:"absent,omitempty"`
	First   float64  `json:"first"`
	Results []string `json:"results"`
	Typical float64  `json:"typical"`
	Least   float64  `json:"least"`
}

// server is what is loaded.
type server struct {
	backend compute.Backend
	inputs  []any
	call    func() *tensors.Tensor
}

func (s *server) answer(q question) (a answer) {
	defer func() { // GoMLX panics
		if failed := recover(); failed != nil {
			a = answer{Error: fmt.Sprint(failed)}
		}
	}()
	switch q.Op {
	case "load":
		s.load(q)
	case "run":
		return s.run(q)
	case "time":
		return s.time(q)
	}
	return a
}

func (s *server) load(q question) {
	for _, x := range s.inputs {
		must(x.(*tensors.Tensor).FinalizeAll())
	}
	s.inputs, s.call = nil, nil
	for _, path := range q.Inputs {
		path, is := path.(string)
		if !is { // a key: there are no random rows here
			return
		}
		x, err := numpy.FromNpyFile(path)
		must(err)
		must(x.ToDevice(s.backend, 0))
		s.inputs = append(s.inputs, x)
	}
}

func (s *server) run(q question) answer {
	f := work[q.Work]
	if f == nil {
		return answer{Absent: true}
	}
	e, err := NewExec(s.backend, func(x []*Node) *Node { return f(x, q.Args) })
	must(err)
	s.call = func() *tensors.Tensor {
		y, err := e.Call(s.inputs...)
		must(err)
		return y[0]
	}
	start := time.Now()
	y := s.call()
	first := time.Since(start)
	path := filepath.Join(q.Folder, "out.npy")
	must(numpy.ToNpyFile(y, path))
	must(y.FinalizeAll())
	return answer{First: first.Seconds() * 1e3, Results: []string{path}}
}

func (s *server) time(q question) answer {
	once := func() { must(s.call().FinalizeAll()) }
	if q.Warm {
		once()
	}
	var all []float64
	begin := time.Now()
	for last := begin; len(all) == 0 || last.Sub(begin).Seconds() < q.Seconds; {
		once()
		now := time.Now()
		all = append(all, now.Sub(last).Seconds()*1e3)
		last = now
	}
	slices.Sort(all)
	return answer{Typical: all[len(all)/2], Least: all[0]}
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

// version is that of a module this is built with.
func version(path string) string {
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, m := range info.Deps {
			if m.Path == path {
				return m.Version
			}
		}
	}
	return "unknown"
}

func main() {
	backend, err := compute.NewWithConfig("xla:" + os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	out := json.NewEncoder(os.Stdout)
	must(out.Encode(map[string]string{"gomlx": version("github.com/gomlx/gomlx")}))
	s := &server{backend: backend}
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, math.MaxInt32)
	for in.Scan() {
		var q question
		must(json.Unmarshal(in.Bytes(), &q))
		must(out.Encode(s.answer(q)))
	}
}

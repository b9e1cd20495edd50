package pjrt

import (
	"bytes"
	"math"
	"strconv"

	"github.com/gojax/gojax/ir"
)

// XLA makes one function of a while loop on a CPU if a round reads and writes less than so many bytes (1024, where
// nothing else is said); another loop starts each operation by itself, at some 50 ns. A loop whose rounds do n steps
// may take n times as many bytes, for it to stay what it was. The limit is an option that is in a map, which a program
// can only change with all the others: they are read from a program that the plugin has compiled.
const (
	smallLoop       = 1024
	smallLoopOption = "xla_cpu_small_while_loop_byte_threshold"

	moduleWithConfigConfig = 2
	configDebugOptions     = 14
	debugBackendOptions    = 500
)

// debugOptions are the serialized DebugOptions for a program, nil where those of the plugin serve.
func (c *Client) debugOptions(text []byte) []byte {
	n := unrolled(text)
	if n <= 1 || !c.cpu || c.defaults == nil {
		return nil
	}
	d := c.defaults()
	if d == nil || bytes.Contains(d, []byte(smallLoopOption)) { // the user has set it in XLA_FLAGS
		return nil
	}
	limit := protoBytes(nil, 1, []byte(smallLoopOption))
	limit = protoBytes(limit, 2, strconv.AppendInt(nil, int64(smallLoop*min(n, math.MaxInt32)), 10))
	return protoBytes(bytes.Clone(d), debugBackendOptions, limit)
}

// unrolled is how many steps the program's loops do in a round, 0 where it does not say.
func unrolled(text []byte) int {
	head, _, _ := bytes.Cut(text, []byte("\n"))
	_, after, _ := bytes.Cut(head, []byte(ir.UnrolledAttribute+` = "`))
	digits, _, _ := bytes.Cut(after, []byte(`"`))
	n, _ := strconv.Atoi(string(digits))
	return n
}

// ownDebugOptions are the serialized DebugOptions that the plugin compiles with; nil where it does not tell them.
func (c *Client) ownDebugOptions() []byte {
	x, err := c.Compile([]byte("func.func @main() { return }"), CompileOptions{})
	if err != nil {
		return nil
	}
	defer x.Delete()
	code, format, err := x.optimized()
	if err != nil || format != "hlo_with_config" {
		return nil
	}
	config, err := message(code).one(moduleWithConfigConfig)
	if err != nil {
		return nil
	}
	debug, err := config.one(configDebugOptions)
	if err != nil {
		return nil
	}
	return debug
}

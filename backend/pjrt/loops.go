package pjrt

import (
	"bytes"
	"strconv"

	"github.com/gojax/gojax/ir"
)

// XLA makes one function of a while loop on a CPU if a round reads and writes less than so many bytes, 1024 where
// nothing else is said. A module says otherwise by ir.SmallLoopsAttribute. The limit is an option that is in a map, and
// such a program can only change with all the others: they are read from a program that the plugin has compiled.
const (
	smallLoopOption = "xla_cpu_small_while_loop_byte_threshold"

	moduleWithConfigConfig = 2
	configDebugOptions     = 14
	debugBackendOptions    = 500
)

// debugOptions are the serialized DebugOptions for a program, nil where those of the plugin serve. A program for
// several devices has others, which say how its shardings are written down.
func (c *Client) debugOptions(text []byte, on []*Device) []byte {
	limit := smallLoops(text)
	if limit == nil || !c.cpu || on != nil || c.defaults == nil {
		return nil
	}
	d := c.defaults()
	if d == nil || bytes.Contains(d, []byte(smallLoopOption)) { // the user has set it in XLA_FLAGS
		return nil
	}
	entry := protoBytes(protoBytes(nil, 1, []byte(smallLoopOption)), 2, limit)
	return protoBytes(bytes.Clone(d), debugBackendOptions, entry)
}

// smallLoops is the value of ir.SmallLoopsAttribute, nil where the program has none.
func smallLoops(text []byte) []byte {
	head, _, _ := bytes.Cut(text, []byte("\n"))
	_, after, _ := bytes.Cut(head, []byte(ir.SmallLoopsAttribute+` = "`))
	digits, _, _ := bytes.Cut(after, []byte(`"`))
	if _, err := strconv.ParseUint(string(digits), 10, 31); err != nil {
		return nil
	}
	return digits
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

package pjrt

import (
	"fmt"
	"slices"
)

// The numbers of further fields of XLA's messages (xla/service/hlo.proto, xla/xla_data.proto).
const (
	moduleAliases = 8

	aliasEntries   = 1
	aliasOutput    = 1
	aliasParameter = 2

	instructionMetadata = 7

	metadataFile = 3
	metadataLine = 4
)

// Copy is a donated argument that a program copies, or does not take over.
type Copy struct {
	Parameter int
	Op        string // the operation that has it copied; "": no result uses its memory
	File      string // where that stands, if it is known
	Line      int
}

// Copies are those of the given arguments whose memory the program does not write its results into without copying
// them: by its optimized form.
func (x *Executable) Copies(parameters []int) ([]Copy, error) {
	m, err := x.module()
	if err != nil {
		return nil, err
	}
	c, err := findCopies(m, parameters)
	if err != nil {
		return nil, fmt.Errorf("pjrt: copies of arguments: %w", err)
	}
	return c, nil
}

// copies is a module in which copies are looked for.
type copies struct {
	comps map[int64]*hloComputation
	entry *hloComputation
	at    map[int64]*hloInstruction // of the entry
	alias map[int]int64             // the output that an argument's memory becomes
}

func findCopies(m message, parameters []int) (found []Copy, err error) {
	c := &copies{comps: map[int64]*hloComputation{}, at: map[int64]*hloInstruction{}, alias: map[int]int64{}}
	if err := c.read(m); err != nil {
		return nil, err
	}
	for _, p := range parameters {
		out, taken := c.alias[p]
		if !taken {
			found = append(found, Copy{Parameter: p})
		} else if i := c.copied(p, out); i != nil {
			found = append(found, Copy{p, i.opcode, i.file, int(i.line)})
		}
	}
	return found, nil
}

func (c *copies) read(m message) error {
	var entry int64
	err := m.each(func(f field) error {
		switch f.number {
		case moduleEntry:
			entry = int64(f.value)
		case moduleComputations:
			comp, err := readComputation(f.bytes)
			c.comps[comp.id] = &comp
			return err
		case moduleAliases:
			return f.bytes.each(func(f field) error { return c.readAlias(f.bytes) })
		}
		return nil
	})
	if err != nil {
		return err
	}
	if c.entry = c.comps[entry]; c.entry == nil {
		return errProto
	}
	for k := range c.entry.instructions {
		c.at[c.entry.instructions[k].id] = &c.entry.instructions[k]
	}
	return nil
}

func (c *copies) readAlias(m message) error {
	var out []int64
	parameter := 0
	err := m.each(func(f field) error {
		switch f.number {
		case aliasOutput:
			out = f.ints(out)
		case aliasParameter:
			parameter = int(f.value)
		}
		return nil
	})
	c.alias[parameter] = 0
	if len(out) > 0 {
		c.alias[parameter] = out[0]
	}
	return err
}

// copied is the instruction that has argument p copied, of which output out takes the memory; nil if none does.
func (c *copies) copied(p int, out int64) *hloInstruction {
	var shape string
	for _, i := range c.entry.instructions {
		if i.opcode == "parameter" && i.parameter == int64(p) {
			shape = i.shape
		}
	}
	for k := range c.entry.instructions {
		i := &c.entry.instructions[k]
		if from := c.source(i); isCopy(i) && from != nil && from.opcode == "parameter" && from.parameter == int64(p) {
			return c.reason(i)
		}
	}
	root := c.at[c.entry.root]
	if root != nil && root.opcode == "tuple" && out < int64(len(root.operands)) {
		root = c.at[root.operands[out]]
	}
	if root != nil && isCopy(root) {
		if from := c.source(root); from != nil {
			return from
		}
		return root
	}
	// In the bodies of loops and branches an array of that shape is copied in every turn.
	for _, comp := range c.comps {
		if comp == c.entry || !c.runs(comp.id) {
			continue
		}
		for k := range comp.instructions {
			if i := &comp.instructions[k]; isCopy(i) && i.shape == shape {
				return i
			}
		}
	}
	return nil
}

func isCopy(i *hloInstruction) bool { return i.opcode == "copy" || i.opcode == "copy-start" }

// source is what the operand of i is made of, by instructions that move nothing.
func (c *copies) source(i *hloInstruction) *hloInstruction {
	for range len(c.entry.instructions) {
		if len(i.operands) == 0 {
			return nil
		}
		if i = c.at[i.operands[0]]; i == nil || i.opcode != "bitcast" && i.opcode != "copy" {
			return i
		}
	}
	return nil
}

// reason is what uses the copy i in place, or i itself.
func (c *copies) reason(i *hloInstruction) *hloInstruction {
	for k := range c.entry.instructions {
		if u := &c.entry.instructions[k]; slices.Contains(u.operands, i.id) && u.opcode != "tuple" {
			return u
		}
	}
	return i
}

// runs reports whether a computation is that of a loop or a branch, and not of the elements of one instruction.
func (c *copies) runs(id int64) bool {
	for _, comp := range c.comps {
		for _, i := range comp.instructions {
			if slices.Contains(i.calls, id) &&
				(i.opcode == "while" || i.opcode == "conditional" || i.opcode == "call") {
				return true
			}
		}
	}
	return false
}

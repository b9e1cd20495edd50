package pjrt

import (
	"encoding/binary"
	"slices"
	"strings"
	"testing"
)

// A damaged or cut protocol buffer is an error, and never a panic.
func TestPrintDamaged(t *testing.T) {
	c := client(t)
	code, _, err := compile(t, c, addProgram).optimized()
	if err != nil {
		t.Fatal(err)
	}
	for n := range code {
		m, err := message(code[:n]).one(1)
		if err == nil {
			_, _ = printModule(m)
		}
	}
	if _, err := printModule(message{0x1a, 0x7f, 1}); err == nil {
		t.Error("no error")
	}
}

// bytesField and numberField are fields of a message as they are written.
func bytesField(number int, b []byte) []byte {
	head := binary.AppendUvarint(nil, uint64(number)<<wireBits|wireBytes)
	return append(binary.AppendUvarint(head, uint64(len(b))), b...)
}

func numberField(number int, v uint64) []byte {
	return binary.AppendUvarint(binary.AppendUvarint(nil, uint64(number)<<wireBits|wireVarint), v)
}

func packed(v ...uint64) (b []byte) {
	for _, x := range v {
		b = binary.AppendUvarint(b, x)
	}
	return b
}

// aModule is a module with one fusion, in which every field that is printed occurs.
func aModule() []byte {
	matrix := slices.Concat(numberField(shapeType, 11), bytesField(shapeDimensions, packed(2, 3)),
		bytesField(shapeLayout, bytesField(layoutMinorToMajor, packed(1, 0))))
	pair := slices.Concat(numberField(shapeType, 13), bytesField(shapeTuple, matrix),
		bytesField(shapeTuple, numberField(shapeType, 99)))
	parameter := slices.Concat(bytesField(instructionName, []byte("p")),
		bytesField(instructionOpcode, []byte("parameter")),
		bytesField(instructionShape, pair), numberField(instructionParameter, 0), numberField(instructionID, 7))
	element := slices.Concat(bytesField(instructionName, []byte("e")),
		bytesField(instructionOpcode, []byte("get-tuple-element")),
		bytesField(instructionShape, matrix), numberField(instructionTupleIndex, 1),
		numberField(instructionOperands, 7), numberField(instructionID, 8))
	call := slices.Concat(bytesField(instructionName, []byte("f")), bytesField(instructionOpcode, []byte("fusion")),
		bytesField(instructionShape, matrix),
		bytesField(instructionDimensions, packed(0)), bytesField(instructionComparison, []byte("LT")),
		bytesField(instructionFusionKind, []byte("kLoop")),
		bytesField(instructionCallTarget, []byte("target")), bytesField(instructionOperands, packed(8, 7)),
		numberField(instructionCalls, 3), numberField(instructionID, 9))
	main := slices.Concat(bytesField(computationName, []byte("main")), bytesField(computationInstructions, parameter),
		bytesField(computationInstructions, element), bytesField(computationInstructions, call),
		numberField(computationID, 3), numberField(computationRoot, 9))
	return slices.Concat(bytesField(moduleName, []byte("m")), bytesField(moduleComputations, main),
		numberField(moduleEntry, 3))
}

func TestPrintModule(t *testing.T) {
	got, err := printModule(aModule())
	const want = `HloModule m

ENTRY %main {
  %p = (f32[2,3]{1,0}, type99[]) parameter(0)
  %e = f32[2,3]{1,0} get-tuple-element(%p), index=1
  ROOT %f = f32[2,3]{1,0} fusion(%e, %p), dimensions={0}, direction=LT, kind=kLoop, custom_call_target="target", calls=%main
}
`
	if err != nil || got != want {
		t.Errorf("%v\n%s\nwant\n%s", err, got, want)
	}
	var deep []byte
	for range 10 * maxNesting {
		deep = bytesField(shapeTuple, deep)
	}
	if _, err := readShape(deep, 0); err == nil {
		t.Error("a tuple without an end is no error")
	}
}

// Whatever the bytes are, they are printed or refused.
func FuzzPrintModule(f *testing.F) {
	whole := aModule()
	f.Add(whole)
	f.Add(whole[:len(whole)/2])
	f.Add([]byte{})
	f.Add([]byte{0x1a, 0x7f, 1})
	f.Add([]byte{3<<wireBits | wireFixed64, 1, 2, 3, 4, 5, 6, 7, 8, 3<<wireBits | wireFixed32, 1, 2, 3, 4})
	f.Add(bytesField(moduleComputations,
		bytesField(computationInstructions, bytesField(instructionShape, slices.Repeat([]byte{0xff}, 12)))))
	f.Fuzz(func(t *testing.T, data []byte) {
		_, _ = readTilings(data, 8, 2)
		s, err := printModule(data)
		if (err == nil) != strings.HasPrefix(s, "HloModule ") {
			t.Errorf("%q, %v", s, err)
		}
	})
}

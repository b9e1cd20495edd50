package jnp_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"
	"testing"

	"github.com/gojax/gojax/jnp"
)

// withHeader is a .safetensors file with any header, and data after it.
func withHeader(header string, data int) []byte {
	b := binary.LittleEndian.AppendUint64(nil, uint64(len(header)))
	return append(append(b, header...), make([]byte, data)...)
}

// Headers that do not say where all bytes of the file belong are errors.
func TestSafetensorsErrors(t *testing.T) {
	one := func(dtype, shape string, begin, end int) string {
		return fmt.Sprintf(`"%s%d":{"dtype":"%s","shape":%s,"data_offsets":[%d,%d]}`, dtype, begin, dtype, shape, begin,
			end)
	}
	for want, file := range map[string][]byte{
		"has 3 bytes":        []byte("abc"),
		"its header claims":  binary.LittleEndian.AppendUint64(nil, 1<<63),
		"claims 100000000 b": append(binary.LittleEndian.AppendUint64(nil, 100_000_000), make([]byte, 100)...),
		"no JSON object":     withHeader(`[]`, 0),
		"EOF":                withHeader(`{"a"`, 0),
		"invalid character":  withHeader(`{"a":{}x}`, 0),
		"follows the header": withHeader(`{} {}`, 0),
		"is there twice":     withHeader("{"+one("F32", "[1]", 0, 4)+","+one("F32", "[1]", 0, 4)+"}", 4),
		"overlap":            withHeader("{"+one("F32", "[1]", 0, 4)+","+one("F64", "[1]", 2, 10)+"}", 10),
		"leave a gap":        withHeader("{"+one("F32", "[1]", 4, 8)+"}", 8),
		"cut off":            withHeader("{"+one("F32", "[1]", 0, 4)+"}", 3),
		"something follows":  withHeader("{}", 1),
		"takes 8 bytes":      withHeader("{"+one("F32", "[2]", 0, 4)+"}", 4),
		"its place is 4 to":  withHeader("{"+one("F32", "[0]", 4, 0)+"}", 4),
		"negative length":    withHeader("{"+one("F32", "[-1]", 0, 4)+"}", 4),
		"more bytes":         withHeader("{"+one("F32", "[4611686018427387904,4]", 0, 4)+"}", 4),
		"axes":               withHeader("{"+one("F32", "["+strings.Repeat("1,", 300)+"1]", 0, 4)+"}", 4),
		"cannot unmarshal":   withHeader("{"+one("F32", "[1.5]", 0, 4)+"}", 4),
		`"F4"`:               withHeader("{"+one("F4", "[2]", 0, 1)+"}", 1),
		"is not given":       withHeader(`{"a":{"dtype":"F32","shape":[]}}`, 4),
		"__metadata__":       withHeader(`{"__metadata__":{"a":1}}`, 0),
		"exceeded max depth": withHeader(`{"a":`+strings.Repeat("[", 20000)+strings.Repeat("]", 20000)+"}", 0),
	} {
		arrays, err := jnp.LoadSafetensors(bytes.NewReader(file), int64(len(file)))
		if err == nil || !strings.Contains(err.Error(), want) ||
			!strings.HasPrefix(err.Error(), "jnp.LoadSafetensors: ") {
			t.Errorf("%.100q: %v, %v, want %q", file, arrays, err, want)
		}
	}
	if _, err := jnp.LoadSafetensors(nil, 10); err == nil {
		t.Error("nil is read")
	}
	empty := withHeader("{}  ", 0)
	if arrays, err := jnp.LoadSafetensors(bytes.NewReader(empty), int64(len(empty))); err != nil || len(arrays) != 0 {
		t.Errorf("no arrays: %v, %v", arrays, err)
	}
	if err := jnp.SaveSafetensors(failing{}, nil); err == nil {
		t.Error("a writer that fails: no error")
	}
}

// Elements are aligned for their type, as the format's own library writes them.
func TestSafetensorsAlignment(t *testing.T) {
	var b bytes.Buffer
	arrays := map[string]jnp.Array{"a": jnp.FromSlice([]bool{true}), "b": jnp.FromSlice([]float32{1, 2}),
		"c": jnp.FromSlice([]complex64{1i})}
	if err := jnp.SaveSafetensors(&b, arrays); err != nil {
		t.Fatal(err)
	}
	n := binary.LittleEndian.Uint64(b.Bytes())
	want := `{"c":{"dtype":"C64","shape":[1],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],` +
		`"data_offsets":[8,16]},"a":{"dtype":"BOOL","shape":[1],"data_offsets":[16,17]}}`
	if got := strings.TrimRight(b.String()[8:8+n], " "); n%8 != 0 || got != want {
		t.Errorf("the header of %d bytes is\n%s\nwant\n%s", n, got, want)
	}
}

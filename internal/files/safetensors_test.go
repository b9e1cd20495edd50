package files

import (
	"bytes"
	"reflect"
	"strings"
	"testing"

	"github.com/gojax/gojax/ir"
)

// What NewHeader describes is what ReadHeader reads.
func TestHeader(t *testing.T) {
	var tensors []Tensor
	for _, d := range ir.AllDTypes() {
		if Code(d) != "" {
			tensors = append(tensors, Tensor{Name: "<" + d.String() + "> \"é\"", Code: Code(d), Shape: []int{2, 3}})
		}
	}
	tensors = append(tensors, Tensor{Name: "", Code: Float8E4M3, Shape: []int{}}, Tensor{Name: "0", Code: "I8",
		Shape: []int{0}})
	h, err := NewHeader([][2]string{{"b", "1"}, {"a", "{\"x\": 2}"}}, tensors)
	if err != nil {
		t.Fatal(err)
	}
	size := h.Tensors[len(h.Tensors)-1].End
	file := append(bytes.Clone(h.Text), make([]byte, size-int64(len(h.Text)))...)
	got, err := ReadHeader(bytes.NewReader(file), size)
	if err != nil {
		t.Fatal(err)
	}
	byName := map[string]Tensor{}
	for _, x := range got.Tensors {
		byName[x.Name] = x
		if x.Begin%int64(x.DType().Size()) != 0 {
			t.Errorf("%v is not aligned", x)
		}
	}
	for _, x := range h.Tensors {
		if !reflect.DeepEqual(byName[x.Name], x) {
			t.Errorf("%v was read as %v", x, byName[x.Name])
		}
	}
	if !reflect.DeepEqual(got.Metadata, h.Metadata) || !bytes.Equal(got.Text, h.Text) || len(byName) != len(h.Tensors) {
		t.Errorf("%v was read as %v", h, got)
	}
	if !strings.HasPrefix(string(h.Text[8:]), `{"__metadata__":{"b":"1","a":"{\"x\": 2}"},`) {
		t.Errorf("the metadata are not in order: %.100q", h.Text[8:])
	}
	if _, err := NewHeader([][2]string{{"a", strings.Repeat("x", MaxHeader)}}, nil); err == nil {
		t.Error("a header that is too long is made")
	}
}

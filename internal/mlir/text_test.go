package mlir

import "testing"

func TestAttrText(t *testing.T) {
	e := func(s string) Type { return Type{Kind: Element, Elem: s} }
	for want, a := range map[string]Attr{
		`"a\22\0Ab"`:                 "a\"\nb",
		"7 : i64":                    Number{e("i64"), 7},
		"255 : ui8":                  Number{e("ui8"), -1},
		"1.5e+00 : f32":              Number{e("f32"), 0x3fc00000},
		"0x7F800000 : f32":           Number{e("f32"), 0x7f800000},
		"#stablehlo<precision HIGH>": Enum{"precision", "HIGH"},
		"dense<[[1, 2], [3, 4]]> : tensor<2x2xi8>": Dense{TensorOf("i8", 2, 2), []byte{1, 2, 3, 4}},
		"dense<-1> : tensor<3xi16>":                Dense{TensorOf("i16", 3), []byte{0xff, 0xff}},
		"dense<[true, false]> : tensor<2xi1>":      Dense{TensorOf("i1", 2), []byte{1, 0}},
		"dense<> : tensor<0x3xf32>":                Dense{TensorOf("f32", 0, 3), nil},
		`dense<"0x0000803F"> : tensor<f32>`:        Dense{TensorOf("f32"), []byte{0, 0, 0x80, 0x3f}},
		`{"a b" = [true], c = i32}`:                Dict{{"a b", []Attr{true}}, {"c", e("i32")}},
	} {
		if got := attrText(a); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

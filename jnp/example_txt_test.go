package jnp_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/gojax/gojax/jnp"
)

func ExampleLoadTxt_Read() {
	const text = `
name, length, width
"setosa, 1", 5.1, 3.5
"setosa, 2", 4.9, 3.0
`
	x, err := jnp.LoadTxt{Delimiter: ",", SkipRows: 2, Columns: []int{1, 2}}.Read(strings.NewReader(text))
	fmt.Println(x, err)
	// Output:
	// [[5.1 3.5]
	//  [4.9 3. ]] <nil>
}

func ExampleLoadTxt_LoadFile() {
	dir, _ := os.MkdirTemp("", "")
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "x.csv")
	x := jnp.FromSlice([]float32{1, 2.5, 3, 4}, 2, 2)
	if err := (jnp.SaveTxt{Format: "%.1f", Header: "a, b"}).SaveFile(path, x); err != nil {
		fmt.Println(err)
	}
	fmt.Println(jnp.LoadTxt{Columns: []int{1}}.LoadFile(path))
	// Output: [2.5 4. ] <nil>
}

func ExampleSaveTxt_Write() {
	x := jnp.FromSlice([]float32{1, 2.5, 3, 4}, 2, 2)
	if err := (jnp.SaveTxt{Format: "%d: %.2f"}).Write(os.Stdout, x); err != nil {
		fmt.Println(err)
	}
	// Output:
	// 1: 2.50
	// 3: 4.00
}

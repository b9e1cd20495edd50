package main

import (
	"github.com/gojax/gojax"
	"github.com/gojax/gojax/debug"
	"github.com/gojax/gojax/ir"
)

// shardings draws the shardings of docs/PARALLEL.md, by the name of the file. The mesh need not be there.
func shardings() (map[string]string, error) {
	mesh, err := ir.NewMesh("cpu", []int{4, 2}, []string{"data", "model"}, []int{0, 1, 2, 3, 4, 5, 6, 7})
	if err != nil {
		return nil, err
	}
	svg := map[string]string{}
	err = gojax.Try(func() {
		for name, spec := range map[string]gojax.Spec{
			"rows": gojax.P("data", nil), "columns": gojax.P(nil, "model"), "both": gojax.P("data", "model"),
			"axes": gojax.P([]string{"data", "model"}), "whole": gojax.P(),
		} {
			picture := debug.ShardingPicture{Scale: 0.55}
			svg["sharding-"+name+".svg"] = picture.ShardingSVG([]int{16, 32}, gojax.NamedSharding(mesh, spec))
		}
	})
	return svg, err
}

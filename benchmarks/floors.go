package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
)

// floor is how fast a row is at least, as the time of its yardstick over its own.
type floor struct {
	Row   string  `json:"row"`
	Least float64 `json:"least"`
}

func readFloors(path string) (floors []floor, err error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(data, &floors); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return floors, nil
}

// checkFloors compares the report with floors, prints both, and says which rows fall through.
func (rep *report) checkFloors(path string) error {
	floors, err := readFloors(path)
	if err != nil {
		return err
	}
	var errs []error
	for _, f := range floors {
		at := 0.
		for _, r := range rep.Rows {
			if r.Name == f.Row && r.Cells[yardstick].Median > 0 {
				at = r.Cells[yardstick].Median / r.Cells[oursJitted].Median
			}
		}
		fmt.Printf("%-36s %.2f of its yardstick, floor %.2f\n", f.Row, at, f.Least)
		if at < f.Least {
			errs = append(errs, fmt.Errorf("%s is at %.2f of its yardstick, under %.2f", f.Row, at, f.Least))
		}
	}
	return errors.Join(errs...)
}

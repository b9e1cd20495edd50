package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

func TestReport(t *testing.T) {
	rep := sampleReport()
	var text, table, data strings.Builder
	for b, write := range map[*strings.Builder]func(b *strings.Builder) error{
		&text:  func(b *strings.Builder) error { return rep.print(b) },
		&table: func(b *strings.Builder) error { return rep.markdown(b) },
		&data:  func(b *strings.Builder) error { return rep.encode(b) },
	} {
		if err := write(b); err != nil {
			t.Fatal(err)
		}
	}
	for _, want := range []string{"median of gojax / numpy over 2 rows: 1.00", "1 of 2 rows are more than 10% behind",
		"1.50 times numpy: slow*2"} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("the text lacks %q:\n%s", want, &text)
		}
	}
	if want := `| slow\*2 | ms | 3 | 2 | 4 |`; !strings.Contains(table.String(), want) {
		t.Errorf("the table lacks %q:\n%s", want, &table)
	}
	var again report
	if err := json.Unmarshal([]byte(data.String()), &again); err != nil || !reflect.DeepEqual(&again, rep) {
		t.Errorf("JSON gives another report back, %v:\n%s", err, &data)
	}
	if rep.failures() == nil {
		t.Error("a row that failed is no failure")
	}
}

func TestFloors(t *testing.T) {
	floors, err := readFloors("floors.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range floors {
		found := false
		for _, r := range rows() {
			found = found || r.name == f.Row && r.ideal != nil
		}
		if !found || f.Least <= 0 || f.Least > 1.5 {
			t.Errorf("the floor %+v is of no row with a yardstick, or no ratio", f)
		}
	}
	rep := sampleReport()
	rep.Rows[0].Cells[yardstick] = cell{Median: 0.8}
	path := filepath.Join(t.TempDir(), "floors.json")
	for text, falls := range map[string]bool{`[{"row": "fast <one>", "least": 0.7}]`: false,
		`[{"row": "fast <one>", "least": 0.9}]`: true, `[{"row": "no such row", "least": 0.1}]`: true} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := rep.checkFloors(path); (err != nil) != falls {
			t.Errorf("with %s: %v", text, err)
		}
	}
}

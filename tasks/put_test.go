package tasks

import "testing"

func TestPut(t *testing.T) {
	for _, o := range []Options{{Workers: 2}, {Workers: 2, InProcess: true}} {
		p := start(t, o)
		x := make([]float64, 1<<18) // 2 MB: not in each of the messages
		inputs := make([]share, 100)
		for i := range inputs {
			x[i], inputs[i] = 0.5*float64(i), share{I: i}
		}
		if _, err := total.Map(p, inputs[:1]); err == nil {
			t.Error("a Ref that is none gave something")
		}
		ref, err := Put(p, x)
		if err != nil {
			t.Fatal(err)
		}
		for i := range inputs {
			inputs[i].Data = ref
		}
		got, err := total.Map(p, inputs)
		if err != nil {
			t.Fatal(err)
		}
		for i, v := range got {
			if v != x[i] {
				t.Fatalf("value %d is %v", i, v)
			}
		}
		p.Close()
		if _, err := Put(p, 1); err == nil {
			t.Error("a closed pool took a value")
		}
	}
}

package tasks

import "testing"

// What is deleted is gone from the server and from the workers, and nothing else is.
func TestDelete(t *testing.T) {
	p := start(t, Options{Workers: 1})
	keep, err := Put(p, []float64{1})
	if err != nil {
		t.Fatal(err)
	}
	ref, err := Put(p, []float64{2})
	if err != nil {
		t.Fatal(err)
	}
	if v, err := total.Go(p, share{Data: ref}).Wait(); v != 2 || err != nil {
		t.Errorf("%v, %v", v, err)
	}
	if err := ref.Delete(p); err != nil {
		t.Error(err)
	}
	for name, bad := range map[string]func() error{
		"a task":      func() error { _, err := total.Go(p, share{Data: ref}).Wait(); return err },
		"none":        func() error { return Ref[int]{}.Delete(p) },
		"closed pool": func() error { q := start(t, Options{InProcess: true}); q.Close(); return keep.Delete(q) },
	} {
		if bad() == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if v, err := total.Go(p, share{Data: keep}).Wait(); v != 1 || err != nil {
		t.Errorf("what was not deleted: %v, %v", v, err)
	}
}

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

package random_test

import (
	"bytes"
	"encoding/gob"
	"encoding/json"
	"testing"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/random"
)

// TestEncoding writes keys within a struct and reads them again: the numbers that follow are the same.
func TestEncoding(t *testing.T) {
	type state struct{ Key, Keys, Unset random.KeyArray }
	k := random.Key(42)
	in := state{Key: k, Keys: random.Split(k, 3)}
	var fromJSON, fromGob state
	text, err := json.Marshal(in)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &fromJSON); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := gob.NewEncoder(&b).Encode(in); err != nil {
		t.Fatal(err)
	}
	if err := gob.NewDecoder(&b).Decode(&fromGob); err != nil {
		t.Fatal(err)
	}
	for _, out := range []state{fromJSON, fromGob} {
		if !jnp.ToSlice[bool](jnp.ArrayEqual(random.Uniform(out.Key, 3), random.Uniform(in.Key, 3)))[0] ||
			!jnp.ToSlice[bool](jnp.ArrayEqual(out.Keys.Data(), in.Keys.Data()))[0] {
			t.Errorf("read %v, wrote %v", out, in)
		}
	}
	for _, text := range []string{`[1,2]`, `{"dtype":"uint32","shape":[3],"data":[1,2,3]}`, `5`} {
		var k random.KeyArray
		if err := json.Unmarshal([]byte(text), &k); err == nil {
			t.Errorf("%s is read as a key", text)
		}
	}
}

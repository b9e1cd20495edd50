package random

import (
	"bytes"
	"errors"

	"github.com/gojax/gojax/jnp"
	"github.com/gojax/gojax/trace"
)

// MarshalJSON is the bits of k, as Data has them, as an array in JSON, of type int32 where k belongs to
// ThreefryOriginal or UnsafeRBG; null for one that was never set. Who reads them knows what is drawn with k.
func (k KeyArray) MarshalJSON() ([]byte, error) { return jnp.Wrap(k.v).MarshalJSON() }

// UnmarshalJSON reads what MarshalJSON writes. null leaves k as it is.
func (k *KeyArray) UnmarshalJSON(text []byte) error {
	if t := bytes.TrimSpace(text); len(t) > 0 && t[0] == '[' { // a list does not say its dtype
		return errors.New("random: a key is an object of dtype, shape and data in JSON, as MarshalJSON writes it")
	}
	return k.read(func(bits *jnp.Array) error { return bits.UnmarshalJSON(text) })
}

// MarshalBinary is the bits of k in NumPy's .npy format: what gob keeps of keys. One that was never set is empty.
func (k KeyArray) MarshalBinary() ([]byte, error) { return jnp.Wrap(k.v).MarshalBinary() }

// UnmarshalBinary reads what MarshalBinary writes.
func (k *KeyArray) UnmarshalBinary(data []byte) error {
	return k.read(func(bits *jnp.Array) error { return bits.UnmarshalBinary(data) })
}

// read makes keys of the bits that decode reads, if there are any.
func (k *KeyArray) read(decode func(bits *jnp.Array) error) error {
	var bits jnp.Array
	if err := decode(&bits); err != nil || bits.TraceValue() == nil {
		return err
	}
	return trace.Try(func() {
		i := implOf(bits.TraceValue())
		*k = wrapped("random.KeyArray.Unmarshal", i, jnp.Wrap(unsigned(bits.TraceValue())))
	})
}

// Package checkpoint keeps trees of arrays in files, so that a long computation can be taken up again after it ended,
// however it ended. These functions are used most:
//
//	err := checkpoint.Save("params.safetensors", params)  // a tree: structs, slices, maps of arrays and random keys
//	err = checkpoint.Load("params.safetensors", &params)  // into a tree of that type, set or not
//
//	m := checkpoint.Manager{Dir: "run7", Keep: 3}          // a folder of numbered ones, of which the last 3 are kept
//	err = m.Save(step, state)
//	step, err := m.Restore(&state)                         // the latest; fs.ErrNotExist if there is none
//
//	entries, err := checkpoint.List(m.Path(step))          // what is in it: paths, dtypes, shapes, plain values
//
// JAX has no such functions of its own; those who use it take Orbax's CheckpointManager, or flax.serialization.
//
// # What is promised
//
// A file is there whole or not at all. It is written under another name in the same folder, put on the disk (fsync),
// and given its name last. If the process is killed at any moment, the disk is full or the folder cannot be written to,
// the older files are as they were; the next Save removes what a killed process left behind. Several processes and
// goroutines may save into one folder, and load from it, at a time.
//
// What is loaded is what was saved, to the bit, or Load gives an error and leaves the tree as it was. Two SHA-256 sums
// over all bytes of the file find damage (ErrDamaged). After that the structure is compared, and the error names each
// path that differs, as Go would write it behind the tree's name: .Layers[0].W.
//
// # What must fit
//
// What the tree holds already is checked: the dtype and shape of an array, the generator and the shape of keys, the
// lengths of slices, the keys of maps, plain Go values (int, float64, string, bool). What it leaves unset is taken from
// the file: zero Arrays, nil pointers, empty slices and maps, plain values that are zero. So the zero value of a type
// takes all, and a step counter that is 0 takes the one that was saved, but a tree of other sizes is refused. Fields of
// structs are found by name, and all must be there. An interface that is nil takes arrays, keys, plain values,
// map[string]any and []any (for other types, set it to a value of the type). An array is put where the one lies that
// the tree holds, on its device or over its mesh, else on the default device.
//
// While 64-bit types are off, data of 64 bits are narrowed as jnp.FromSlice does it.
//
// # The format
//
// A checkpoint is a .safetensors file, so that other programs can read its arrays, in Python by safetensors.numpy:
// their names are the paths. Random keys are their words, as random.KeyArray.Data has them, and complex128, which the
// format lacks, is float64 with one more axis, of length 2. The metadata has the structure, as JSON in "tree", and the
// sums in "header" and "data". Of these, the first is over everything up to the elements, with 64 zeros in its own
// place, the second over the elements.
package checkpoint

package main

// exceptionsNumPy are those of jax.numpy.
var exceptionsNumPy = map[string]map[string]string{
	"jax.numpy": {

		"vectorize": "gojax.Vectorize",
		"ndarray":   "jnp.Array",
		"array":     "!jnp.AsArray, jnp.FromSlice (which copy what they are given)",

		"c_":        "jnp.ColumnStack, jnp.Concatenate (Python's index notation has no form in Go)",
		"r_":        "jnp.Concatenate (Python's index notation has no form in Go)",
		"index_exp": "jnp.S",
		"mgrid":     "jnp.Mesh.Meshgrid (with IJ)",
		"ogrid":     "jnp.Mesh.Meshgrid (with IJ and Sparse)",

		"frompyfunc":  "jnp.UFunc",
		"fromfile":    "jnp.FromBuffer, jnp.FromString (jnp.LoadFile reads .npy, .csv and others)",
		"from_dlpack": "out: arrays come from and go to Go slices",

		"ComplexWarning": "out: dropping an imaginary part is an error or asked for by jnp.Real",
		"iterable":       outTyped,
		"object_":        outPython,
		"generic":        "jnp.AnyKind",
		"flexible":       "out: there are no arrays of text or bytes",
		"character":      "out: there are no arrays of text or bytes",
		"number":         "!jnp.Numeric",
		"integer":        "jnp.Integral",

		"single":   "jnp.Float32",
		"double":   "jnp.Float64",
		"csingle":  "jnp.Complex64",
		"cdouble":  "jnp.Complex128",
		"int_":     "!jnp.Int32, jnp.Int64 (the default is that of Go's int: jnp.ResultType(0))",
		"uint":     "jnp.Uint32, jnp.Uint64 (the default is that of Go's uint)",
		"float_":   "!jnp.Float32, jnp.Float64 (the default is that of Go's float64: jnp.ResultType(0.0))",
		"complex_": "jnp.Complex64, jnp.Complex128 (the default is that of Go's complex128)",

		"float6_e2m3fn":      outNarrow,
		"float6_e3m2fn":      outNarrow,
		"float4_e2m1fn":      outNarrow,
		"float8_e3m4":        outNarrow,
		"float8_e4m3":        outNarrow,
		"float8_e4m3b11fnuz": outNarrow,
		"float8_e4m3fn":      outNarrow,
		"float8_e4m3fnuz":    outNarrow,
		"float8_e5m2":        outNarrow,
		"float8_e5m2fnuz":    outNarrow,
		"float8_e8m0fnu":     outNarrow,
		"int1":               outNarrow,
		"int2":               outNarrow,
		"int4":               outNarrow,
		"uint1":              outNarrow,
		"uint2":              outNarrow,
		"uint4":              outNarrow,

		"fft":    "fft.FFT (package jnp/fft)",
		"linalg": "linalg.Norm (package jnp/linalg)",
	},
	"jax.numpy.fft": {},
	"jax.ops":       {},
}

// exceptionsArray are the methods of arrays and of indexed updates.
var exceptionsArray = map[string]map[string]string{
	"jax.Array": {
		"addressable_data":        "jnp.Array.Shards",
		"addressable_shards":      "jnp.Array.Shards",
		"global_shards":           "jnp.Array.Shards",
		"is_fully_addressable":    "out: a process sees all of its arrays",
		"is_fully_replicated":     "jnp.Array.Sharding (Sharding.Replicated)",
		"committed":               outInternal,
		"aval":                    "jnp.Array.Shape, jnp.Array.DType, jnp.Array.Weak",
		"byteswap":                "out: data in other byte order are Go's encoding/binary",
		"clone":                   "jnp.Array.Copy",
		"copy_to_host_async":      "out: a goroutine that calls jnp.ToSlice",
		"device_buffer":           "out: JAX's older name for the array itself",
		"device_buffers":          "out: JAX's older name for the array itself",
		"flat":                    "jnp.ToSlice, jnp.Array.Ravel",
		"format":                  "!" + outInternal,
		"itemsize":                "ir.DType.Size",
		"on_device_size_in_bytes": "jnp.Array.NBytes",
		"platform":                "jnp.Array.Device (its Platform)",
		"tobytes":                 "jnp.ToSlice (encoding/binary does the rest)",
		"tolist":                  "jnp.ToSlice",
		"traceback":               "out: errors name the line of Go",
		"unsafe_buffer_pointer":   "out: memory belongs to the device",
		"weak_type":               "jnp.Array.Weak",
	},
	"jax.Array.at": {
		"array":    "jnp.Ref (what At makes)",
		"index":    "jnp.Array.At (its arguments)",
		"divide":   "jnp.Ref.Div",
		"multiply": "jnp.Ref.Mul",
		"power":    "jnp.Ref.Pow",
		"subtract": "jnp.Ref.Sub",
	},
}

// exceptionsLibraries are those of the libraries above jax.numpy.
var exceptionsLibraries = map[string]map[string]string{
	"jax.random": {
		"PRNGKey":   "random.Key",
		"key_data":  "random.KeyArray.Data",
		"key_dtype": "out: Threefry is the one generator",
		"key_impl":  "random.KeyArray.Impl",
	},
	"jax.nn": {
		"get_scaled_dot_general_config": "out: for a GPU library's block-scaled types",
		"scaled_dot_general":            "out: for a GPU library's block-scaled types",
		"scaled_matmul":                 "out: for a GPU library's block-scaled types",
		"initializers":                  "initializers.GlorotNormal (package nn/initializers)",
	},
}

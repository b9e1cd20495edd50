"""Writes files.jsonl: files as NumPy and safetensors write them, and what they hold.

python files.py > files.jsonl, with numpy, ml_dtypes and safetensors.
"""

import base64
import io
import json
import warnings

import ml_dtypes
import numpy as np
from safetensors.numpy import save, load

warnings.simplefilter("ignore")  # of empty text


def b64(b):
    return base64.b64encode(b).decode()


def array(x):
    x = np.asarray(x)
    return {"dtype": x.dtype.name, "shape": list(x.shape), "data": b64(np.ascontiguousarray(x).tobytes())}


def line(**kw):
    print(json.dumps(kw))


def file(name, data, arrays=None, error=None):
    line(file=name, bytes=b64(data), arrays={k: array(v) for k, v in (arrays or {}).items()}, error=error or "")


def npy(x, version=None):
    f = io.BytesIO()
    np.lib.format.write_array(f, np.asarray(x), version=version)
    return f.getvalue()


rng = np.random.default_rng(1)
m = np.arange(6.0).reshape(2, 3)
for name, x in {
    "float64": m, "float32": m.astype("f4"), "float16": m.astype("f2"), "int8": m.astype("i1"),
    "int64": np.array([-(2**62), 7]), "uint64": np.array([2**63 + 5], "u8"), "uint16": np.array([65535, 1], "u2"),
    "bool": np.array([True, False, True]), "complex64": np.array([1 + 2j, -3j], "c8"), "complex128": m * (1 - 2j),
    "columns": np.asfortranarray(m), "columns3": np.asfortranarray(np.arange(24, dtype="i2").reshape(2, 3, 4)),
    "big": m.astype(">f8"), "bigColumns": np.asfortranarray(m.astype(">i4")), "bigComplex": (m * 1j).astype(">c16"),
    "scalar": np.float32(2.5), "empty": np.zeros((0, 3), "i4"), "emptyColumns": np.zeros((3, 0), order="F"),
    "special": np.array([np.nan, np.inf, -np.inf, -0.0, 5e-324]),
}.items():
    native = np.asarray(x)
    file(name + ".npy", npy(x), {"": native.astype(native.dtype.newbyteorder("="))})
file("version2.npy", npy(m, (2, 0)), {"": m})
file("version3.npy", npy(m, (3, 0)), {"": m})
file("bfloat16.npy", npy(m.astype(ml_dtypes.bfloat16)), {"": m.astype(ml_dtypes.bfloat16)})
file("records.npy", npy(np.zeros(3, [("a", "f4"), ("b", "i4")])), error="records")
file("text.npy", npy(np.array(["a", "bcd"])), error="U3")
file("longdouble.npy", npy(np.zeros(2, np.longdouble)), error="f16")
file("dates.npy", npy(np.array(["2020-01-01"], "M8[D]")), error="no array of numbers")
f = io.BytesIO()
np.save(f, np.array([{}], object), allow_pickle=True)
file("objects.npy", f.getvalue(), error="no array of numbers")
file("truncated.npy", npy(m)[:-1], error="47 follow")
file("noHeader.npy", npy(m)[:40], error="cut off")

arrays = {"w": m.astype("f4"), "b": np.array([1, 2, 3]), "a/b c": np.array(True), "empty": np.zeros((0,), "c16")}
for name, write in {"stored": np.savez, "packed": np.savez_compressed}.items():
    f = io.BytesIO()
    write(f, **arrays)
    file(name + ".npz", f.getvalue(), arrays)
    file(name + "Cut.npz", f.getvalue()[:-30], error="zip")
f = io.BytesIO()
np.savez(f, m)
file("alone.npz", f.getvalue(), {"arr_0": m})

names = ["bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "float16", "float32",
         "float64", "complex64"]
every = {n: np.array([[0, 1], [2, 3]]).astype(n) for n in names}
every["bfloat16"] = m.astype(ml_dtypes.bfloat16)
every["scalar"] = np.array(7, "f4")
every["empty"] = np.zeros((0, 2), "f4")
data = save(every, {"any": "text"})
file("every.safetensors", data, every)
file("truncated.safetensors", data[:-1], error="cut off")
file("longer.safetensors", data + b"x", error="something follows")
file("header.safetensors", data[:50], error="claims")
bytes_ = np.arange(256, dtype="u1")
for t, d in {"float8_e4m3fn": ml_dtypes.float8_e4m3fn, "float8_e5m2": ml_dtypes.float8_e5m2}.items():
    x = bytes_.view(d)
    file(t + ".safetensors", save({"x": x}), {"x": x.astype(ml_dtypes.bfloat16)})


def text(src, opts=None, **kw):
    try:
        out = {"array": array(np.loadtxt(io.StringIO(src), **kw))}
    except Exception:
        out = {"error": "yes"}
    line(text=src, options=opts or {}, **out)


text("1 2 3\n4 5 6\n")
text("1\t2  3\r\n 4 5 6")
text("# head\n1 2 # tail\n\n  \n3 4\n#end")
text("1 2 3\n")
text("1\n2\n3\n")
text("7")
text("")
text("# nothing\n")
text("1e3 -inf +.5\n")
text("1 2\n3\n")
text("1 x\n")
text("1,2\n3,4\n", {"Delimiter": ","}, delimiter=",")
text("1, 2 ,3\n4,\t5,6", {"Delimiter": ","}, delimiter=",")
text("1,,3\n", {"Delimiter": ","}, delimiter=",")
text("1,2,\n", {"Delimiter": ","}, delimiter=",")
text("a,b\n1,2\n3,4\n", {"Delimiter": ",", "SkipRows": 1}, delimiter=",", skiprows=1)
text("# c\n1 2\n3 4\n", {"SkipRows": 1}, skiprows=1)
text("1 2\n", {"SkipRows": 5}, skiprows=5)
text("1 2\n# c\n\n3 4\n5 6\n", {"MaxRows": 2}, max_rows=2)
text("1 2 3\n4 5 6\n", {"Columns": [2, 0]}, usecols=(2, 0))
text("1 2 3\n4 5 6\n", {"Columns": [-1]}, usecols=-1)
text("1 2 3\n4 5 6\n", {"Columns": [3]}, usecols=3)
text("1 text 3\n4 more 6\n", {"Columns": [0, 2]}, usecols=(0, 2))
text("", {"Columns": [0, 2]}, usecols=(0, 2))
text("1;2%3;4\n5;6%7\n", {"Delimiter": ";", "Comments": "%"}, delimiter=";", comments="%")
text("1 2\n3 4\n", {"DType": "int32"}, dtype="i4")
text("1 2.5\n", {"DType": "int32"}, dtype="i4")
text("300\n", {"DType": "uint8"}, dtype="u1")
text("9007199254740993 -9007199254740993\n", {"DType": "int64"}, dtype="i8")
text("(1+2j) -3j\n1e0+2e1j 4\n", {"DType": "complex128"}, dtype="c16")
text("1.1 2.2\n", {"DType": "float32"}, dtype="f4")
text("0 1 2\n", {"DType": "bool"}, dtype="?")
for ndmin in 1, 2:
    for src in "7", "1 2 3", "1\n2\n3\n", "1 2\n3 4\n", "":
        text(src, {"NDMin": ndmin}, ndmin=ndmin)
text('"a, b",2\n"c ""d""\ne",4\n', {"Delimiter": ",", "Columns": [1]}, delimiter=",", quotechar='"', usecols=1)


def written(x, opts=None, **kw):
    x = np.asarray(x)
    f = io.StringIO()
    np.savetxt(f, x, **kw)
    line(written=f.getvalue(), options=opts or {}, array=array(x))


written(m / 3)
written(np.arange(3) / 7)
written(m.astype("f4") / 3)
written(m / 3, {"Format": "%.3f", "Delimiter": ","}, fmt="%.3f", delimiter=",")
written(m, {"Format": "%d"}, fmt="%d")
written(m / 3, {"Format": "%10.4e|%-8.2f|%+d"}, fmt="%10.4e|%-8.2f|%+d")
written(np.arange(4).reshape(2, 2), {"Format": "%d"}, fmt="%d")
written(np.arange(4).reshape(2, 2), {"Format": "%.2f"}, fmt="%.2f")
written(np.array([True, False]), {"Format": "%d"}, fmt="%d")
written(np.array([[1 + 2j, -1 - 0.5j]]))
written(np.array([1 + 2j, -1 - 0.5j]), {"Format": "%.2f"}, fmt="%.2f")
written(m, {"Format": "%g", "Header": "a b c\nd", "Footer": "end", "Newline": "\r\n"}, fmt="%g", header="a b c\nd",
        footer="end", newline="\r\n")
written(m, {"Format": "%g", "Header": "a", "Comments": "// "}, fmt="%g", header="a", comments="// ")
written(np.array([np.nan, np.inf, -np.inf]))
written(np.zeros((0, 2)))
written(np.zeros((2, 0)))

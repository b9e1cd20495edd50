package ir

import (
	"slices"
	"strings"
)

// engine are the packages that users do not call themselves.
var engine = []string{"/backend/", "/internal/", "/ir.", "/lower.", "/trace."}

// CallName is the name by which users call the function of the library whose frame is named fn, in file, "" if it is
// not one that they call. It is made of the last part of the package's path and the function's own name, "jnp.Add"; a
// method has its type's name too, "stats.Norm.PDF", but for those of jnp.Array that are functions as well: "jnp.Add"
// for x.Add(y). What is below transforms is known as the root package's, which passes it on. A closure is known as the
// function that holds it.
func CallName(fn, file string) string {
	path, ok := ofLibrary(fn)
	if !ok || !internal(fn, file) ||
		slices.ContainsFunc(engine, func(p string) bool { return strings.HasPrefix(path, p) }) {
		return ""
	}
	pkg, name, _ := strings.Cut(path[strings.LastIndexByte(path, '/')+1:], ".")
	if pkg == "" || strings.HasPrefix(path, "/transforms/") {
		pkg = "gojax"
	}
	first, rest, _ := strings.Cut(plainName.Replace(name), ".")
	second, _, _ := strings.Cut(rest, ".")
	switch {
	case !exported(first):
		return ""
	case unexportedMethod(second):
		return ""
	case !exported(second): // a closure, or nothing
		return pkg + "." + first
	case first == "Array" && !slices.Contains(arrayOnly, second):
		return pkg + "." + second
	}
	return pkg + "." + first + "." + second
}

// arrayOnly are the methods of jnp.Array that no function of jnp has the name of.
var arrayOnly = strings.Fields(
	`And At AtIx BlockUntilReady Bool DType Device Devices Eq Flatten Float FloorDiv Format Ge GoString Gt Head Index
	Int IsDeleted IsReady Item Le Len LogValue Lt MT MarshalBinary MarshalJSON NBytes Ne Not Or Row Rows SetTraceValue
	Sharding Shards Slice String T Tail ToDevice TraceValue UnmarshalBinary UnmarshalJSON View Weak Xor`)

// plainName takes away what the names of frames have besides: type parameters, pointers, the mark of a method value.
var plainName = strings.NewReplacer("[...]", "", "(*", "", ")", "", "-fm", "")

// unexportedMethod reports whether what follows a name in that of a frame is a method that users cannot call, and not
// the number of a closure, "func1" or "1".
func unexportedMethod(name string) bool {
	return name != "" && !exported(name) && !strings.HasPrefix(name, "func") && (name[0] < '0' || name[0] > '9')
}

func exported(name string) bool { return name != "" && 'A' <= name[0] && name[0] <= 'Z' }

// Call is the function of the library that was called at this place, as its user knows it: "jnp.Add", "gojax.Vmap",
// "stats.Norm.PDF". It is "" when unknown.
func (s Src) Call() string {
	if e := s.entry(); e != nil {
		return e.call
	}
	return ""
}

// Package docs makes one program of all the Go in the pages of docs and README.md, so that a test can build and run it.
//
// A block between ```go and ``` is a piece. So is a block between "<!-- go" and "-->", which readers do not see: it
// holds what a piece needs and nobody has to read. And so is a cell of a table below the heading Go, a line of code
// between backquotes.
//
// The pieces of a page are one function, each in the scope of those before it, and a cell in a scope of its own.
// Declarations of functions and types are the page's. Imports are worked out from the names (program.go: paths); a
// piece may import others itself.
//
// What a piece prints is compared where it says so: by a comment behind a line with fmt.Print, which goes on in the
// lines of comments below it, or by "// Output:" at the end, as in Go's examples.
package docs

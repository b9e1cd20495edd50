// Package grad differentiates programs: JVP writes the program of a function and its tangents, Split cuts a program
// into what can be computed without some of its inputs and what is left, and Transpose runs a linear program backwards.
// Reverse mode is the three in a row; Linearize does the first two in one walk.
package grad

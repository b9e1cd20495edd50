// Package lower writes programs as StableHLO text, the form in which plugins take them.
//
// The text is a function of the program alone: equal to the byte for programs of equal structural key (locations, which
// tell where the user wrote each equation, are left out unless asked for). Inner programs that are called become
// private functions, written once each however often they are called.
package lower

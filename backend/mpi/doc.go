// Package mpi starts MPI in this process, by a library that it looks for when the program runs: no MPI is needed to
// build a program, and one binary serves Open MPI, MPICH and its kin (Intel MPI, Cray MPI), and the ABI of MPI 5. Users
// have package distributed, which stands on this one.
//
// Most used: Find, Launched, Start, (*Comm).Gather, (*Comm).Stop.
package mpi

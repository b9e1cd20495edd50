package jit

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/gojax/gojax/trace"
)

// checkInPlace refuses e, which en was compiled to, where it copies an array that is given to it.
func (en *Entry) checkInPlace(e *exe) {
	if why := en.copies(e); why != nil {
		panic(trace.NewError(en.f.op(), en.in, en.src, fmt.Errorf("RequireInPlace: %w", why)))
	}
}

// copies says which of the arrays that are given to e it copies.
func (en *Entry) copies(e *exe) error {
	switch {
	case e.hidden > 0:
		return errors.New(
			"the program calls Go functions that may use gojax, and runs apart: given arrays are copied to it")
	case e.host != nil:
		return errors.New("the program calls kernels, and runs on the CPU: given arrays are copied there")
	case e.stages != nil:
		return errors.New("the program is run in several parts, which do not take arrays over; leave OverCores out")
	}
	var given []int
	for i, g := range en.donate {
		if g {
			given = append(given, i)
		}
	}
	found, err := e.x.Copies(given)
	if err != nil {
		return err
	}
	var all []string
	for _, c := range found {
		name := en.leafName(c.Parameter)
		switch {
		case c.Op == "":
			all = append(all, fmt.Sprintf("%s (%v) becomes no result: none has its type that is free", name,
				en.in[c.Parameter]))
		case c.File == "":
			all = append(all, fmt.Sprintf("%s is copied for the operation %s", name, c.Op))
		default:
			all = append(all,
				fmt.Sprintf("%s is copied for the operation %s at %s:%d", name, c.Op, filepath.Base(c.File), c.Line))
		}
	}
	if all == nil {
		return nil
	}
	return errors.New(strings.Join(all, "; ") + "; write to it after all reads, or do not donate it")
}

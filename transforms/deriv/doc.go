// Package deriv differentiates Go functions of trees: what package gojax offers as Grad, JVP, VJP, Jacobians and
// functions with derivatives of their own. It takes the functions apart and hands leaves to package grad, which
// differentiates programs.
package deriv

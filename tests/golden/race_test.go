//go:build race

package golden

// stride: under the race detector, which makes everything several times slower, one case in so many of the families of
// functions is run. All of them run without it.
const stride = 12

//go:build !race

package golden

const stride = 1

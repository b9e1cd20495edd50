// Package signal holds SciPy's convolutions, correlations and spectra: what jax.scipy.signal has of scipy.signal, and
// the windows, boundaries and blocks that belong to it.
//
// Five functions are used most:
//
//	y := signal.Convolve(x, kernel)     // of any number of axes; Correlate does not flip the kernel
//	y = signal.FFTConvolve(x, kernel)   // the same by Fourier transforms, for long kernels
//	f, p := signal.Welch(x)             // the power at each frequency
//	f, t, z := signal.STFT(x)           // the spectrum over time; ISTFT goes back
//	y = signal.Detrend(x)               // without the line through the data
//
//	f, p := signal.Spectral{SampleRate: 1000, SegmentLength: 512}.Welch(x)
//
// Elements are floats or complex numbers; integers are turned into the default float. Spectra of float16 and bfloat16
// are computed in float32, which they stay.
//
// Axes are trailing arguments. Other keyword arguments are fields of a struct that has the function as a method; the
// last line of a function's comment names it. These are the structs, each with its functions and, behind each field,
// the keyword of SciPy:
//
//	Convolution    Convolve, Correlate, FFTConvolve, OAConvolve
//	               Mode (mode), Method (method), Precision (JAX's precision)
//	Convolution2D  Convolve2D, Correlate2D
//	               Mode (mode), Boundary (boundary), FillValue (fillvalue), Precision (JAX's precision)
//	Detrending     Detrend
//	               Trend (type), Breakpoints (bp)
//	Spectral       CSD, Welch, STFT, ISTFT
//	               SampleRate (fs), Window and Weights (window), SegmentLength (nperseg), Overlap (noverlap), FFTLength
//	               (nfft), Trend (detrend), TwoSided (return_onesided=False, input_onesided=False), Scaling (scaling),
//	               Median (average="median"), Boundary (boundary), Unpadded (padded=False)
package signal

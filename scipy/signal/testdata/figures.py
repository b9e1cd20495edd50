# Writes scipy.txt, the figures of SciPy for signal_test.go: python3 figures.py > scipy.txt
import numpy as np
import scipy.signal as s

x7 = np.array([1, -2, 3, 0.5, 4, 2, -1.5])
x3 = np.array([2, -1, 0.5])
x4 = np.array([1, 0.5, -2, 3])
m = np.arange(12.0).reshape(3, 4) - 5
k = np.array([[1, 2.0], [-1, 0.5]])
z = np.array([1 + 1j, 2 - 1j, -1, 3j])
w = np.array([1j, 2 - 1j, 1])


def show(name, *arrs):
    out = []
    for a in arrs:
        a = np.asarray(a)
        kind, form = "float32", lambda v: "%.8g" % v
        if np.iscomplexobj(a):
            kind, form = "complex64", lambda v: "%.8g%+.8gi" % (v.real, v.imag)
        out.append(f"{kind}{list(a.shape)} ".replace(", ", ", ") + ", ".join(map(form, a.ravel())))
    print(name, "|", "|".join(out))


for mode in ["full", "same", "valid"]:
    show("convolve "+mode, s.convolve(x7, x3, mode))
    show("convolve swapped "+mode, s.convolve(x3, x7, mode))
    show("correlate "+mode, s.correlate(x7, x4, mode))
    show("correlate swapped "+mode, s.correlate(x4, x7, mode))
    show("correlate complex "+mode, s.correlate(z, w, mode))
    show("correlate complex swapped "+mode, s.correlate(w, z, mode))
    show("convolve 2 "+mode, s.convolve(m, k, mode))
    for b in ["fill", "wrap", "symm"]:
        show(f"convolve2d {mode} {b}", s.convolve2d(m, k, mode, b, 1.5 if b=="fill" else 0))
        show(f"correlate2d {mode} {b}", s.correlate2d(m, k, mode, b, 1.5 if b=="fill" else 0))
    show(f"fftconvolve axes {mode}", s.fftconvolve(m, k[:1], mode, axes=1))
    show(f"oaconvolve {mode}", s.oaconvolve(np.tile(x7, 20), x3, mode)[:5])
t = np.arange(40)
y = np.round(4*np.sin(t*0.7)+t/8, 2)+ (t%5==0)
y2 = np.round(np.cos(t*t*0.03), 2)
show("detrend", s.detrend(x7))
show("detrend constant", s.detrend(m, axis=0, type="constant"))
show("detrend bp", s.detrend(x7, bp=[3]))
show("welch", *s.welch(y))
show("welch 16", *s.welch(y, fs=10, nperseg=16, window="hamming", scaling="spectrum"))
show("welch median", *s.welch(y, nperseg=8, average="median", detrend="linear", noverlap=3, nfft=9))
show("welch two", *s.welch(y, nperseg=8, return_onesided=False, detrend=False, noverlap=0))
show("welch axis", *s.welch(np.stack([y, y2], 1), nperseg=8, axis=0, fs=2.))
show("csd", *s.csd(y, y2, nperseg=16))
show("csd median", *s.csd(y, y2[:30], nperseg=8, average="median"))
show("welch array", *s.welch(y, window=np.array([1, 2, 3, 2.])))
show("stft", *s.stft(y[:11], nperseg=4))
show("stft odd", *s.stft(y[:11], nperseg=5, noverlap=4, boundary="odd", fs=100, detrend="constant"))
show("stft none", *s.stft(y[:11], nperseg=4, noverlap=1, boundary=None, padded=False, window="boxcar"))
show("stft even", *s.stft(y[:11], nperseg=4, boundary="even", nfft=6, return_onesided=False))
show("stft const", *s.stft(np.stack([y[:9], y2[:9]], 1), nperseg=4, boundary="constant", axis=0))
for n in ["boxcar", "bartlett", "triang", "hann", "hamming", "blackman", "blackmanharris", "nuttall", "flattop",
          "cosine", "bohman", "parzen", ("tukey", 0.3), ("kaiser", 5), ("gaussian", 2)]:
    show(f"window {n}", s.get_window(n, 7), s.get_window(n, 6))

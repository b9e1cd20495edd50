package api

import (
	"os"
	"regexp"
	"strings"
	"testing"
	"unicode"
)

// words are those of docs/NAMES.md as Go writes them, by their small letters.
type words map[string]string

func readWords(t *testing.T) words {
	t.Helper()
	text, err := os.ReadFile("../../docs/NAMES.md")
	if err != nil {
		t.Fatal(err)
	}
	_, list, _ := strings.Cut(string(text), "\n```words\n")
	list, _, found := strings.Cut(list, "\n```\n")
	if !found {
		t.Fatal("docs/NAMES.md has no list of words")
	}
	w := words{}
	for line := range strings.Lines(list) {
		const kind = len("initialisms   ")
		for word := range strings.FieldsSeq(line[kind:]) {
			if small := strings.ToLower(word); w[small] != "" {
				t.Errorf("docs/NAMES.md has the word %s twice", word)
			} else {
				w[small] = word
			}
		}
	}
	return w
}

// split is a part of a name in the fewest words that make it up, numbers being words too; nil if none do.
func (w words) split(part string) []string {
	part = strings.ToLower(part)
	best := make([][]string, len(part)+1) // of the first letters
	best[0] = []string{}
	for i := range part {
		if best[i] == nil {
			continue
		}
		for j := i + 1; j <= len(part); j++ {
			word := w[part[i:j]]
			if word == "" && strings.Trim(part[i:j], "0123456789") == "" {
				word = part[i:j]
			}
			if word != "" && (best[j] == nil || len(best[i])+1 < len(best[j])) {
				best[j] = append(best[i][:len(best[i]):len(best[i])], word)
			}
		}
	}
	return best[len(part)]
}

// spell is a name of JAX's as Go spells it.
func (w words) spell(jax string) string {
	var b strings.Builder
	for part := range strings.SplitSeq(jax, "_") {
		for _, part := range humps(part) {
			if split := w.split(part); split != nil {
				b.WriteString(strings.Join(split, ""))
			} else if part != "" {
				b.WriteString(strings.ToUpper(part[:1]) + strings.ToLower(part[1:]))
			}
		}
	}
	return b.String()
}

// humps splits a name of a class: FftType into Fft and Type, JAXIndexError into JAX, Index and Error.
func humps(s string) (parts []string) {
	start := 0
	for i := 1; i < len(s); i++ {
		before, here := rune(s[i-1]), rune(s[i])
		next := i+1 < len(s) && unicode.IsLower(rune(s[i+1]))
		if unicode.IsUpper(here) && (!unicode.IsUpper(before) || next) {
			parts, start = append(parts, s[start:i]), i
		}
	}
	return append(parts, s[start:])
}

// capitalised is a word of a Go name that is not written in capitals.
var capitalised = regexp.MustCompile(`[A-Z][a-z]+`)

// respell is a Go name with its words as the list has them.
func (w words) respell(name string) string {
	var b strings.Builder
	end := 0
	for _, at := range capitalised.FindAllStringIndex(name, -1) {
		word := name[at[0]:at[1]]
		plural := len(word) == 2 && word[1] == 's' && at[0] > 0 && unicode.IsUpper(rune(name[at[0]-1])) // SVDs
		if split := w.split(word); split != nil && !plural {
			word = strings.Join(split, "")
		}
		b.WriteString(name[end:at[0]] + word)
		end = at[1]
	}
	return b.String() + name[end:]
}

func TestSpelling(t *testing.T) {
	w := readWords(t)
	for jax, want := range map[string]string{
		"sum": "Sum", "cumsum": "CumSum", "cumulative_sum": "CumulativeSum", "zeros_like": "ZerosLike",
		"linspace": "LinSpace", "bincount": "BinCount", "logaddexp2": "LogAddExp2", "isrealobj": "IsRealObj",
		"atleast_1d": "AtLeast1D", "histogramdd": "HistogramDD", "ediff1d": "EDiff1D", "setxor1d": "SetXor1D",
		"irfftn": "IRFFTN", "rfft2": "RFFT2", "fftfreq": "FFTFreq", "FftType": "FFTType", "mT": "MT",
		"nan_to_num": "NaNToNum", "isnan": "IsNaN", "nanargmax": "NaNArgMax", "gcd": "GCD", "kl_div": "KLDiv",
		"einsum": "Einsum", "meshgrid": "Meshgrid", "count_nonzero": "CountNonzero", "log_softmax": "LogSoftmax",
		"asin": "Asin", "isin": "IsIn", "polygamma": "Polygamma", "polyint": "PolyInt", "gammaincc": "GammaIncc",
		"vstack": "VStack", "psum_scatter": "PSumScatter", "xlog1py": "XLog1pY", "log1mexp": "Log1mExp",
		"fmax": "Fmax", "expm1": "Expm1", "log10": "Log10", "bessel_i1e": "BesselI1e", "hyp2f1": "Hyp2F1",
		"bool_": "Bool", "enable_x64": "EnableX64", "uint8": "Uint8", "bfloat16": "BFloat16", "rot90": "Rot90",
	} {
		if got := w.spell(jax); got != want {
			t.Errorf("%s is %s, want %s", jax, got, want)
		}
	}
	for name, want := range map[string]string{
		"LhsSide": "LHSSide", "Keepdims": "KeepDims", "A.LinspaceEnd": "A.LinSpaceEnd", "A.NanLog": "A.NaNLog",
		"SVDs": "SVDs", "NaNMax": "NaNMax", "FFTShift": "FFTShift", "RFFTFreq": "RFFTFreq", "XLogY": "XLogY",
	} {
		if got := w.respell(name); got != want {
			t.Errorf("%s is %s, want %s", name, got, want)
		}
	}
}

package serve

import (
	"mime"
	"net/http"
	"strconv"
	"strings"
)

// The kinds of bodies.
const (
	jsonKind = "application/json"
	npyKind  = "application/x-npy"
	npzKind  = "application/x-npz"
)

const kinds = jsonKind + ", " + npyKind + " or " + npzKind

// kindOf is the kind of the body of a request with headers h.
func kindOf(h http.Header) (string, error) {
	if e := h.Get("Content-Encoding"); e != "" && !strings.EqualFold(e, "identity") {
		return "", statusf(http.StatusUnsupportedMediaType, "the Content-Encoding is %.100q; send the body without one",
			e)
	}
	header := h.Get("Content-Type")
	kind, _, err := mime.ParseMediaType(header)
	if header == jsonKind || header == npyKind || header == npzKind { // as nearly all are
		return header, nil
	}
	if err == nil && (kind == jsonKind || kind == npyKind || kind == npzKind) {
		return kind, nil
	}
	return "", statusf(http.StatusUnsupportedMediaType, "the Content-Type is %.100q; it should be %s", header, kinds)
}

// accepted is the kind of an answer of n arrays for the given Accept headers and the kind of the question: the first
// one that is taken, and best the question's own.
func accepted(headers []string, question string, n int) (string, error) {
	natural := question
	if natural == npyKind && n != 1 {
		natural = npzKind
	}
	header := strings.Join(headers, ",")
	if strings.TrimSpace(header) == "" {
		return natural, nil
	}
	best, weight, single := "", 0.0, false
	for part := range strings.SplitSeq(header, ",") {
		kind, params, err := mime.ParseMediaType(part)
		if err != nil {
			continue
		}
		q := 1.0
		if text, ok := params["q"]; ok {
			if q, err = strconv.ParseFloat(text, 64); err != nil {
				continue
			}
		}
		switch kind {
		case "*/*", "application/*":
			kind = natural
		case npyKind:
			if n != 1 {
				single = true
				continue
			}
		case jsonKind, npzKind:
		default:
			continue
		}
		if q > weight || q == weight && q > 0 && kind == natural {
			best, weight = kind, q
		}
	}
	if best == "" && single {
		return "", statusf(http.StatusNotAcceptable, "the program gives %d arrays: ask for %s or %s", n, npzKind,
			jsonKind)
	}
	if best == "" {
		return "", statusf(http.StatusNotAcceptable, "the answer can be %s", kinds)
	}
	return best, nil
}

// decode reads the arrays of a body. numbered says that they are called arr_0 and so on, as numpy.savez does it.
func (m *model) decode(kind string, body []byte) (in []*array, numbered bool, err error) {
	switch kind {
	case npyKind:
		in, err = m.readNPY(body)
	case npzKind:
		in, numbered, err = m.readNPZ(body)
	default:
		in, err = m.readJSON(body)
	}
	if err != nil {
		err = status(http.StatusBadRequest, err)
	}
	return in, numbered, err
}

// encode writes the arrays of an answer.
func (m *model) encode(kind string, out []*array, numbered bool) ([]byte, error) {
	switch kind {
	case npyKind:
		return appendNPY(nil, out[0]), nil
	case npzKind:
		return m.writeNPZ(out, numbered)
	}
	return m.writeJSON(out)
}

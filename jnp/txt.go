package jnp

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"reflect"
	"regexp"
	"strconv"
	"strings"

	"github.com/gojax/gojax/internal/kit"
	"github.com/gojax/gojax/ir"
	"github.com/gojax/gojax/trace"
)

// Numbers in files of text, NumPy's loadtxt and savetxt.

// LoadTxt says how numbers are read from text: the keyword arguments of NumPy's loadtxt. A line is a row, and all rows
// have equally many numbers; empty lines are skipped. A field in double quotes may hold what separates fields. The zero
// value is NumPy's defaults. With FillValue it is NumPy's genfromtxt.
type LoadTxt struct {
	Delimiter string // between fields; "": white space, in .csv files a comma, in .tsv files a tab
	Comments  string // begins a comment, to the end of the line; "": "#"; "\n", which no line holds: there are none
	SkipRows  int    // lines to skip at the beginning, comments and empty ones included
	MaxRows   int    // rows to read at most; 0: all
	Columns   []int  // which fields to read, in this order, negative ones from the end; nil: all
	DType     DType  // of the elements; Invalid: the default float dtype
	NDMin     int    // axes that the array has at least, 0 to 2: without, those of length 1 are dropped
	FillValue any    // what an empty field is, a Go number; nil: an empty field is an error
}

// LoadFile is the package function's for a file of text, whatever its name ends in.
func (t LoadTxt) LoadFile(path string) (Array, error) {
	return loadFile("jnp.LoadTxt.LoadFile", path, func(op string, f *os.File, _ int64) (Array, error) {
		return t.read(op, f, extension(path))
	})
}

// Read reads numbers from text: [rows, columns], without the axes of length 1 (NumPy loadtxt).
func (t LoadTxt) Read(r io.Reader) (Array, error) {
	const op = "jnp.LoadTxt.Read"
	if r == nil {
		return Array{}, errors.New(op + ": the reader is nil")
	}
	x, err := t.read(op, r, "")
	if err != nil {
		return x, fmt.Errorf("%s: %w", op, plain(op, err))
	}
	return x, nil
}

// read reads a file whose name ends in ext.
func (t LoadTxt) read(op string, r io.Reader, ext string) (x Array, err error) {
	if t.SkipRows < 0 || t.MaxRows < 0 || t.NDMin < 0 || t.NDMin > 2 {
		return x, fmt.Errorf("SkipRows is %d, MaxRows %d and NDMin %d; none may be negative, and NDMin at most 2",
			t.SkipRows, t.MaxRows, t.NDMin)
	}
	if t.Comments == "" {
		t.Comments = "#"
	}
	if t.Delimiter == "" {
		t.Delimiter = delimiters[ext]
	}
	err = trace.Try(func() {
		d := kit.DefaultFloat()
		if t.DType != ir.Invalid {
			kit.CheckDType(op, t.DType)
			d = t.DType
		}
		m := matrix{t: t, dtype: d}
		if t.FillValue != nil {
			fill, ok := kit.LitOf(reflect.ValueOf(t.FillValue))
			if !ok {
				trace.Fail(op, nil, "FillValue is a %T; it must be a Go number", t.FillValue)
			}
			fill = fill.Convert(d)
			m.fill = &fill
		}
		trace.Must(m.read(&lines{r: bufio.NewReaderSize(r, 1<<16), t: t}), op, nil)
		b := kit.AlignedBytes(len(m.data))
		copy(b, m.data)
		x = Wrap(kit.FromHost(op, b, d, t.shape(m.rows, m.columns)))
	})
	return x, err
}

// shape is that of rows and columns, without lengths of 1, but with as many as are wanted.
func (t LoadTxt) shape(rows, columns int) (kept []int) {
	s := []int{rows, columns}
	if rows == 0 && columns == 0 {
		s = s[:1] // NumPy's array of no text
	}
	for _, n := range s {
		if n != 1 || len(s) <= t.NDMin {
			kept = append(kept, n)
		}
	}
	for len(kept) < t.NDMin {
		kept = append(kept, 1)
	}
	return kept
}

// matrix is what is read so far.
type matrix struct {
	t             LoadTxt
	dtype         ir.DType
	fill          *ir.Lit // of empty fields
	rows, columns int
	fields        int    // in each row of the text
	data          []byte // the elements
	room          room
}

func (m *matrix) read(l *lines) error {
	for range m.t.SkipRows {
		if _, err := l.next(); err == io.EOF {
			break
		} else if err != nil {
			return err
		}
	}
	for m.t.MaxRows == 0 || m.rows < m.t.MaxRows {
		fields, err := l.row()
		if err == io.EOF {
			break
		}
		if err == nil {
			err = cmp.Or(m.add(fields), m.room.check(len(m.data)))
		}
		if err != nil {
			return fmt.Errorf("line %d: %w", l.number, err)
		}
	}
	if m.rows == 0 {
		m.columns = len(m.t.Columns)
	}
	return nil
}

// add adds a row.
func (m *matrix) add(fields []string) error {
	if m.rows == 0 {
		m.fields, m.columns = len(fields), len(fields)
		if m.t.Columns != nil {
			m.columns = len(m.t.Columns)
		}
	} else if len(fields) != m.fields {
		return fmt.Errorf("it has %d fields, and the rows before have %d", len(fields), m.fields)
	}
	for i := range m.columns {
		at := i
		if m.t.Columns != nil {
			if at = m.t.Columns[i]; at < 0 {
				at += len(fields)
			}
		}
		if at < 0 || at >= len(fields) {
			return fmt.Errorf("there is no column %d among %d", m.t.Columns[i], len(fields))
		}
		word := strings.TrimSpace(fields[at])
		if word == "" && m.fill != nil {
			m.data = m.fill.AppendBytes(m.data)
			continue
		}
		x, err := parseNumber(word, m.dtype)
		if err != nil {
			return fmt.Errorf("%.50q in column %d (counted from 0) cannot be read as %v%s", word, at, m.dtype,
				m.wayOut(word, err))
		}
		m.data = x.AppendBytes(m.data)
	}
	m.rows++
	return nil
}

// wayOut is what may help where a word is no number.
func (m *matrix) wayOut(word string, err error) string {
	_, notFloat := strconv.ParseFloat(word, 64)
	switch {
	case errors.Is(err, strconv.ErrRange):
		return ", which has no numbers that large; LoadTxt{DType: d} reads a wider dtype"
	case notFloat == nil && m.dtype.IsUnsigned() && word[0] == '-':
		return ", which has no negative numbers; LoadTxt{DType: d} reads a signed dtype"
	case notFloat == nil && m.dtype.IsInteger():
		return "; LoadTxt{DType: jnp.Float32} reads numbers that are not whole"
	case word == "":
		return "; LoadTxt{FillValue: x} says what empty fields are"
	case strings.ContainsAny(word, ",;|\t") && m.t.Delimiter == "":
		return "; LoadTxt{Delimiter: \",\"} says what separates fields"
	case m.rows == 0:
		return "; lines before the numbers are skipped with LoadTxt{SkipRows: n}"
	}
	return ""
}

// lines takes text apart into lines, and these into fields.
type lines struct {
	r      *bufio.Reader
	t      LoadTxt
	number int // of the line that was read last, from 1

	fields []string // of the row that is being read
	field  []byte   // the one that is being read
	blank  bool     // it is empty, or white space
	quoted bool     // within quotes
	room   room
}

// room refuses text that there is no memory for. It asks each time that there is twice as much.
type room struct{ next int }

func (r *room) check(bytes int) error {
	if bytes < max(r.next, 1<<26) {
		return nil
	}
	r.next = 2 * bytes
	return trace.TheRuntime().CheckHost(int64(r.next), "the text")
}

// next is the next line. At the end it is an io.EOF, after a line without a line feed too.
func (l *lines) next() (string, error) {
	var b []byte
	for {
		part, err := l.r.ReadSlice('\n')
		b = append(b, part...)
		if err == nil || err == io.EOF && len(b) > 0 {
			break
		}
		if err == bufio.ErrBufferFull {
			err = l.room.check(len(b))
		}
		if err != nil {
			return "", err
		}
	}
	line := string(b)
	if l.number++; l.number == 1 {
		line = strings.TrimPrefix(line, "\ufeff") // which some programs begin UTF-8 with
	}
	return strings.TrimRight(line, "\r\n"), nil
}

// row is the fields of the next line that has any.
func (l *lines) row() ([]string, error) {
	for {
		line, err := l.next()
		if err != nil {
			return nil, err
		}
		l.fields, l.field, l.blank = nil, nil, true
		l.split(line)
		for l.quoted { // a line feed in quotes
			l.field = append(l.field, '\n')
			line, err := l.next()
			switch err {
			case nil:
				l.split(line)
			case io.EOF:
				return nil, errors.New("a quoted field does not end")
			default:
				return nil, err
			}
		}
		if !l.blank || len(l.fields) > 0 && l.t.Delimiter != "" {
			l.push()
		}
		if len(l.fields) > 0 {
			return l.fields, nil
		}
	}
}

func (l *lines) push() {
	l.fields = append(l.fields, string(l.field))
	l.field, l.blank = l.field[:0], true
}

// split adds the fields of a line, but for the last one, which may go on.
func (l *lines) split(line string) {
	delim := l.t.Delimiter
	for i := 0; i < len(line); i++ {
		c := line[i]
		space := c == ' ' || c >= '\t' && c <= '\r'
		switch rest := line[i:]; {
		case l.quoted && strings.HasPrefix(rest, `""`):
			l.field = append(l.field, '"')
			i++
		case l.quoted && c == '"':
			l.quoted = false
		case l.quoted:
			l.field = append(l.field, c)
		case l.blank && c == '"':
			l.field, l.quoted, l.blank = l.field[:0], true, false
		case strings.HasPrefix(rest, l.t.Comments):
			return
		case delim == "" && space:
			if !l.blank {
				l.push()
			}
		case delim != "" && strings.HasPrefix(rest, delim):
			l.push()
			i += len(delim) - 1
		default:
			l.field = append(l.field, c)
			l.blank = l.blank && space
		}
	}
}

// SaveTxt says how numbers are written as text: the keyword arguments of NumPy's savetxt.
type SaveTxt struct {
	Delimiter string // between numbers; "": a space, in .csv files a comma, in .tsv files a tab
	// of a number, as package fmt has it, or of a whole row, with a verb for each of its numbers and what stands
	// between them; "": "%.18e", as in NumPy, but "%d" for integers and bools
	Format   string
	Newline  string // after a row; "": "\n"
	Header   string // lines before the numbers, as comments
	Footer   string // lines after them
	Comments string // what comments begin with; "": "# "
}

// SaveFile is the package function's for a file of text, whatever its name ends in.
func (t SaveTxt) SaveFile(path string, x Array) error {
	return saveFile("jnp.SaveTxt.SaveFile", path, func(op string, w io.Writer) error {
		return t.write(op, w, extension(path), x)
	})
}

// Write writes x, which has one axis or two, a row in a line (NumPy savetxt); of one axis, each element is a row. It
// waits for x.
func (t SaveTxt) Write(w io.Writer, x Array) error {
	const op = "jnp.SaveTxt.Write"
	if err := t.write(op, w, "", x); err != nil {
		return fmt.Errorf("%s: %w", op, plain(op, err))
	}
	return nil
}

func (t SaveTxt) write(op string, w io.Writer, ext string, x Array) error {
	return trace.Try(func() {
		v := x.val(op)
		a := v.Aval()
		if a.Rank() == 0 || a.Rank() > 2 {
			trace.Fail(op, []ir.Aval{a}, "text has rows and columns: arrays of one axis or two are written; Reshape "+
				"it, or write a .npy file")
		}
		columns := 1
		if a.Rank() == 2 {
			columns = a.Shape[1]
		}
		if t.Delimiter == "" {
			if t.Delimiter = delimiters[ext]; t.Delimiter == "" {
				t.Delimiter = " "
			}
		}
		if t.Newline == "" {
			t.Newline = "\n"
		}
		if t.Comments == "" {
			t.Comments = "# "
		}
		row, err := t.row(a.DType, columns)
		trace.Must(err, op, []ir.Aval{a})
		out := bufio.NewWriterSize(w, 1<<16)
		comment := func(text string) {
			if text != "" {
				text = strings.ReplaceAll(text, "\n", "\n"+t.Comments)
				out.WriteString(t.Comments + text + t.Newline)
			}
		}
		b := hostBytes(op, v)
		comment(t.Header)
		for i := range a.Shape[0] {
			row(out, func(j int) ir.Lit { return elemLit(b, a.DType, i*columns+j) })
			out.WriteString(t.Newline)
		}
		comment(t.Footer)
		trace.Must(out.Flush(), op, nil) // which has the first error of those before it
	})
}

var verb = regexp.MustCompile(`%[-+ #0]*\d*(?:\.\d+)?([a-zA-Z%])`)

// row is what writes a row of so many numbers of dtype d.
func (t SaveTxt) row(d ir.DType, columns int) (func(w io.Writer, elem func(j int) ir.Lit), error) {
	format := t.Format
	if format == "" {
		if format = "%.18e"; !d.IsInexact() {
			format = "%d"
		}
	}
	verbs := ""
	for _, m := range verb.FindAllStringSubmatch(format, -1) {
		if m[1] == "%" {
			continue
		}
		if !strings.Contains("bdoxXeEfFgGsv", m[1]) {
			return nil, fmt.Errorf("the format %q has %%%s, which is no verb of numbers", t.Format, m[1])
		}
		verbs += m[1]
	}
	switch {
	case len(verbs) == 1:
		cell := format
		if d.IsComplex() { // as NumPy writes them
			cell = " (" + format + "+" + format + "j)"
		}
		format = strings.TrimSuffix(strings.Repeat(cell+strings.ReplaceAll(t.Delimiter, "%", "%%"), columns),
			strings.ReplaceAll(t.Delimiter, "%", "%%"))
		verbs = strings.Repeat(verbs, columns)
	case len(verbs) != columns || d.IsComplex():
		return nil, fmt.Errorf("the format %q has %d verbs; want one for a number, or for real ones %d, one for each "+
			"column", t.Format, len(verbs), columns)
	}
	args := make([]any, 0, 2*columns)
	return func(w io.Writer, elem func(j int) ir.Lit) {
		args = args[:0]
		for j := range columns {
			for _, part := range parts(elem(j)) {
				args = append(args, printed(part, verbs[j]))
			}
		}
		text := fmt.Sprintf(format, args...)
		if d.IsComplex() {
			text = strings.ReplaceAll(text, "+-", "-")
		}
		io.WriteString(w, text)
	}, nil
}

// parts are the one number that l is, or the two of a complex one.
func parts(l ir.Lit) []ir.Lit {
	if !l.DType.IsComplex() {
		return []ir.Lit{l}
	}
	z := l.Complex()
	return []ir.Lit{ir.FloatLit(real(z), l.DType.Real()), ir.FloatLit(imag(z), l.DType.Real())}
}

// printed is the Go value of l that a verb takes: integers for those of integers, as in Python, floats for others.
func printed(l ir.Lit, verb byte) any {
	x := l.Float()
	switch {
	case math.IsNaN(x) || math.IsInf(x, 0):
		return notFinite(x)
	case verb == 's':
		return fmt.Sprint(goValue(l))
	case verb == 'v':
		return goValue(l)
	case !strings.ContainsRune("bdoxX", rune(verb)):
		if l.DType.IsFloat() {
			return goValue(l)
		}
		return x
	case l.DType == ir.Bool:
		return l.Lo
	case l.DType.IsFloat():
		return int64(x)
	}
	return goValue(l)
}

// notFinite is NaN or an infinity, which every verb writes as Python does.
type notFinite float64

// Format writes nan, inf or -inf.
func (x notFinite) Format(s fmt.State, _ rune) {
	text := strings.ToLower(strconv.FormatFloat(float64(x), 'g', -1, 64))
	if !s.Flag('+') || math.IsNaN(float64(x)) {
		text = strings.TrimPrefix(text, "+")
	}
	pad(s, text)
}

package docs

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// wanted is what a piece says that it prints; ok is false where it does not say.
func (p piece) wanted() (lines []string, ok bool) {
	for i, line := range p.lines {
		if strings.TrimSpace(line) == "// Output:" {
			return comments(p.lines[i+1:]), true
		}
		if m := printing.FindStringSubmatch(line); m != nil {
			lines, ok = append(append(lines, m[1]), comments(p.lines[i+1:])...), true
		}
	}
	return lines, ok
}

var printing = regexp.MustCompile(`^\s*fmt\.Print(?:ln|f)\(.*\)\s*// (.*)$`)

// comments are the lines of comments that lines begin with.
func comments(lines []string) (all []string) {
	for _, line := range lines {
		c, ok := strings.CutPrefix(strings.TrimSpace(line), "//")
		if !ok {
			break
		}
		all = append(all, c)
	}
	return all
}

var mdLine = regexp.MustCompile(`\S+\.md:\d+`)

// check compares what the package of a page wrote with what its pieces say, and returns what is wrong. Each begins with
// the page and a line.
func check(file, text, output string) (wrong []string) {
	printed := map[int]string{}
	for _, part := range strings.Split(output, "\x01")[1:] {
		part, panicked, failed := strings.Cut(part, "\n\x02")
		n, part, _ := strings.Cut(part, "\n")
		line, _ := strconv.Atoi(n)
		printed[line] = part
		if failed {
			stack, msg, _ := strings.Cut(panicked, "\x02")
			at := mdLine.FindString(stack)
			if at == "" {
				at = fmt.Sprintf("%s:%d", file, line)
			}
			wrong = append(wrong, fmt.Sprintf("%s: %s", at, strings.TrimSpace(msg)))
		}
	}
	if len(wrong) > 0 {
		return wrong // pieces behind a panic did not run
	}
	for _, p := range pieces(text) {
		got, ran := printed[p.line]
		if !ran {
			wrong = append(wrong, fmt.Sprintf("%s:%d: did not run", file, p.line))
			continue
		}
		if want, ok := p.wanted(); ok && squeeze(got) != squeeze(strings.Join(want, "\n")) {
			wrong = append(wrong, fmt.Sprintf("%s:%d: printed\n%s\nwant\n%s", file, p.line, squeeze(got),
				squeeze(strings.Join(want, "\n"))))
		}
	}
	return wrong
}

// squeeze takes out the space around lines, and empty lines.
func squeeze(text string) string {
	var lines []string
	for _, line := range strings.Split(text, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

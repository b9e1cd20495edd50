package docs

import (
	"slices"
	"strings"
)

// piece is some code of a page.
type piece struct {
	line  int // where it begins, from 1
	lines []string
	cell  bool // one statement or expression in a table
}

// pieces are the code of a page.
func pieces(text string) (all []piece) {
	end, column := "", -1
	var block *piece
	for i, line := range strings.Split(text, "\n") {
		if block != nil {
			if line != end {
				block.lines = append(block.lines, line)
				continue
			}
			if block.line > 0 {
				all = append(all, *block)
			}
			block = nil
			continue
		}
		switch {
		case line == "```go":
			block, end = &piece{line: i + 2}, "```"
		case line == "<!-- go":
			block, end = &piece{line: i + 2}, "-->"
		case strings.HasPrefix(line, "```"):
			block, end = &piece{}, "```"
		}
		if !strings.HasPrefix(line, "|") {
			column = -1
			continue
		}
		cells := row(line)
		if column < 0 {
			if column = slices.Index(cells, "Go"); column < 0 {
				column = len(cells) // a table without code
			}
			continue
		}
		if column < len(cells) {
			for _, code := range spans(cells[column]) {
				all = append(all, piece{line: i + 1, lines: []string{code}, cell: true})
			}
		}
	}
	return all
}

// row is the cells of a table's row.
func row(line string) (cells []string) {
	const bar = "\x00"
	line = strings.ReplaceAll(line, `\|`, bar)
	for _, c := range strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|") {
		cells = append(cells, strings.TrimSpace(strings.ReplaceAll(c, bar, "|")))
	}
	return cells
}

// spans are the parts of a cell that stand between backquotes.
func spans(cell string) (all []string) {
	for i, part := range strings.Split(cell, "`") {
		if i%2 == 1 {
			all = append(all, part)
		}
	}
	return all
}

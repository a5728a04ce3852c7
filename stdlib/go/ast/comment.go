package ast

import (
	"errors"
	"fmt"
	"go/token"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// isDirective reports whether the text behind // is a directive, as
// line name:1 or tool:name.
func isDirective(c string) bool {
	if strings.HasPrefix(c, "line ") || strings.HasPrefix(c, "extern ") || strings.HasPrefix(c, "export ") {
		return true
	}
	tool, rest, ok := strings.Cut(c, ":")
	return ok && tool != "" && toolName(tool) && rest != "" && toolName(rest[:1])
}

// toolName reports whether s is lower-case letters and digits.
func toolName(s string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; !('a' <= c && c <= 'z' || '0' <= c && c <= '9') {
			return false
		}
	}
	return true
}

// Text returns the text of the comments without markers, directives, the first
// space of // comments, and empty lines at the start and the end. Several empty
// lines become one, and spaces at the ends of lines go. It ends with a line
// break unless it is empty.
func (g *CommentGroup) Text() string {
	if g == nil {
		return ""
	}
	var lines []string
	for _, c := range g.List {
		text := c.Text
		switch text[1] {
		case '/':
			text = text[2:]
			if text == "" {
				break
			}
			if text[0] == ' ' {
				text = text[1:]
			} else if isDirective(text) {
				continue
			}
		case '*':
			text = text[2 : len(text)-2]
		}
		for _, line := range strings.Split(text, "\n") {
			lines = append(lines, strings.TrimRight(line, " \t\n\r"))
		}
	}
	kept := lines[:0]
	for _, line := range lines {
		if line != "" || len(kept) > 0 && kept[len(kept)-1] != "" {
			kept = append(kept, line)
		}
	}
	if n := len(kept); n > 0 && kept[n-1] != "" {
		kept = append(kept, "")
	}
	return strings.Join(kept, "\n")
}

// IsGenerated reports whether the file says that it was written by a program:
// a comment // Code generated ... DO NOT EDIT. before the package clause.
func IsGenerated(file *File) bool {
	for _, group := range file.Comments {
		for _, c := range group.List {
			if c.Pos() > file.Package {
				return false
			}
			if !strings.Contains(c.Text, "// Code generated ") {
				continue
			}
			for _, line := range strings.Split(c.Text, "\n") {
				line = strings.TrimSuffix(line, "\r")
				if rest, ok := strings.CutPrefix(line, "// Code generated "); ok && strings.HasSuffix(rest, " DO NOT EDIT.") {
					return true
				}
			}
		}
	}
	return false
}

// A Directive is a comment //tool:name args.
type Directive struct {
	Tool string
	Name string
	Args string // without space around it

	Slash   token.Pos // of the comment
	ArgsPos token.Pos // of Args
}

// ParseDirective reads a comment of one line, which begins at pos.
func ParseDirective(pos token.Pos, c string) (Directive, bool) {
	body, ok := strings.CutPrefix(c, "//")
	if !ok || !isDirective(body) || strings.HasPrefix(body, "line ") || strings.HasPrefix(body, "extern ") || strings.HasPrefix(body, "export ") {
		return Directive{}, false
	}
	d := Directive{Slash: pos}
	var rest string
	d.Tool, rest, _ = strings.Cut(body, ":")
	end := strings.IndexFunc(rest, unicode.IsSpace)
	if end < 0 {
		end = len(rest)
	}
	d.Name = rest[:end]
	offset := len("//") + len(d.Tool) + 1 + end
	args := rest[end:]
	trimmed := strings.TrimLeftFunc(args, unicode.IsSpace)
	d.ArgsPos = pos + token.Pos(offset+len(args)-len(trimmed))
	d.Args = strings.TrimRightFunc(trimmed, unicode.IsSpace)
	return d, true
}

func (d *Directive) Pos() token.Pos { return d.Slash }
func (d *Directive) End() token.Pos { return d.ArgsPos + token.Pos(len(d.Args)) }

// A DirectiveArg is an argument of a directive.
type DirectiveArg struct {
	Arg string // without its quotes
	Pos token.Pos
}

// ParseArgs splits Args into words and quoted strings with space between.
func (d *Directive) ParseArgs() ([]DirectiveArg, error) {
	list := []DirectiveArg{}
	args := d.Args
	pos := d.ArgsPos
	for {
		trimmed := strings.TrimLeftFunc(args, unicode.IsSpace)
		pos += token.Pos(len(args) - len(trimmed))
		args = trimmed
		if args == "" {
			return list, nil
		}
		var raw, arg string
		switch args[0] {
		case '"', '`':
			q, err := strconv.QuotedPrefix(args)
			if err != nil {
				return nil, fmt.Errorf("invalid quoted string in //%s:%s: %s", d.Tool, d.Name, args)
			}
			raw = q
			if arg, err = strconv.Unquote(q); err != nil {
				return nil, errors.New("invalid quoted string in //" + d.Tool + ":" + d.Name + ": " + args)
			}
			if r, _ := utf8.DecodeRuneInString(args[len(raw):]); len(raw) < len(args) && !unicode.IsSpace(r) {
				return nil, fmt.Errorf("invalid quoted string in //%s:%s: %s", d.Tool, d.Name, args)
			}
		default:
			end := strings.IndexFunc(args, unicode.IsSpace)
			if end < 0 {
				end = len(args)
			}
			raw = args[:end]
			arg = raw
		}
		list = append(list, DirectiveArg{arg, pos})
		pos += token.Pos(len(raw))
		args = args[len(raw):]
	}
}

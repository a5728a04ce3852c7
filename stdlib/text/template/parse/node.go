package parse

import (
	"fmt"
	"strconv"
	"strings"
)

// A Node is a node of the tree of a template.  Only types of this package are nodes.
type Node interface {
	Type() NodeType
	String() string
	// Copy returns a copy of the node and all below it.  Some types have a method
	// CopyXxx, too, with their own type as its result.
	Copy() Node
	Position() Pos // where the node begins in the text

	// tree returns the tree that the node is in; nil for nodes made elsewhere.
	tree() *Tree
	print(b *strings.Builder)
}

// NodeType says what a node is.
type NodeType int

// Type returns t: nodes get this method by embedding.
func (t NodeType) Type() NodeType { return t }

// Pos is a place in the text of a template, in bytes.
type Pos int

// Position returns p: nodes get this method by embedding.
func (p Pos) Position() Pos { return p }

const (
	NodeText       NodeType = iota // text outside of actions
	NodeAction                     // an action without a keyword
	NodeBool                       // true or false
	NodeChain                      // fields of a parenthesized pipeline, and the like
	NodeCommand                    // one command of a pipeline
	NodeDot                        // .
	nodeElse                       // {{else}}; only while parsing
	nodeEnd                        // {{end}}; only while parsing
	NodeField                      // .Name
	NodeIdentifier                 // the name of a function
	NodeIf                         // {{if}}
	NodeList                       // nodes in a row
	NodeNil                        // nil
	NodeNumber                     // a number
	NodePipe                       // a pipeline
	NodeRange                      // {{range}}
	NodeString                     // a string
	NodeTemplate                   // {{template}}
	NodeVariable                   // $name
	NodeWith                       // {{with}}
	NodeComment                    // a comment
	NodeBreak                      // {{break}}
	NodeContinue                   // {{continue}}
)

// inTree gives nodes their tree.
type inTree struct {
	tr *Tree
}

func (t inTree) tree() *Tree { return t.tr }

// open and shut are the delimiters of the text that the node is from.
func (t inTree) open() string {
	if t.tr == nil || t.tr.left == "" {
		return defaultLeft
	}
	return t.tr.left
}

func (t inTree) shut() string {
	if t.tr == nil || t.tr.right == "" {
		return defaultRight
	}
	return t.tr.right
}

func text(n Node) string {
	var b strings.Builder
	n.print(&b)
	return b.String()
}

// ListNode is nodes in a row.
type ListNode struct {
	NodeType
	Pos
	inTree
	Nodes []Node
}

func (t *Tree) newList(pos Pos) *ListNode {
	return &ListNode{NodeType: NodeList, Pos: pos, inTree: inTree{t}}
}

func (l *ListNode) append(n Node) { l.Nodes = append(l.Nodes, n) }

func (l *ListNode) String() string { return text(l) }

func (l *ListNode) print(b *strings.Builder) {
	for _, n := range l.Nodes {
		n.print(b)
	}
}

// CopyList is Copy with the type of l.
func (l *ListNode) CopyList() *ListNode {
	if l == nil {
		return l
	}
	c := *l
	c.Nodes = nil
	for _, n := range l.Nodes {
		c.append(n.Copy())
	}
	return &c
}

func (l *ListNode) Copy() Node { return l.CopyList() }

// TextNode is text outside of actions.
type TextNode struct {
	NodeType
	Pos
	inTree
	Text []byte
}

func (t *TextNode) String() string           { return string(t.Text) }
func (t *TextNode) print(b *strings.Builder) { b.Write(t.Text) }

func (t *TextNode) Copy() Node {
	c := *t
	c.Text = append([]byte{}, t.Text...)
	return &c
}

// CommentNode is a comment.
type CommentNode struct {
	NodeType
	Pos
	inTree
	Text string // with /* and */
}

func (c *CommentNode) String() string           { return text(c) }
func (c *CommentNode) print(b *strings.Builder) { b.WriteString(c.open() + c.Text + c.shut()) }

func (c *CommentNode) Copy() Node {
	n := *c
	return &n
}

// PipeNode is a pipeline, and the variables that get its value.
type PipeNode struct {
	NodeType
	Pos
	inTree
	Line     int             // line in the text.  Deprecated: kept for old code.
	IsAssign bool            // the variables exist already
	Decl     []*VariableNode // the variables
	Cmds     []*CommandNode  // the commands
}

func (p *PipeNode) append(c *CommandNode) { p.Cmds = append(p.Cmds, c) }

func (p *PipeNode) String() string { return text(p) }

func (p *PipeNode) print(b *strings.Builder) {
	for i, v := range p.Decl {
		if i > 0 {
			b.WriteString(", ")
		}
		v.print(b)
	}
	if len(p.Decl) > 0 {
		if p.IsAssign {
			b.WriteString(" = ")
		} else {
			b.WriteString(" := ")
		}
	}
	for i, c := range p.Cmds {
		if i > 0 {
			b.WriteString(" | ")
		}
		c.print(b)
	}
}

// CopyPipe is Copy with the type of p.
func (p *PipeNode) CopyPipe() *PipeNode {
	if p == nil {
		return p
	}
	c := *p
	c.Decl, c.Cmds = nil, nil
	for _, v := range p.Decl {
		c.Decl = append(c.Decl, v.Copy().(*VariableNode))
	}
	for _, cmd := range p.Cmds {
		c.append(cmd.Copy().(*CommandNode))
	}
	return &c
}

func (p *PipeNode) Copy() Node { return p.CopyPipe() }

// ActionNode is an action without a keyword.
type ActionNode struct {
	NodeType
	Pos
	inTree
	Line int       // line in the text.  Deprecated: kept for old code.
	Pipe *PipeNode // what it evaluates
}

func (a *ActionNode) String() string { return text(a) }

func (a *ActionNode) print(b *strings.Builder) {
	b.WriteString(a.open())
	a.Pipe.print(b)
	b.WriteString(a.shut())
}

func (a *ActionNode) Copy() Node {
	c := *a
	c.Pipe = a.Pipe.CopyPipe()
	return &c
}

// CommandNode is a command: an operand, or a function or method and its arguments.
type CommandNode struct {
	NodeType
	Pos
	inTree
	Args []Node // the operands
}

func (c *CommandNode) append(arg Node) { c.Args = append(c.Args, arg) }

func (c *CommandNode) String() string { return text(c) }

func (c *CommandNode) print(b *strings.Builder) {
	for i, arg := range c.Args {
		if i > 0 {
			b.WriteByte(' ')
		}
		printOperand(b, arg)
	}
}

// printOperand prints n, a pipeline in parentheses.
func printOperand(b *strings.Builder, n Node) {
	if p, ok := n.(*PipeNode); ok {
		b.WriteByte('(')
		p.print(b)
		b.WriteByte(')')
		return
	}
	n.print(b)
}

func (c *CommandNode) Copy() Node {
	if c == nil {
		return c
	}
	n := *c
	n.Args = nil
	for _, arg := range c.Args {
		n.append(arg.Copy())
	}
	return &n
}

// IdentifierNode is the name of a function.
type IdentifierNode struct {
	NodeType
	Pos
	inTree
	Ident string // the name
}

// NewIdentifier returns a node for the function ident.
func NewIdentifier(ident string) *IdentifierNode {
	return &IdentifierNode{NodeType: NodeIdentifier, Ident: ident}
}

// SetPos sets where i is, and returns i.
func (i *IdentifierNode) SetPos(pos Pos) *IdentifierNode {
	i.Pos = pos
	return i
}

// SetTree sets in which tree i is, and returns i.
func (i *IdentifierNode) SetTree(t *Tree) *IdentifierNode {
	i.tr = t
	return i
}

func (i *IdentifierNode) String() string           { return i.Ident }
func (i *IdentifierNode) print(b *strings.Builder) { b.WriteString(i.Ident) }

func (i *IdentifierNode) Copy() Node {
	c := *i
	return &c
}

// VariableNode is a variable, and perhaps fields of it.
type VariableNode struct {
	NodeType
	Pos
	inTree
	Ident []string // the name with the dollar sign; fields
}

func (t *Tree) newVariable(pos Pos, ident string) *VariableNode {
	return &VariableNode{NodeType: NodeVariable, Pos: pos, inTree: inTree{t}, Ident: strings.Split(ident, ".")}
}

func (v *VariableNode) String() string           { return text(v) }
func (v *VariableNode) print(b *strings.Builder) { b.WriteString(strings.Join(v.Ident, ".")) }

func (v *VariableNode) Copy() Node {
	c := *v
	c.Ident = append([]string{}, v.Ident...)
	return &c
}

// DotNode is the dot.
type DotNode struct {
	NodeType
	Pos
	inTree
}

// Type returns [NodeDot], also for a zero node.
func (d *DotNode) Type() NodeType { return NodeDot }

func (d *DotNode) String() string           { return "." }
func (d *DotNode) print(b *strings.Builder) { b.WriteString(".") }

func (d *DotNode) Copy() Node {
	c := *d
	return &c
}

// NilNode is nil.
type NilNode struct {
	NodeType
	Pos
	inTree
}

// Type returns [NodeNil], also for a zero node.
func (n *NilNode) Type() NodeType { return NodeNil }

func (n *NilNode) String() string           { return "nil" }
func (n *NilNode) print(b *strings.Builder) { b.WriteString("nil") }

func (n *NilNode) Copy() Node {
	c := *n
	return &c
}

// FieldNode is a field of the dot, and perhaps fields of that.
type FieldNode struct {
	NodeType
	Pos
	inTree
	Ident []string // the names, without dots
}

func (t *Tree) newField(pos Pos, ident string) *FieldNode {
	return &FieldNode{NodeType: NodeField, Pos: pos, inTree: inTree{t}, Ident: strings.Split(ident[1:], ".")}
}

func (f *FieldNode) String() string { return text(f) }

func (f *FieldNode) print(b *strings.Builder) {
	for _, id := range f.Ident {
		b.WriteString("." + id)
	}
}

func (f *FieldNode) Copy() Node {
	c := *f
	c.Ident = append([]string{}, f.Ident...)
	return &c
}

// ChainNode is fields of something else than the dot or a variable.
type ChainNode struct {
	NodeType
	Pos
	inTree
	Node  Node
	Field []string // the names, without dots
}

// Add adds a field, whose name is to begin with a dot.
func (c *ChainNode) Add(field string) {
	if field == "" || field[0] != '.' {
		panic("no dot in field")
	}
	if field == "." {
		panic("empty field")
	}
	c.Field = append(c.Field, field[1:])
}

func (c *ChainNode) String() string { return text(c) }

func (c *ChainNode) print(b *strings.Builder) {
	printOperand(b, c.Node)
	for _, f := range c.Field {
		b.WriteString("." + f)
	}
}

func (c *ChainNode) Copy() Node {
	n := *c
	n.Field = append([]string{}, c.Field...)
	return &n
}

// BoolNode is true or false.
type BoolNode struct {
	NodeType
	Pos
	inTree
	True bool // the value
}

func (n *BoolNode) String() string           { return strconv.FormatBool(n.True) }
func (n *BoolNode) print(b *strings.Builder) { b.WriteString(n.String()) }

func (n *BoolNode) Copy() Node {
	c := *n
	return &c
}

// NumberNode is a number.  It has the value in all the types that can hold it, as there is
// no telling yet which will be needed.
type NumberNode struct {
	NodeType
	Pos
	inTree
	IsInt      bool // Int64 has the value
	IsUint     bool // Uint64 has the value
	IsFloat    bool // Float64 has the value
	IsComplex  bool // Complex128 has the value, and none of the others need have
	Int64      int64
	Uint64     uint64
	Float64    float64
	Complex128 complex128
	Text       string // the source
}

func (t *Tree) newNumber(tok token) (*NumberNode, error) {
	n := &NumberNode{NodeType: NodeNumber, Pos: tok.pos, inTree: inTree{t}, Text: tok.text}
	s := tok.text
	switch {
	case tok.kind == tokRune:
		r, _, tail, err := strconv.UnquoteChar(s[1:], s[0])
		if err != nil {
			return nil, err
		}
		if tail != "'" {
			return nil, fmt.Errorf("malformed character constant: %s", s)
		}
		n.Int64, n.IsInt = int64(r), true
		n.Uint64, n.IsUint = uint64(r), true
		n.Float64, n.IsFloat = float64(r), true
		return n, nil
	case tok.kind == tokComplex:
		if _, err := fmt.Sscan(s, &n.Complex128); err != nil {
			return nil, err
		}
		n.fromComplex()
		return n, nil
	case strings.HasSuffix(s, "i"):
		if f, err := strconv.ParseFloat(s[:len(s)-1], 64); err == nil {
			n.Complex128 = complex(0, f)
			n.fromComplex()
			return n, nil
		}
	}
	if u, err := strconv.ParseUint(s, 0, 64); err == nil {
		n.Uint64, n.IsUint = u, true
	}
	if i, err := strconv.ParseInt(s, 0, 64); err == nil {
		n.Int64, n.IsInt = i, true
		if i == 0 {
			n.IsUint = true // -0
		}
	}
	switch {
	case n.IsInt:
		n.Float64, n.IsFloat = float64(n.Int64), true
	case n.IsUint:
		n.Float64, n.IsFloat = float64(n.Uint64), true
	default:
		f, err := strconv.ParseFloat(s, 64)
		if err != nil {
			return nil, fmt.Errorf("illegal number syntax: %q", s)
		}
		if !strings.ContainsAny(s, ".eEpP") {
			return nil, fmt.Errorf("integer overflow: %q", s)
		}
		n.Float64, n.IsFloat = f, true
		n.fromFloat()
	}
	return n, nil
}

// fromFloat sets the integers if Float64 is one.
func (n *NumberNode) fromFloat() {
	if f := n.Float64; float64(int64(f)) == f {
		n.Int64, n.IsInt = int64(f), true
	}
	if f := n.Float64; float64(uint64(f)) == f {
		n.Uint64, n.IsUint = uint64(f), true
	}
}

// fromComplex sets the other values if Complex128 is real.
func (n *NumberNode) fromComplex() {
	n.IsComplex = true
	if imag(n.Complex128) == 0 {
		n.Float64, n.IsFloat = real(n.Complex128), true
		n.fromFloat()
	}
}

func (n *NumberNode) String() string           { return n.Text }
func (n *NumberNode) print(b *strings.Builder) { b.WriteString(n.Text) }

func (n *NumberNode) Copy() Node {
	c := *n
	return &c
}

// StringNode is a string.
type StringNode struct {
	NodeType
	Pos
	inTree
	Quoted string // the source
	Text   string // the value
}

func (s *StringNode) String() string           { return s.Quoted }
func (s *StringNode) print(b *strings.Builder) { b.WriteString(s.Quoted) }

func (s *StringNode) Copy() Node {
	c := *s
	return &c
}

// endNode is {{end}}. It is never part of a tree.
type endNode struct {
	NodeType
	Pos
	inTree
}

func (e *endNode) String() string           { return e.open() + "end" + e.shut() }
func (e *endNode) print(b *strings.Builder) { b.WriteString(e.String()) }
func (e *endNode) Copy() Node               { return e }

// elseNode is {{else}}. It is never part of a tree.
type elseNode struct {
	NodeType
	Pos
	inTree
}

func (e *elseNode) String() string           { return e.open() + "else" + e.shut() }
func (e *elseNode) print(b *strings.Builder) { b.WriteString(e.String()) }
func (e *elseNode) Copy() Node               { return e }

// BranchNode is what if, range and with have in common.
type BranchNode struct {
	NodeType
	Pos
	inTree
	Line     int       // line in the text.  Deprecated: kept for old code.
	Pipe     *PipeNode // what is evaluated
	List     *ListNode // what to do if it is not empty
	ElseList *ListNode // what to do if it is; may be nil
}

func (b *BranchNode) String() string { return text(b) }

func (b *BranchNode) print(w *strings.Builder) {
	name := ""
	switch b.NodeType {
	case NodeIf:
		name = "if"
	case NodeRange:
		name = "range"
	case NodeWith:
		name = "with"
	default:
		panic("unknown branch type")
	}
	w.WriteString(b.open() + name + " ")
	b.Pipe.print(w)
	w.WriteString(b.shut())
	b.List.print(w)
	if b.ElseList != nil {
		w.WriteString(b.open() + "else" + b.shut())
		b.ElseList.print(w)
	}
	w.WriteString(b.open() + "end" + b.shut())
}

func (b *BranchNode) copy() BranchNode {
	c := *b
	c.Pipe, c.List, c.ElseList = b.Pipe.CopyPipe(), b.List.CopyList(), b.ElseList.CopyList()
	return c
}

func (b *BranchNode) Copy() Node {
	switch b.NodeType {
	case NodeIf:
		return &IfNode{b.copy()}
	case NodeRange:
		return &RangeNode{b.copy()}
	case NodeWith:
		return &WithNode{b.copy()}
	}
	panic("unknown branch type")
}

// IfNode is an if action.
type IfNode struct {
	BranchNode
}

func (i *IfNode) Copy() Node { return &IfNode{i.copy()} }

// RangeNode is a range action.
type RangeNode struct {
	BranchNode
}

func (r *RangeNode) Copy() Node { return &RangeNode{r.copy()} }

// WithNode is a with action.
type WithNode struct {
	BranchNode
}

func (w *WithNode) Copy() Node { return &WithNode{w.copy()} }

// BreakNode is a break action.
type BreakNode struct {
	inTree
	NodeType
	Pos
	Line int
}

func (b *BreakNode) String() string           { return b.open() + "break" + b.shut() }
func (b *BreakNode) print(w *strings.Builder) { w.WriteString(b.String()) }

func (b *BreakNode) Copy() Node {
	c := *b
	return &c
}

// ContinueNode is a continue action.
type ContinueNode struct {
	inTree
	NodeType
	Pos
	Line int
}

func (c *ContinueNode) String() string           { return c.open() + "continue" + c.shut() }
func (c *ContinueNode) print(w *strings.Builder) { w.WriteString(c.String()) }

func (c *ContinueNode) Copy() Node {
	n := *c
	return &n
}

// TemplateNode is a template action.
type TemplateNode struct {
	NodeType
	Pos
	inTree
	Line int       // line in the text.  Deprecated: kept for old code.
	Name string    // of the template, without quotes
	Pipe *PipeNode // what the dot is to be; may be nil
}

func (t *TemplateNode) String() string { return text(t) }

func (t *TemplateNode) print(b *strings.Builder) {
	b.WriteString(t.open() + "template " + strconv.Quote(t.Name))
	if t.Pipe != nil {
		b.WriteByte(' ')
		t.Pipe.print(b)
	}
	b.WriteString(t.shut())
}

func (t *TemplateNode) Copy() Node {
	c := *t
	c.Pipe = t.Pipe.CopyPipe()
	return &c
}

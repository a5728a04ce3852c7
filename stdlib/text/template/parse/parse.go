// Package parse makes trees of templates, for text/template and the like.  Templates are easier made with
// those packages.
package parse

import (
	"bytes"
	"fmt"
	"runtime"
	"strconv"
	"strings"
)

// Tree is the tree of one template.
type Tree struct {
	Name      string    // of the template
	ParseName string    // of the template whose text has this one in it; for messages
	Root      *ListNode // the tree itself
	Mode      Mode      // how to parse
	text      string    // source, of ParseName
	left      string    // delimiters; empty for the usual ones
	right     string
	p         *parser  // while parsing
	vars      []string // that are known at this point
	loops     int      // range actions around
	far       int      // the last token that this tree looked at; messages have its line
	depth     int      // parentheses around
	action    int      // line where the current action begins; 0 outside of actions
}

// A Mode is a set of options for parsing.
type Mode uint

const (
	ParseComments Mode = 1 << iota // keep comments in the tree
	SkipFuncCheck                  // accept functions that are not known
)

// maxDepth is how deep parentheses may be nested. What follows trees does so by recursion.
const maxDepth = 10000

// parser is what the trees made from one text share.
type parser struct {
	funcs  []map[string]any
	trees  map[string]*Tree
	tokens []token
	at     int // the next token
}

// Parse returns the templates that text defines, by their names; the text outside of definitions
// is that called name.  Empty delimiters stand for {{ and }}.  After an error the map is
// empty.
func Parse(name, text, leftDelim, rightDelim string, funcs ...map[string]any) (map[string]*Tree, error) {
	trees := make(map[string]*Tree)
	t := New(name)
	t.text = text
	_, err := t.Parse(text, leftDelim, rightDelim, trees, funcs...)
	return trees, err
}

// New returns an empty tree.
func New(name string, funcs ...map[string]any) *Tree {
	return &Tree{Name: name, p: &parser{funcs: funcs}}
}

// Copy returns a copy of t, without what parsing left.
func (t *Tree) Copy() *Tree {
	if t == nil {
		return nil
	}
	return &Tree{Name: t.Name, ParseName: t.ParseName, Root: t.Root.CopyList(), text: t.text, left: t.left, right: t.right}
}

// Parse parses text and makes t the tree of it.  That and the templates defined in the text are added to
// treeSet.  Empty delimiters stand for {{ and }}.
func (t *Tree) Parse(text, leftDelim, rightDelim string, treeSet map[string]*Tree, funcs ...map[string]any) (tree *Tree, err error) {
	defer func() {
		e := recover()
		t.p = nil
		t.vars = nil
		if e == nil {
			return
		}
		if _, ok := e.(runtime.Error); ok {
			panic(e)
		}
		tree, err = nil, e.(error)
	}()
	t.ParseName = t.Name
	t.begin(&parser{funcs: funcs, trees: treeSet})
	t.text, t.left, t.right = text, leftDelim, rightDelim
	t.p.tokens = lex(text, leftDelim, rightDelim, t.hasFunction, t.Mode&ParseComments != 0)
	t.parse()
	t.add()
	return t, nil
}

func (t *Tree) begin(p *parser) {
	t.Root = nil
	t.p = p
	t.vars = []string{"$"}
}

// inner returns the tree of a template that is defined inside this one's text.
func (t *Tree) inner(name string) *Tree {
	n := &Tree{Name: name, ParseName: t.ParseName, Mode: t.Mode, text: t.text, left: t.left, right: t.right}
	n.begin(t.p)
	return n
}

// finish ends the parsing of an inner template.
func (t *Tree) finish() {
	t.add()
	t.p = nil
	t.vars = nil
}

// ErrorContext returns where n is, for messages, and its text.  t is of use only if n was not made by
// parsing.
func (t *Tree) ErrorContext(n Node) (location, context string) {
	tree := n.tree()
	if tree == nil {
		tree = t
	}
	before := tree.text[:n.Position()]
	column := len(before) - strings.LastIndexByte(before, '\n') - 1
	line := 1 + strings.Count(before, "\n")
	return fmt.Sprintf("%s:%d:%d", tree.ParseName, line, column), n.String()
}

// IsEmptyTree reports whether there is nothing but white space and comments in n.
func IsEmptyTree(n Node) bool {
	switch n := n.(type) {
	case nil:
		return true
	case *ActionNode, *IfNode, *RangeNode, *TemplateNode, *WithNode:
		return false
	case *CommentNode:
		return true
	case *ListNode:
		for _, sub := range n.Nodes {
			if !IsEmptyTree(sub) {
				return false
			}
		}
		return true
	case *TextNode:
		return len(bytes.TrimSpace(n.Text)) == 0
	default:
		panic("unknown node: " + n.String())
	}
}

// add adds t to the templates. Only empty ones may be defined again.
func (t *Tree) add() {
	old := t.p.trees[t.Name]
	if old == nil || IsEmptyTree(old.Root) {
		t.p.trees[t.Name] = t
		return
	}
	if !IsEmptyTree(t.Root) {
		t.errorf("template: multiple definition of template %q", t.Name)
	}
}

func (t *Tree) errorf(format string, args ...any) {
	t.Root = nil
	panic(fmt.Errorf("template: %s:%d: %s", t.ParseName, t.p.tokens[t.far].line, fmt.Sprintf(format, args...)))
}

// unexpected complains about a token.
func (t *Tree) unexpected(tok token, context string) {
	if tok.kind != tokError {
		t.errorf("unexpected %s in %s", tok, context)
	}
	where := ""
	if line := t.action; line != 0 && line != tok.line {
		where = fmt.Sprintf(" in action started at %s:%d", t.ParseName, line)
		if strings.HasSuffix(tok.text, " action") {
			where = strings.TrimPrefix(where, " in action")
		}
	}
	t.errorf("%s%s", tok, where)
}

func (t *Tree) peek() token {
	t.far = max(t.far, t.p.at)
	return t.p.tokens[t.p.at]
}

func (t *Tree) next() token {
	tok := t.peek()
	// The last token is repeated.
	if t.p.at < len(t.p.tokens)-1 {
		t.p.at++
	}
	return tok
}

func (t *Tree) peekNonSpace() token {
	for t.peek().kind == tokSpace {
		t.p.at++
	}
	return t.peek()
}

func (t *Tree) nextNonSpace() token {
	t.peekNonSpace()
	return t.next()
}

func (t *Tree) expect(kind tokenKind, context string) token {
	tok := t.nextNonSpace()
	if tok.kind != kind {
		t.unexpected(tok, context)
	}
	return tok
}

func (t *Tree) hasFunction(name string) bool {
	for _, m := range t.p.funcs {
		if m[name] != nil {
			return true
		}
	}
	return false
}

// parse parses the text outside of definitions, and them.
func (t *Tree) parse() {
	t.Root = t.newList(t.peek().pos)
	for t.peek().kind != tokEOF {
		if t.peek().kind == tokLeftDelim {
			at := t.p.at
			t.next()
			if t.nextNonSpace().kind == tokDefine {
				t.inner("definition").parseDefinition()
				continue
			}
			t.p.at = at
		}
		n := t.textOrAction()
		if n.Type() == nodeEnd || n.Type() == nodeElse {
			t.errorf("unexpected %s", n)
		}
		t.Root.append(n)
	}
}

// parseDefinition parses what follows define.
func (t *Tree) parseDefinition() {
	const context = "define clause"
	t.Name = t.templateName(t.nextNonSpace(), context)
	t.expect(tokRightDelim, context)
	var end Node
	t.Root, end = t.itemList()
	if end.Type() != nodeEnd {
		t.errorf("unexpected %s in %s", end, context)
	}
	t.finish()
}

func (t *Tree) templateName(tok token, context string) string {
	if tok.kind != tokString && tok.kind != tokRaw {
		t.unexpected(tok, context)
	}
	return t.unquote(tok)
}

func (t *Tree) unquote(tok token) string {
	s, err := strconv.Unquote(tok.text)
	if err != nil {
		t.errorf("%s", err)
	}
	return s
}

// itemList parses up to an end or an else, which it returns.
func (t *Tree) itemList() (*ListNode, Node) {
	list := t.newList(t.peekNonSpace().pos)
	for t.peekNonSpace().kind != tokEOF {
		n := t.textOrAction()
		if n.Type() == nodeEnd || n.Type() == nodeElse {
			return list, n
		}
		list.append(n)
	}
	t.errorf("unexpected EOF")
	return nil, nil
}

func (t *Tree) textOrAction() Node {
	switch tok := t.nextNonSpace(); tok.kind {
	case tokText:
		return &TextNode{NodeType: NodeText, Pos: tok.pos, inTree: inTree{t}, Text: []byte(tok.text)}
	case tokLeftDelim:
		t.action = tok.line
		defer func() { t.action = 0 }()
		return t.parseAction()
	case tokComment:
		return &CommentNode{NodeType: NodeComment, Pos: tok.pos, inTree: inTree{t}, Text: tok.text}
	default:
		t.unexpected(tok, "input")
	}
	return nil
}

// parseAction parses what follows a left delimiter.
func (t *Tree) parseAction() Node {
	t.peekNonSpace()
	at := t.p.at
	switch tok := t.next(); tok.kind {
	case tokBlock:
		return t.block()
	case tokBreak:
		t.loopControl("break")
		return &BreakNode{NodeType: NodeBreak, Pos: tok.pos, inTree: inTree{t}, Line: tok.line}
	case tokContinue:
		t.loopControl("continue")
		return &ContinueNode{NodeType: NodeContinue, Pos: tok.pos, inTree: inTree{t}, Line: tok.line}
	case tokElse:
		// else if and else with go on as if there were another action.
		if next := t.peekNonSpace(); next.kind == tokIf || next.kind == tokWith {
			return &elseNode{NodeType: nodeElse, inTree: inTree{t}, Pos: next.pos}
		}
		return &elseNode{NodeType: nodeElse, inTree: inTree{t}, Pos: t.expect(tokRightDelim, "else").pos}
	case tokEnd:
		return &endNode{NodeType: nodeEnd, inTree: inTree{t}, Pos: t.expect(tokRightDelim, "end").pos}
	case tokIf:
		return &IfNode{t.branch(NodeIf, "if")}
	case tokRange:
		return &RangeNode{t.branch(NodeRange, "range")}
	case tokWith:
		return &WithNode{t.branch(NodeWith, "with")}
	case tokTemplate:
		return t.template()
	}
	t.p.at = at
	tok := t.peek()
	// Variables declared here are known until the end of what is around.
	return &ActionNode{NodeType: NodeAction, Pos: tok.pos, inTree: inTree{t}, Line: tok.line, Pipe: t.pipeline("command", tokRightDelim)}
}

func (t *Tree) loopControl(name string) {
	if tok := t.nextNonSpace(); tok.kind != tokRightDelim {
		t.unexpected(tok, "{{"+name+"}}")
	}
	if t.loops == 0 {
		t.errorf("{{%s}} outside {{range}}", name)
	}
}

// branch parses what follows if, range or with.
func (t *Tree) branch(kind NodeType, context string) BranchNode {
	vars := len(t.vars)
	defer func() { t.vars = t.vars[:vars] }()
	pipe := t.pipeline(context, tokRightDelim)
	if kind == NodeRange {
		t.loops++
	}
	list, end := t.itemList()
	if kind == NodeRange {
		t.loops--
	}
	var elseList *ListNode
	if end.Type() == nodeElse {
		switch next := t.peek(); {
		case kind == NodeIf && next.kind == tokIf:
			t.next()
			elseList = t.newList(end.Position())
			elseList.append(&IfNode{t.branch(NodeIf, "if")})
		case kind == NodeWith && next.kind == tokWith:
			t.next()
			elseList = t.newList(end.Position())
			elseList.append(&WithNode{t.branch(NodeWith, "with")})
		default:
			elseList, end = t.itemList()
			if end.Type() != nodeEnd {
				t.errorf("expected end; found %s", end)
			}
		}
	}
	return BranchNode{NodeType: kind, Pos: pipe.Pos, inTree: inTree{t}, Line: pipe.Line, Pipe: pipe, List: list, ElseList: elseList}
}

// block parses what follows block: a definition and the use of it.
func (t *Tree) block() Node {
	const context = "block clause"
	tok := t.nextNonSpace()
	name := t.templateName(tok, context)
	pipe := t.pipeline(context, tokRightDelim)
	b := t.inner(name)
	var end Node
	b.Root, end = b.itemList()
	if end.Type() != nodeEnd {
		t.errorf("unexpected %s in %s", end, context)
	}
	b.finish()
	return &TemplateNode{NodeType: NodeTemplate, Pos: tok.pos, inTree: inTree{t}, Line: tok.line, Name: name, Pipe: pipe}
}

// template parses what follows template.
func (t *Tree) template() Node {
	const context = "template clause"
	tok := t.nextNonSpace()
	name := t.templateName(tok, context)
	var pipe *PipeNode
	if t.peekNonSpace().kind == tokRightDelim {
		t.next()
	} else {
		pipe = t.pipeline(context, tokRightDelim)
	}
	return &TemplateNode{NodeType: NodeTemplate, Pos: tok.pos, inTree: inTree{t}, Line: tok.line, Name: name, Pipe: pipe}
}

// pipeline parses a pipeline and the token that ends it.
func (t *Tree) pipeline(context string, end tokenKind) *PipeNode {
	tok := t.peekNonSpace()
	pipe := &PipeNode{NodeType: NodePipe, Pos: tok.pos, inTree: inTree{t}, Line: tok.line}
	t.declarations(pipe, context)
	for {
		t.peekNonSpace()
		at := t.p.at
		switch tok := t.next(); tok.kind {
		case end:
			t.checkPipeline(pipe, context)
			return pipe
		case tokBool, tokRune, tokComplex, tokDot, tokField, tokName, tokNumber, tokNil, tokRaw, tokString, tokVariable, tokLeftPar:
			t.p.at = at
			pipe.append(t.command())
		default:
			t.unexpected(tok, context)
		}
	}
}

// declarations parses the variables at the beginning of a pipeline.
func (t *Tree) declarations(pipe *PipeNode, context string) {
	for {
		v := t.peekNonSpace()
		if v.kind != tokVariable {
			return
		}
		at := t.p.at
		t.next()
		switch next := t.peekNonSpace(); {
		case next.kind == tokAssign || next.kind == tokDeclare:
			pipe.IsAssign = next.kind == tokAssign
			t.next()
			t.declare(pipe, v)
			return
		case next.kind == tokChar && next.text == ",":
			t.next()
			t.declare(pipe, v)
			if context != "range" || len(pipe.Decl) >= 2 {
				t.errorf("too many declarations in %s", context)
			}
			switch t.peekNonSpace().kind {
			case tokVariable, tokRightDelim, tokRightPar:
			default:
				t.errorf("range can only initialize variables")
			}
		default:
			t.p.at = at // an operand
			return
		}
	}
}

func (t *Tree) declare(pipe *PipeNode, v token) {
	pipe.Decl = append(pipe.Decl, t.newVariable(v.pos, v.text))
	t.vars = append(t.vars, v.text)
}

func (t *Tree) checkPipeline(pipe *PipeNode, context string) {
	if len(pipe.Cmds) == 0 {
		t.errorf("missing value for %s", context)
	}
	for i, c := range pipe.Cmds {
		if i == 0 {
			continue
		}
		switch c.Args[0].Type() {
		case NodeBool, NodeDot, NodeNil, NodeNumber, NodeString:
			t.errorf("non executable command in pipeline stage %d", i+1)
		}
	}
}

// command parses a command, and the | behind it if there is one.
func (t *Tree) command() *CommandNode {
	cmd := &CommandNode{NodeType: NodeCommand, Pos: t.peekNonSpace().pos, inTree: inTree{t}}
	for {
		t.peekNonSpace()
		if n := t.operand(); n != nil {
			cmd.append(n)
		}
		at := t.p.at
		switch tok := t.next(); tok.kind {
		case tokSpace:
			continue
		case tokRightDelim, tokRightPar:
			t.p.at = at
		case tokPipe:
		default:
			t.unexpected(tok, "operand")
		}
		break
	}
	if len(cmd.Args) == 0 {
		t.errorf("empty command")
	}
	return cmd
}

// operand parses a term and fields of it. It returns nil if there is no term.
func (t *Tree) operand() Node {
	n := t.term()
	if n == nil || t.peek().kind != tokField {
		return n
	}
	chain := &ChainNode{NodeType: NodeChain, Pos: t.peek().pos, inTree: inTree{t}, Node: n}
	for t.peek().kind == tokField {
		chain.Add(t.next().text)
	}
	switch n.Type() {
	case NodeField:
		return t.newField(chain.Pos, chain.String())
	case NodeVariable:
		return t.newVariable(chain.Pos, chain.String())
	case NodeBool, NodeString, NodeNumber, NodeNil, NodeDot:
		t.errorf("unexpected . after term %q", n.String())
	}
	return chain
}

func (t *Tree) term() Node {
	t.peekNonSpace()
	at := t.p.at
	tok := t.next()
	switch tok.kind {
	case tokName:
		if t.Mode&SkipFuncCheck == 0 && !t.hasFunction(tok.text) {
			t.errorf("function %q not defined", tok.text)
		}
		return NewIdentifier(tok.text).SetTree(t).SetPos(tok.pos)
	case tokDot:
		return &DotNode{NodeType: NodeDot, Pos: tok.pos, inTree: inTree{t}}
	case tokNil:
		return &NilNode{NodeType: NodeNil, Pos: tok.pos, inTree: inTree{t}}
	case tokVariable:
		return t.useVariable(tok)
	case tokField:
		return t.newField(tok.pos, tok.text)
	case tokBool:
		return &BoolNode{NodeType: NodeBool, Pos: tok.pos, inTree: inTree{t}, True: tok.text == "true"}
	case tokRune, tokComplex, tokNumber:
		n, err := t.newNumber(tok)
		if err != nil {
			t.errorf("%s", err)
		}
		return n
	case tokLeftPar:
		if t.depth >= maxDepth {
			t.errorf("max expression depth exceeded")
		}
		t.depth++
		defer func() { t.depth-- }()
		return t.pipeline("parenthesized pipeline", tokRightPar)
	case tokString, tokRaw:
		return &StringNode{NodeType: NodeString, Pos: tok.pos, inTree: inTree{t}, Quoted: tok.text, Text: t.unquote(tok)}
	}
	t.p.at = at
	return nil
}

func (t *Tree) useVariable(tok token) Node {
	v := t.newVariable(tok.pos, tok.text)
	for _, name := range t.vars {
		if name == v.Ident[0] {
			return v
		}
	}
	t.errorf("undefined variable %q", v.Ident[0])
	return nil
}

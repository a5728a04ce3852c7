// Package ast has the syntax tree of Go, and functions that walk, print and
// change it.
package ast

import "go/token"

// Node is a node of the tree: it knows where it begins, and where what follows
// it begins.
type Node interface {
	Pos() token.Pos
	End() token.Pos
}

// Expr is an expression or type.
type Expr interface {
	Node
	exprNode()
}

// Stmt is a statement.
type Stmt interface {
	Node
	stmtNode()
}

// Decl is a declaration.
type Decl interface {
	Node
	declNode()
}

// Spec is an *ImportSpec, *ValueSpec or *TypeSpec.
type Spec interface {
	Node
	specNode()
}

// A Comment is one // or /* comment.
type Comment struct {
	Slash token.Pos // of the first slash
	Text  string    // with its markers, without the line break
}

func (c *Comment) Pos() token.Pos { return c.Slash }
func (c *Comment) End() token.Pos { return token.Pos(int(c.Slash) + len(c.Text)) }

// A CommentGroup is comments with nothing between them, not even an empty line.
type CommentGroup struct {
	List []*Comment // not empty
}

func (g *CommentGroup) Pos() token.Pos { return g.List[0].Pos() }
func (g *CommentGroup) End() token.Pos { return g.List[len(g.List)-1].End() }

// A Field is a field or some fields of a struct, a method or embedded type of
// an interface, or parameters of one type.
type Field struct {
	Doc     *CommentGroup // or nil
	Names   []*Ident      // nil for embedded types and parameters without names
	Type    Expr          // or nil
	Tag     *BasicLit     // or nil
	Comment *CommentGroup // on the line; or nil
}

func (f *Field) Pos() token.Pos {
	if len(f.Names) > 0 {
		return f.Names[0].Pos()
	}
	if f.Type != nil {
		return f.Type.Pos()
	}
	return token.NoPos
}

func (f *Field) End() token.Pos {
	if f.Tag != nil {
		return f.Tag.End()
	}
	if f.Type != nil {
		return f.Type.End()
	}
	if n := len(f.Names); n > 0 {
		return f.Names[n-1].End()
	}
	return token.NoPos
}

// A FieldList is a list of fields in parentheses, braces or brackets.
type FieldList struct {
	Opening token.Pos // if there is one
	List    []*Field
	Closing token.Pos // if there is one
}

func (f *FieldList) Pos() token.Pos {
	if f.Opening.IsValid() {
		return f.Opening
	}
	if len(f.List) > 0 {
		return f.List[0].Pos()
	}
	return token.NoPos
}

func (f *FieldList) End() token.Pos {
	if f.Closing.IsValid() {
		return f.Closing + 1
	}
	if n := len(f.List); n > 0 {
		return f.List[n-1].End()
	}
	return token.NoPos
}

// NumFields returns how many names there are; a field without name counts one.
func (f *FieldList) NumFields() int {
	n := 0
	if f != nil {
		for _, g := range f.List {
			n += max(1, len(g.Names))
		}
	}
	return n
}

// A BadExpr stands for an expression with syntax errors.
type BadExpr struct {
	From, To token.Pos
}

func (x *BadExpr) Pos() token.Pos { return x.From }
func (x *BadExpr) End() token.Pos { return x.To }

func (*BadExpr) exprNode() {}

// An Ident is an identifier.
type Ident struct {
	NamePos token.Pos
	Name    string
	Obj     *Object // or nil
}

func (x *Ident) Pos() token.Pos { return x.NamePos }
func (x *Ident) End() token.Pos { return token.Pos(int(x.NamePos) + len(x.Name)) }

func (*Ident) exprNode() {}

// An Ellipsis is ... in a parameter list, or as the length of an array type.
type Ellipsis struct {
	Ellipsis token.Pos
	Elt      Expr // the type of the elements, in parameter lists; or nil
}

func (x *Ellipsis) Pos() token.Pos { return x.Ellipsis }

func (x *Ellipsis) End() token.Pos {
	if x.Elt != nil {
		return x.Elt.End()
	}
	return x.Ellipsis + 3
}

func (*Ellipsis) exprNode() {}

// A BasicLit is a literal of a basic type.
type BasicLit struct {
	ValuePos token.Pos
	ValueEnd token.Pos   // where what follows begins
	Kind     token.Token // INT, FLOAT, IMAG, CHAR or STRING
	Value    string      // as it is written
}

func (x *BasicLit) Pos() token.Pos { return x.ValuePos }

func (x *BasicLit) End() token.Pos {
	if x.ValueEnd.IsValid() {
		return x.ValueEnd
	}
	// Right but for raw strings with carriage returns.
	return token.Pos(int(x.ValuePos) + len(x.Value))
}

func (*BasicLit) exprNode() {}

// A FuncLit is a function literal.
type FuncLit struct {
	Type *FuncType
	Body *BlockStmt
}

func (x *FuncLit) Pos() token.Pos { return x.Type.Pos() }
func (x *FuncLit) End() token.Pos { return x.Body.End() }

func (*FuncLit) exprNode() {}

// A CompositeLit is a composite literal.
type CompositeLit struct {
	Type       Expr // or nil
	Lbrace     token.Pos
	Elts       []Expr
	Rbrace     token.Pos
	Incomplete bool // elements are missing in Elts
}

func (x *CompositeLit) Pos() token.Pos {
	if x.Type != nil {
		return x.Type.Pos()
	}
	return x.Lbrace
}
func (x *CompositeLit) End() token.Pos { return x.Rbrace + 1 }

func (*CompositeLit) exprNode() {}

// A ParenExpr is an expression in parentheses.
type ParenExpr struct {
	Lparen token.Pos
	X      Expr
	Rparen token.Pos
}

func (x *ParenExpr) Pos() token.Pos { return x.Lparen }
func (x *ParenExpr) End() token.Pos { return x.Rparen + 1 }

func (*ParenExpr) exprNode() {}

// A SelectorExpr is X.Sel.
type SelectorExpr struct {
	X   Expr
	Sel *Ident
}

func (x *SelectorExpr) Pos() token.Pos { return x.X.Pos() }
func (x *SelectorExpr) End() token.Pos { return x.Sel.End() }

func (*SelectorExpr) exprNode() {}

// An IndexExpr is X[Index].
type IndexExpr struct {
	X      Expr
	Lbrack token.Pos
	Index  Expr
	Rbrack token.Pos
}

func (x *IndexExpr) Pos() token.Pos { return x.X.Pos() }
func (x *IndexExpr) End() token.Pos { return x.Rbrack + 1 }

func (*IndexExpr) exprNode() {}

// An IndexListExpr is X with several indices, as in an instantiation.
type IndexListExpr struct {
	X       Expr
	Lbrack  token.Pos
	Indices []Expr
	Rbrack  token.Pos
}

func (x *IndexListExpr) Pos() token.Pos { return x.X.Pos() }
func (x *IndexListExpr) End() token.Pos { return x.Rbrack + 1 }

func (*IndexListExpr) exprNode() {}

// A SliceExpr is X[Low:High:Max].
type SliceExpr struct {
	X      Expr
	Lbrack token.Pos
	Low    Expr // or nil
	High   Expr // or nil
	Max    Expr // or nil
	Slice3 bool // there are two colons
	Rbrack token.Pos
}

func (x *SliceExpr) Pos() token.Pos { return x.X.Pos() }
func (x *SliceExpr) End() token.Pos { return x.Rbrack + 1 }

func (*SliceExpr) exprNode() {}

// A TypeAssertExpr is X.(Type).
type TypeAssertExpr struct {
	X      Expr
	Lparen token.Pos
	Type   Expr // nil for X.(type)
	Rparen token.Pos
}

func (x *TypeAssertExpr) Pos() token.Pos { return x.X.Pos() }
func (x *TypeAssertExpr) End() token.Pos { return x.Rparen + 1 }

func (*TypeAssertExpr) exprNode() {}

// A CallExpr is a call, or a conversion.
type CallExpr struct {
	Fun      Expr
	Lparen   token.Pos
	Args     []Expr
	Ellipsis token.Pos // of ..., if there is one
	Rparen   token.Pos
}

func (x *CallExpr) Pos() token.Pos { return x.Fun.Pos() }
func (x *CallExpr) End() token.Pos { return x.Rparen + 1 }

func (*CallExpr) exprNode() {}

// A StarExpr is *X: a dereference or a pointer type.
type StarExpr struct {
	Star token.Pos
	X    Expr
}

func (x *StarExpr) Pos() token.Pos { return x.Star }
func (x *StarExpr) End() token.Pos { return x.X.End() }

func (*StarExpr) exprNode() {}

// A UnaryExpr is a unary operation other than *.
type UnaryExpr struct {
	OpPos token.Pos
	Op    token.Token
	X     Expr
}

func (x *UnaryExpr) Pos() token.Pos { return x.OpPos }
func (x *UnaryExpr) End() token.Pos { return x.X.End() }

func (*UnaryExpr) exprNode() {}

// A BinaryExpr is a binary operation.
type BinaryExpr struct {
	X     Expr
	OpPos token.Pos
	Op    token.Token
	Y     Expr
}

func (x *BinaryExpr) Pos() token.Pos { return x.X.Pos() }
func (x *BinaryExpr) End() token.Pos { return x.Y.End() }

func (*BinaryExpr) exprNode() {}

// A KeyValueExpr is key: value in a composite literal.
type KeyValueExpr struct {
	Key   Expr
	Colon token.Pos
	Value Expr
}

func (x *KeyValueExpr) Pos() token.Pos { return x.Key.Pos() }
func (x *KeyValueExpr) End() token.Pos { return x.Value.End() }

func (*KeyValueExpr) exprNode() {}

// ChanDir is the direction of a channel type: one of the constants or both.
type ChanDir int

const (
	SEND ChanDir = 1 << iota
	RECV
)

// An ArrayType is an array or slice type.
type ArrayType struct {
	Lbrack token.Pos
	Len    Expr // an Ellipsis for [...]T, nil for slices
	Elt    Expr
}

func (x *ArrayType) Pos() token.Pos { return x.Lbrack }
func (x *ArrayType) End() token.Pos { return x.Elt.End() }

func (*ArrayType) exprNode() {}

// A StructType is a struct type.
type StructType struct {
	Struct     token.Pos
	Fields     *FieldList
	Incomplete bool // fields are missing
}

func (x *StructType) Pos() token.Pos { return x.Struct }
func (x *StructType) End() token.Pos { return x.Fields.End() }

func (*StructType) exprNode() {}

// A FuncType is a function type.
type FuncType struct {
	Func       token.Pos  // if there is one
	TypeParams *FieldList // or nil
	Params     *FieldList
	Results    *FieldList // or nil
}

func (x *FuncType) Pos() token.Pos {
	if x.Func.IsValid() || x.Params == nil {
		return x.Func
	}
	return x.Params.Pos() // of a method in an interface
}

func (x *FuncType) End() token.Pos {
	if x.Results != nil {
		return x.Results.End()
	}
	return x.Params.End()
}

func (*FuncType) exprNode() {}

// An InterfaceType is an interface type.
type InterfaceType struct {
	Interface  token.Pos
	Methods    *FieldList // embedded types too
	Incomplete bool       // some are missing
}

func (x *InterfaceType) Pos() token.Pos { return x.Interface }
func (x *InterfaceType) End() token.Pos { return x.Methods.End() }

func (*InterfaceType) exprNode() {}

// A MapType is a map type.
type MapType struct {
	Map   token.Pos
	Key   Expr
	Value Expr
}

func (x *MapType) Pos() token.Pos { return x.Map }
func (x *MapType) End() token.Pos { return x.Value.End() }

func (*MapType) exprNode() {}

// A ChanType is a channel type.
type ChanType struct {
	Begin token.Pos // of chan or <-, what comes first
	Arrow token.Pos // of <-, if there is one
	Dir   ChanDir
	Value Expr
}

func (x *ChanType) Pos() token.Pos { return x.Begin }
func (x *ChanType) End() token.Pos { return x.Value.End() }

func (*ChanType) exprNode() {}

// A BadStmt stands for statements with syntax errors.
type BadStmt struct {
	From, To token.Pos
}

func (s *BadStmt) Pos() token.Pos { return s.From }
func (s *BadStmt) End() token.Pos { return s.To }

func (*BadStmt) stmtNode() {}

// A DeclStmt is a declaration as a statement.
type DeclStmt struct {
	Decl Decl // *GenDecl
}

func (s *DeclStmt) Pos() token.Pos { return s.Decl.Pos() }
func (s *DeclStmt) End() token.Pos { return s.Decl.End() }

func (*DeclStmt) stmtNode() {}

// An EmptyStmt is an empty statement; its place is that of the semicolon.
type EmptyStmt struct {
	Semicolon token.Pos
	Implicit  bool // the semicolon is not in the source
}

func (s *EmptyStmt) Pos() token.Pos { return s.Semicolon }

func (s *EmptyStmt) End() token.Pos {
	if s.Implicit {
		return s.Semicolon
	}
	return s.Semicolon + 1
}

func (*EmptyStmt) stmtNode() {}

// A LabeledStmt is a statement with a label.
type LabeledStmt struct {
	Label *Ident
	Colon token.Pos
	Stmt  Stmt
}

func (s *LabeledStmt) Pos() token.Pos { return s.Label.Pos() }
func (s *LabeledStmt) End() token.Pos { return s.Stmt.End() }

func (*LabeledStmt) stmtNode() {}

// An ExprStmt is an expression as a statement.
type ExprStmt struct {
	X Expr
}

func (s *ExprStmt) Pos() token.Pos { return s.X.Pos() }
func (s *ExprStmt) End() token.Pos { return s.X.End() }

func (*ExprStmt) stmtNode() {}

// A SendStmt is Chan <- Value.
type SendStmt struct {
	Chan  Expr
	Arrow token.Pos
	Value Expr
}

func (s *SendStmt) Pos() token.Pos { return s.Chan.Pos() }
func (s *SendStmt) End() token.Pos { return s.Value.End() }

func (*SendStmt) stmtNode() {}

// An IncDecStmt is X++ or X--.
type IncDecStmt struct {
	X      Expr
	TokPos token.Pos
	Tok    token.Token
}

func (s *IncDecStmt) Pos() token.Pos { return s.X.Pos() }
func (s *IncDecStmt) End() token.Pos { return s.TokPos + 2 }

func (*IncDecStmt) stmtNode() {}

// An AssignStmt is an assignment or a short variable declaration.
type AssignStmt struct {
	Lhs    []Expr
	TokPos token.Pos
	Tok    token.Token
	Rhs    []Expr
}

func (s *AssignStmt) Pos() token.Pos { return s.Lhs[0].Pos() }
func (s *AssignStmt) End() token.Pos { return s.Rhs[len(s.Rhs)-1].End() }

func (*AssignStmt) stmtNode() {}

// A GoStmt is a go statement.
type GoStmt struct {
	Go   token.Pos
	Call *CallExpr
}

func (s *GoStmt) Pos() token.Pos { return s.Go }
func (s *GoStmt) End() token.Pos { return s.Call.End() }

func (*GoStmt) stmtNode() {}

// A DeferStmt is a defer statement.
type DeferStmt struct {
	Defer token.Pos
	Call  *CallExpr
}

func (s *DeferStmt) Pos() token.Pos { return s.Defer }
func (s *DeferStmt) End() token.Pos { return s.Call.End() }

func (*DeferStmt) stmtNode() {}

// A ReturnStmt is a return statement.
type ReturnStmt struct {
	Return  token.Pos
	Results []Expr
}

func (s *ReturnStmt) Pos() token.Pos { return s.Return }

func (s *ReturnStmt) End() token.Pos {
	if n := len(s.Results); n > 0 {
		return s.Results[n-1].End()
	}
	return token.Pos(int(s.Return) + len("return"))
}

func (*ReturnStmt) stmtNode() {}

// A BranchStmt is a break, continue, goto or fallthrough statement.
type BranchStmt struct {
	TokPos token.Pos
	Tok    token.Token
	Label  *Ident // or nil
}

func (s *BranchStmt) Pos() token.Pos { return s.TokPos }

func (s *BranchStmt) End() token.Pos {
	if s.Label != nil {
		return s.Label.End()
	}
	return token.Pos(int(s.TokPos) + len(s.Tok.String()))
}

func (*BranchStmt) stmtNode() {}

// A BlockStmt is statements in braces.
type BlockStmt struct {
	Lbrace token.Pos
	List   []Stmt
	Rbrace token.Pos // may be missing after errors
}

func (s *BlockStmt) Pos() token.Pos { return s.Lbrace }

func (s *BlockStmt) End() token.Pos {
	if s.Rbrace.IsValid() {
		return s.Rbrace + 1
	}
	if n := len(s.List); n > 0 {
		return s.List[n-1].End()
	}
	return s.Lbrace + 1
}

func (*BlockStmt) stmtNode() {}

// An IfStmt is an if statement.
type IfStmt struct {
	If   token.Pos
	Init Stmt // or nil
	Cond Expr
	Body *BlockStmt
	Else Stmt // or nil
}

func (s *IfStmt) Pos() token.Pos { return s.If }

func (s *IfStmt) End() token.Pos {
	if s.Else != nil {
		return s.Else.End()
	}
	return s.Body.End()
}

func (*IfStmt) stmtNode() {}

// A CaseClause is a case of a switch statement.
type CaseClause struct {
	Case  token.Pos
	List  []Expr // nil for default
	Colon token.Pos
	Body  []Stmt
}

func (s *CaseClause) Pos() token.Pos { return s.Case }

func (s *CaseClause) End() token.Pos {
	if n := len(s.Body); n > 0 {
		return s.Body[n-1].End()
	}
	return s.Colon + 1
}

func (*CaseClause) stmtNode() {}

// A SwitchStmt is an expression switch.
type SwitchStmt struct {
	Switch token.Pos
	Init   Stmt       // or nil
	Tag    Expr       // or nil
	Body   *BlockStmt // of CaseClauses
}

func (s *SwitchStmt) Pos() token.Pos { return s.Switch }
func (s *SwitchStmt) End() token.Pos { return s.Body.End() }

func (*SwitchStmt) stmtNode() {}

// A TypeSwitchStmt is a type switch.
type TypeSwitchStmt struct {
	Switch token.Pos
	Init   Stmt       // or nil
	Assign Stmt       // x := y.(type) or y.(type)
	Body   *BlockStmt // of CaseClauses
}

func (s *TypeSwitchStmt) Pos() token.Pos { return s.Switch }
func (s *TypeSwitchStmt) End() token.Pos { return s.Body.End() }

func (*TypeSwitchStmt) stmtNode() {}

// A CommClause is a case of a select statement.
type CommClause struct {
	Case  token.Pos
	Comm  Stmt // nil for default
	Colon token.Pos
	Body  []Stmt
}

func (s *CommClause) Pos() token.Pos { return s.Case }

func (s *CommClause) End() token.Pos {
	if n := len(s.Body); n > 0 {
		return s.Body[n-1].End()
	}
	return s.Colon + 1
}

func (*CommClause) stmtNode() {}

// A SelectStmt is a select statement.
type SelectStmt struct {
	Select token.Pos
	Body   *BlockStmt // of CommClauses
}

func (s *SelectStmt) Pos() token.Pos { return s.Select }
func (s *SelectStmt) End() token.Pos { return s.Body.End() }

func (*SelectStmt) stmtNode() {}

// A ForStmt is a for statement without range.
type ForStmt struct {
	For  token.Pos
	Init Stmt // or nil
	Cond Expr // or nil
	Post Stmt // or nil
	Body *BlockStmt
}

func (s *ForStmt) Pos() token.Pos { return s.For }
func (s *ForStmt) End() token.Pos { return s.Body.End() }

func (*ForStmt) stmtNode() {}

// A RangeStmt is a for statement with range.
type RangeStmt struct {
	For        token.Pos
	Key, Value Expr        // or nil
	TokPos     token.Pos   // of Tok, if there is a Key
	Tok        token.Token // ASSIGN or DEFINE, ILLEGAL without Key
	Range      token.Pos
	X          Expr
	Body       *BlockStmt
}

func (s *RangeStmt) Pos() token.Pos { return s.For }
func (s *RangeStmt) End() token.Pos { return s.Body.End() }

func (*RangeStmt) stmtNode() {}

// An ImportSpec is the import of a package.
type ImportSpec struct {
	Doc     *CommentGroup // or nil
	Name    *Ident        // or nil
	Path    *BasicLit
	Comment *CommentGroup // on the line; or nil
	EndPos  token.Pos     // where it ends, if not with Path
}

func (s *ImportSpec) Pos() token.Pos {
	if s.Name != nil {
		return s.Name.Pos()
	}
	return s.Path.Pos()
}

func (s *ImportSpec) End() token.Pos {
	if s.EndPos != 0 {
		return s.EndPos
	}
	return s.Path.End()
}

func (*ImportSpec) specNode() {}

// A ValueSpec declares constants or variables.
type ValueSpec struct {
	Doc     *CommentGroup // or nil
	Names   []*Ident
	Type    Expr // or nil
	Values  []Expr
	Comment *CommentGroup // on the line; or nil
}

func (s *ValueSpec) Pos() token.Pos { return s.Names[0].Pos() }

func (s *ValueSpec) End() token.Pos {
	if n := len(s.Values); n > 0 {
		return s.Values[n-1].End()
	}
	if s.Type != nil {
		return s.Type.End()
	}
	return s.Names[len(s.Names)-1].End()
}

func (*ValueSpec) specNode() {}

// A TypeSpec declares a type.
type TypeSpec struct {
	Doc        *CommentGroup // or nil
	Name       *Ident
	TypeParams *FieldList // or nil
	Assign     token.Pos  // of =, if there is one
	Type       Expr
	Comment    *CommentGroup // on the line; or nil
}

func (s *TypeSpec) Pos() token.Pos { return s.Name.Pos() }
func (s *TypeSpec) End() token.Pos { return s.Type.End() }

func (*TypeSpec) specNode() {}

// A BadDecl stands for a declaration with syntax errors.
type BadDecl struct {
	From, To token.Pos
}

func (d *BadDecl) Pos() token.Pos { return d.From }
func (d *BadDecl) End() token.Pos { return d.To }

func (*BadDecl) declNode() {}

// A GenDecl is a declaration of imports, constants, types or variables.
type GenDecl struct {
	Doc    *CommentGroup // or nil
	TokPos token.Pos
	Tok    token.Token // IMPORT, CONST, TYPE or VAR
	Lparen token.Pos   // if there is one
	Specs  []Spec
	Rparen token.Pos // if there is one
}

func (d *GenDecl) Pos() token.Pos { return d.TokPos }

func (d *GenDecl) End() token.Pos {
	if d.Rparen.IsValid() {
		return d.Rparen + 1
	}
	return d.Specs[0].End()
}

func (*GenDecl) declNode() {}

// A FuncDecl declares a function or method.
type FuncDecl struct {
	Doc  *CommentGroup // or nil
	Recv *FieldList    // the receiver; or nil
	Name *Ident
	Type *FuncType
	Body *BlockStmt // nil if it is elsewhere
}

func (d *FuncDecl) Pos() token.Pos { return d.Type.Pos() }

func (d *FuncDecl) End() token.Pos {
	if d.Body != nil {
		return d.Body.End()
	}
	return d.Type.End()
}

func (*FuncDecl) declNode() {}

// A File is a source file.
type File struct {
	Doc     *CommentGroup // or nil
	Package token.Pos
	Name    *Ident // of the package
	Decls   []Decl

	FileStart, FileEnd token.Pos // of the whole file
	Scope              *Scope    // of the package, this file only
	Imports            []*ImportSpec
	Unresolved         []*Ident        // identifiers without object
	Comments           []*CommentGroup // all, in order
	GoVersion          string          // what build constraints demand
}

func (f *File) Pos() token.Pos { return f.Package }

func (f *File) End() token.Pos {
	if n := len(f.Decls); n > 0 {
		return f.Decls[n-1].End()
	}
	return f.Name.End()
}

// A Package is the files of a package.
type Package struct {
	Name    string
	Scope   *Scope
	Imports map[string]*Object
	Files   map[string]*File // by name
}

func (p *Package) Pos() token.Pos { return token.NoPos }
func (p *Package) End() token.Pos { return token.NoPos }

// NewIdent returns an Ident without position.
func NewIdent(name string) *Ident { return &Ident{token.NoPos, name, nil} }

// IsExported reports whether name begins with an upper-case letter.
func IsExported(name string) bool { return token.IsExported(name) }

// IsExported reports whether the name begins with an upper-case letter.
func (id *Ident) IsExported() bool { return token.IsExported(id.Name) }

func (id *Ident) String() string {
	if id != nil {
		return id.Name
	}
	return "<nil>"
}

// Unparen returns the expression without parentheses around it.
func Unparen(e Expr) Expr {
	for {
		p, ok := e.(*ParenExpr)
		if !ok {
			return e
		}
		e = p.X
	}
}

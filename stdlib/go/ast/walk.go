package ast

import (
	"fmt"
	"iter"
)

// A Visitor's Visit is called for the nodes that Walk comes to. If what it
// returns is not nil, the children of the node are visited with that, and then
// its Visit is called with nil.
type Visitor interface {
	Visit(node Node) (w Visitor)
}

// walkAll walks the nodes of a list.
func walkAll[N Node](v Visitor, list []N) {
	for _, n := range list {
		Walk(v, n)
	}
}

// Walk goes through a tree, from node down.
func Walk(v Visitor, node Node) {
	if v = v.Visit(node); v == nil {
		return
	}
	expr := func(x Expr) {
		if x != nil {
			Walk(v, x)
		}
	}
	stmt := func(s Stmt) {
		if s != nil {
			Walk(v, s)
		}
	}
	comments := func(g *CommentGroup) {
		if g != nil {
			Walk(v, g)
		}
	}
	fields := func(l *FieldList) {
		if l != nil {
			Walk(v, l)
		}
	}
	ident := func(x *Ident) {
		if x != nil {
			Walk(v, x)
		}
	}
	switch n := node.(type) {
	case *Comment, *BadExpr, *Ident, *BasicLit, *BadStmt, *EmptyStmt, *BadDecl:
		// no children
	case *CommentGroup:
		walkAll(v, n.List)
	case *Field:
		comments(n.Doc)
		walkAll(v, n.Names)
		expr(n.Type)
		if n.Tag != nil {
			Walk(v, n.Tag)
		}
		comments(n.Comment)
	case *FieldList:
		walkAll(v, n.List)
	case *Ellipsis:
		expr(n.Elt)
	case *FuncLit:
		Walk(v, n.Type)
		Walk(v, n.Body)
	case *CompositeLit:
		expr(n.Type)
		walkAll(v, n.Elts)
	case *ParenExpr:
		Walk(v, n.X)
	case *SelectorExpr:
		Walk(v, n.X)
		Walk(v, n.Sel)
	case *IndexExpr:
		Walk(v, n.X)
		Walk(v, n.Index)
	case *IndexListExpr:
		Walk(v, n.X)
		walkAll(v, n.Indices)
	case *SliceExpr:
		Walk(v, n.X)
		expr(n.Low)
		expr(n.High)
		expr(n.Max)
	case *TypeAssertExpr:
		Walk(v, n.X)
		expr(n.Type)
	case *CallExpr:
		Walk(v, n.Fun)
		walkAll(v, n.Args)
	case *StarExpr:
		Walk(v, n.X)
	case *UnaryExpr:
		Walk(v, n.X)
	case *BinaryExpr:
		Walk(v, n.X)
		Walk(v, n.Y)
	case *KeyValueExpr:
		Walk(v, n.Key)
		Walk(v, n.Value)
	case *ArrayType:
		expr(n.Len)
		Walk(v, n.Elt)
	case *StructType:
		Walk(v, n.Fields)
	case *FuncType:
		fields(n.TypeParams)
		fields(n.Params)
		fields(n.Results)
	case *InterfaceType:
		Walk(v, n.Methods)
	case *MapType:
		Walk(v, n.Key)
		Walk(v, n.Value)
	case *ChanType:
		Walk(v, n.Value)
	case *DeclStmt:
		Walk(v, n.Decl)
	case *LabeledStmt:
		Walk(v, n.Label)
		Walk(v, n.Stmt)
	case *ExprStmt:
		Walk(v, n.X)
	case *SendStmt:
		Walk(v, n.Chan)
		Walk(v, n.Value)
	case *IncDecStmt:
		Walk(v, n.X)
	case *AssignStmt:
		walkAll(v, n.Lhs)
		walkAll(v, n.Rhs)
	case *GoStmt:
		Walk(v, n.Call)
	case *DeferStmt:
		Walk(v, n.Call)
	case *ReturnStmt:
		walkAll(v, n.Results)
	case *BranchStmt:
		ident(n.Label)
	case *BlockStmt:
		walkAll(v, n.List)
	case *IfStmt:
		stmt(n.Init)
		Walk(v, n.Cond)
		Walk(v, n.Body)
		stmt(n.Else)
	case *CaseClause:
		walkAll(v, n.List)
		walkAll(v, n.Body)
	case *SwitchStmt:
		stmt(n.Init)
		expr(n.Tag)
		Walk(v, n.Body)
	case *TypeSwitchStmt:
		stmt(n.Init)
		Walk(v, n.Assign)
		Walk(v, n.Body)
	case *CommClause:
		stmt(n.Comm)
		walkAll(v, n.Body)
	case *SelectStmt:
		Walk(v, n.Body)
	case *ForStmt:
		stmt(n.Init)
		expr(n.Cond)
		stmt(n.Post)
		Walk(v, n.Body)
	case *RangeStmt:
		expr(n.Key)
		expr(n.Value)
		Walk(v, n.X)
		Walk(v, n.Body)
	case *ImportSpec:
		comments(n.Doc)
		ident(n.Name)
		Walk(v, n.Path)
		comments(n.Comment)
	case *ValueSpec:
		comments(n.Doc)
		walkAll(v, n.Names)
		expr(n.Type)
		walkAll(v, n.Values)
		comments(n.Comment)
	case *TypeSpec:
		comments(n.Doc)
		Walk(v, n.Name)
		fields(n.TypeParams)
		Walk(v, n.Type)
		comments(n.Comment)
	case *GenDecl:
		comments(n.Doc)
		walkAll(v, n.Specs)
	case *FuncDecl:
		comments(n.Doc)
		fields(n.Recv)
		Walk(v, n.Name)
		Walk(v, n.Type)
		if n.Body != nil {
			Walk(v, n.Body)
		}
	case *File:
		comments(n.Doc)
		Walk(v, n.Name)
		walkAll(v, n.Decls)
		// The other comments belong to no node.
	case *Package:
		for _, f := range n.Files {
			Walk(v, f)
		}
	default:
		panic(fmt.Sprintf("ast.Walk: unexpected node type %T", n))
	}
	v.Visit(nil)
}

type inspector func(Node) bool

func (f inspector) Visit(node Node) Visitor {
	if f(node) {
		return f
	}
	return nil
}

// Inspect calls f for node and, where f returns true, for its children, and
// then with nil.
func Inspect(node Node, f func(Node) bool) { Walk(inspector(f), node) }

// Preorder returns the nodes of a tree, parents before children.
func Preorder(root Node) iter.Seq[Node] {
	return func(yield func(Node) bool) {
		ok := true
		Inspect(root, func(n Node) bool {
			if n != nil {
				// Once false, it stays so.
				ok = ok && yield(n)
			}
			return ok
		})
	}
}

// PreorderStack calls f for the nodes of a tree, with the nodes around each
// appended to stack. Where f returns false the children are left out.
func PreorderStack(root Node, stack []Node, f func(n Node, stack []Node) bool) {
	before := len(stack)
	Inspect(root, func(n Node) bool {
		if n == nil {
			stack = stack[:len(stack)-1]
			return true
		}
		if !f(n, stack) {
			return false
		}
		stack = append(stack, n)
		return true
	})
	if len(stack) != before {
		panic("push/pop mismatch")
	}
}

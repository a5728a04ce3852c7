//! The tree as text: expressions as messages quote them, and whole files for `--emit=ast` and tests.
//!
//! Messages quote expressions as gc does: bodies of functions, literals and types are shortened to `…`.
//! The file form is one node a line, indented by depth, with `line:column` of the node.

use crate::ast::*;
use source::Symbol;
use std::fmt::Write;

/// An expression in gc's short form.
pub fn expr_text(ast: &Ast, expr: ExprId) -> String {
    let mut out = String::new();
    Short { ast, out: &mut out }.expr(expr);
    out
}

/// A statement without a body, as messages quote it.
pub fn simple_stmt_text(ast: &Ast, stmt: StmtId) -> String {
    let list = |list: List<ExprId>| ast.list(list).map(|expr| expr_text(ast, expr)).collect::<Vec<_>>().join(", ");
    match ast[stmt] {
        Stmt::Expr(expr) => expr_text(ast, expr),
        Stmt::Send { chan, value } => format!("{} <- {}", expr_text(ast, chan), expr_text(ast, value)),
        Stmt::IncDec { op, operand } => format!("{}{}{}", expr_text(ast, operand), binary_op(op), binary_op(op)),
        Stmt::Assign { op: None, lhs, rhs } => format!("{} = {}", list(lhs), list(rhs)),
        Stmt::Assign { op: Some(op), lhs, rhs } => format!("{} {}= {}", list(lhs), binary_op(op), list(rhs)),
        Stmt::Define { lhs, rhs } => format!("{} := {}", list(lhs), list(rhs)),
        _ => "…".to_string(),
    }
}

/// A binary operator as it is written.
pub fn binary_op(op: BinaryOp) -> &'static str {
    match op {
        BinaryOp::OrOr => "||",
        BinaryOp::AndAnd => "&&",
        BinaryOp::Equal => "==",
        BinaryOp::NotEqual => "!=",
        BinaryOp::Less => "<",
        BinaryOp::LessEqual => "<=",
        BinaryOp::Greater => ">",
        BinaryOp::GreaterEqual => ">=",
        BinaryOp::Add => "+",
        BinaryOp::Sub => "-",
        BinaryOp::Or => "|",
        BinaryOp::Xor => "^",
        BinaryOp::Mul => "*",
        BinaryOp::Div => "/",
        BinaryOp::Rem => "%",
        BinaryOp::And => "&",
        BinaryOp::AndNot => "&^",
        BinaryOp::Shl => "<<",
        BinaryOp::Shr => ">>",
    }
}

/// A unary operator as it is written.
pub fn unary_op(op: UnaryOp) -> &'static str {
    match op {
        UnaryOp::Plus => "+",
        UnaryOp::Neg => "-",
        UnaryOp::Not => "!",
        UnaryOp::Complement => "^",
        UnaryOp::Address => "&",
        UnaryOp::Receive => "<-",
        UnaryOp::Tilde => "~",
    }
}

struct Short<'a> {
    ast: &'a Ast,
    out: &'a mut String,
}

/// Much deeper expressions are not worth reading, and printing recurses.
const MAX_PRINTED_DEPTH: usize = 100_000;

impl Short<'_> {
    fn text(&mut self, text: &str) {
        self.out.push_str(text);
    }

    fn name(&mut self, ident: IdentId) {
        self.text(self.ast.name(ident).as_str());
    }

    fn list(&mut self, exprs: List<ExprId>) {
        for (nth, expr) in self.ast.list(exprs).enumerate() {
            if nth > 0 {
                self.text(", ");
            }
            self.expr(expr);
        }
    }

    fn expr(&mut self, expr: ExprId) {
        if expr.is_some() && self.out.len() < MAX_PRINTED_DEPTH {
            stacker::maybe_grow(64 << 10, 1 << 20, || self.some_expr(expr));
        }
    }

    fn some_expr(&mut self, expr: ExprId) {
        match self.ast[expr] {
            Expr::Bad => self.text("<bad expr>"),
            Expr::Name(name) => self.name(name),
            Expr::Lit { text, .. } => self.text(text.as_str()),
            Expr::Composite { ty, elems, .. } => {
                self.expr(ty);
                self.text(if elems.is_empty() { "{}" } else { "{…}" });
            }
            Expr::KeyValue { key, value } => {
                self.expr(key);
                self.text(": ");
                self.expr(value);
            }
            Expr::FuncLit { ty, body } => {
                self.expr(ty);
                let is_empty = matches!(self.ast[body], Stmt::Block { stmts, .. } if stmts.is_empty());
                self.text(if is_empty { " {}" } else { " {…}" });
            }
            Expr::Paren(inner) => {
                self.text("(");
                self.expr(inner);
                self.text(")");
            }
            Expr::Selector { operand, name } => {
                self.expr(operand);
                self.text(".");
                self.name(name);
            }
            Expr::Index { operand, args } => {
                self.expr(operand);
                self.text("[");
                self.list(args);
                self.text("]");
            }
            Expr::Slice { operand, lo, hi, max, three } => {
                self.expr(operand);
                self.text("[");
                self.expr(lo);
                self.text(":");
                self.expr(hi);
                if three {
                    self.text(":");
                    self.expr(max);
                }
                self.text("]");
            }
            Expr::Assert { operand, ty } => {
                self.expr(operand);
                self.text(".(");
                self.expr(ty);
                self.text(")");
            }
            Expr::TypeGuard { operand } => {
                self.expr(operand);
                self.text(".(type)");
            }
            Expr::Call { func, args, spread, .. } => {
                self.expr(func);
                self.text("(");
                self.list(args);
                self.text(if spread { "...)" } else { ")" });
            }
            Expr::Unary { op, operand } => {
                self.text(unary_op(op));
                self.expr(operand);
            }
            Expr::Binary { op, lhs, rhs } => {
                self.expr(lhs);
                self.text(" ");
                self.text(binary_op(op));
                self.text(" ");
                self.expr(rhs);
            }
            Expr::Star(operand) => {
                self.text("*");
                self.expr(operand);
            }
            Expr::ArrayType { len, elem } => {
                self.text("[");
                if len.is_some() {
                    self.expr(len)
                } else {
                    self.text("...")
                }
                self.text("]");
                self.expr(elem);
            }
            Expr::SliceType { elem } => {
                self.text("[]");
                self.expr(elem);
            }
            Expr::StructType { fields } => self.text(if fields.is_empty() { "struct{}" } else { "struct{…}" }),
            Expr::InterfaceType { elems } => self.text(if elems.is_empty() { "interface{}" } else { "interface{…}" }),
            Expr::FuncType { params, results } => {
                self.text("func");
                self.signature(params, results);
            }
            Expr::MapType { key, value } => {
                self.text("map[");
                self.expr(key);
                self.text("]");
                self.expr(value);
            }
            Expr::ChanType { dir, elem } => {
                self.text(match dir {
                    ChanDir::Both => "chan ",
                    ChanDir::Send => "chan<- ",
                    ChanDir::Receive => "<-chan ",
                });
                // `chan (<-chan T)` would read as `chan<- chan T` without them.
                let is_receive = matches!(self.ast[elem], Expr::ChanType { dir: ChanDir::Receive, .. });
                if dir == ChanDir::Both && is_receive {
                    self.text("(");
                    self.expr(elem);
                    self.text(")");
                } else {
                    self.expr(elem);
                }
            }
            Expr::Ellipsis { elem } => {
                self.text("...");
                self.expr(elem);
            }
        }
    }

    fn signature(&mut self, params: List<FieldId>, results: List<FieldId>) {
        self.text("(");
        self.fields(params);
        self.text(")");
        if results.is_empty() {
            return;
        }
        self.text(" ");
        let first = self.ast[self.ast.nth(results, 0)];
        if results.len() == 1 && first.name.is_none() {
            return self.expr(first.ty);
        }
        self.text("(");
        self.fields(results);
        self.text(")");
    }

    /// `a, b T, c U`: a type is written once for all names that share it.
    fn fields(&mut self, fields: List<FieldId>) {
        let fields: Vec<FieldId> = self.ast.list(fields).collect();
        for (nth, &id) in fields.iter().enumerate() {
            let field = self.ast[id];
            if nth > 0 {
                self.text(", ");
            }
            self.name(field.name);
            let shares = fields.get(nth + 1).is_some_and(|&next| self.ast[next].ty == field.ty);
            if !shares {
                if field.name.is_some() {
                    self.text(" ");
                }
                self.expr(field.ty);
            }
        }
    }
}

/// The whole file, one node a line. `text` is the file's: lines and columns come from it.
pub fn print_file(file: &File, text: &[u8]) -> String {
    let line_starts: Vec<u32> = std::iter::once(0).chain(text.iter().enumerate().filter(|&(_, &b)| b == b'\n').map(|(i, _)| i as u32 + 1)).collect();
    let mut printer = Printer { file, ast: &file.ast, line_starts, depth: 0, out: String::new() };
    if let Some(constraint) = file.build_constraint {
        printer.line(None, format_args!("build {constraint}"));
    }
    printer.line(None, format_args!("package {}", file.ast.name(file.package)));
    for &decl in &file.decls {
        printer.decl(decl);
    }
    printer.out
}

struct Printer<'a> {
    file: &'a File,
    ast: &'a Ast,
    line_starts: Vec<u32>,
    depth: usize,
    out: String,
}

impl Printer<'_> {
    fn line(&mut self, offset: Option<u32>, text: std::fmt::Arguments<'_>) {
        self.out.push_str(&"  ".repeat(self.depth));
        let _ = write!(self.out, "{text}");
        if let Some(offset) = offset {
            let line = self.line_starts.partition_point(|&start| start <= offset);
            let _ = write!(self.out, " @{line}:{}", offset - self.line_starts[line - 1] + 1);
        }
        self.out.push('\n');
    }

    fn nested(&mut self, f: impl FnOnce(&mut Self)) {
        self.depth += 1;
        stacker::maybe_grow(64 << 10, 1 << 20, || f(self));
        self.depth -= 1;
    }

    /// A word and below it what `f` prints; nothing if `present` is false.
    fn part(&mut self, word: &str, present: bool, f: impl FnOnce(&mut Self)) {
        if present {
            self.line(None, format_args!("{word}"));
            self.nested(f);
        }
    }

    fn names(&self, names: List<IdentId>) -> String {
        self.ast.list(names).map(|name| self.ast.name(name).as_str()).collect::<Vec<_>>().join(", ")
    }

    fn decl(&mut self, id: DeclId) {
        let at = Some(self.ast.decl_offsets[id.index()]);
        for pragma in self.file.pragmas_of(id) {
            self.line(Some(pragma.offset), format_args!("pragma {}", pragma.text));
        }
        match self.ast[id] {
            Decl::Bad => self.line(at, format_args!("bad declaration")),
            Decl::Import { name, path } => {
                let name = self.ast.name(name);
                let space = if name == Symbol::EMPTY { "" } else { " " };
                self.line(at, format_args!("import {name}{space}{}", expr_text(self.ast, path)));
            }
            Decl::Const { names, ty, values, iota, repeats } => {
                let repeated = if repeats == id { "" } else { " repeated" };
                self.line(at, format_args!("const {} iota={iota}{repeated}", self.names(names)));
                if repeats == id {
                    self.type_and_values(ty, values);
                }
            }
            Decl::Var { names, ty, values } => {
                self.line(at, format_args!("var {}", self.names(names)));
                self.type_and_values(ty, values);
            }
            Decl::Type { name, type_params, is_alias, ty } => {
                let alias = if is_alias { " =" } else { "" };
                self.line(at, format_args!("type {}{alias}", self.ast.name(name)));
                self.nested(|p| {
                    p.part("type params", !type_params.is_empty(), |p| p.fields(type_params));
                    p.expr(ty);
                });
            }
            Decl::Func { name, recv, type_params, ty, body } => {
                self.line(at, format_args!("func {}", self.ast.name(name)));
                self.nested(|p| {
                    p.part("receiver", !recv.is_empty(), |p| p.fields(recv));
                    p.part("type params", !type_params.is_empty(), |p| p.fields(type_params));
                    p.expr(ty);
                    if body.is_some() {
                        p.stmt(body);
                    }
                });
            }
        }
    }

    fn type_and_values(&mut self, ty: ExprId, values: List<ExprId>) {
        self.nested(|p| {
            p.part("type", ty.is_some(), |p| p.expr(ty));
            p.part("values", !values.is_empty(), |p| p.exprs(values));
        });
    }

    fn fields(&mut self, fields: List<FieldId>) {
        let mut before = ExprId::NONE;
        for id in self.ast.list(fields) {
            let field = self.ast[id];
            let name = self.ast.name(field.name);
            let word = if field.embedded { "embedded" } else { "field" };
            let tag = if field.tag.is_some() { format!(" {}", expr_text(self.ast, field.tag)) } else { String::new() };
            let shared = if before == field.ty { " (same type)" } else { "" };
            let space = if name.is_empty() { "" } else { " " };
            self.line(Some(field.offset), format_args!("{word}{space}{name}{tag}{shared}"));
            if before != field.ty {
                self.nested(|p| p.expr(field.ty));
            }
            before = field.ty;
        }
    }

    fn exprs(&mut self, exprs: List<ExprId>) {
        for expr in self.ast.list(exprs) {
            self.expr(expr);
        }
    }

    fn expr(&mut self, id: ExprId) {
        if id.is_none() {
            return self.line(None, format_args!("none"));
        }
        let at = Some(self.ast.expr_offsets[id.index()]);
        match self.ast[id] {
            Expr::Bad => self.line(at, format_args!("bad")),
            Expr::Name(name) => self.line(at, format_args!("name {}", self.ast.name(name))),
            Expr::Lit { kind, text } => self.line(at, format_args!("{kind:?} {}", text.as_str().escape_debug())),
            Expr::Composite { ty, elems, .. } => {
                self.line(at, format_args!("composite"));
                self.nested(|p| {
                    p.part("type", ty.is_some(), |p| p.expr(ty));
                    p.exprs(elems);
                });
            }
            Expr::KeyValue { key, value } => self.node(at, "key", &[key, value]),
            Expr::FuncLit { ty, body } => {
                self.line(at, format_args!("func literal"));
                self.nested(|p| {
                    p.expr(ty);
                    p.stmt(body);
                });
            }
            Expr::Paren(inner) => self.node(at, "paren", &[inner]),
            Expr::Selector { operand, name } => {
                self.line(at, format_args!("selector {}", self.ast.name(name)));
                self.nested(|p| p.expr(operand));
            }
            Expr::Index { operand, args } => {
                self.line(at, format_args!("index"));
                self.nested(|p| {
                    p.expr(operand);
                    p.exprs(args);
                });
            }
            Expr::Slice { operand, lo, hi, max, three } => {
                let bounds = [operand, lo, hi, max];
                self.node(at, "slice", if three { &bounds } else { &bounds[..3] });
            }
            Expr::Assert { operand, ty } => self.node(at, "assert", &[operand, ty]),
            Expr::TypeGuard { operand } => self.node(at, "type guard", &[operand]),
            Expr::Call { func, args, spread, .. } => {
                self.line(at, format_args!("call{}", if spread { " ..." } else { "" }));
                self.nested(|p| {
                    p.expr(func);
                    p.exprs(args);
                });
            }
            Expr::Unary { op, operand } => self.node(at, unary_op(op), &[operand]),
            Expr::Binary { op, lhs, rhs } => self.node(at, binary_op(op), &[lhs, rhs]),
            Expr::Star(operand) => self.node(at, "star", &[operand]),
            Expr::ArrayType { len, elem } => self.node(at, "array", &[len, elem]),
            Expr::SliceType { elem } => self.node(at, "slice type", &[elem]),
            Expr::StructType { fields } => {
                self.line(at, format_args!("struct"));
                self.nested(|p| p.fields(fields));
            }
            Expr::InterfaceType { elems } => {
                self.line(at, format_args!("interface"));
                self.nested(|p| p.fields(elems));
            }
            Expr::FuncType { params, results } => {
                self.line(at, format_args!("func type"));
                self.nested(|p| {
                    p.fields(params);
                    p.part("results", !results.is_empty(), |p| p.fields(results));
                });
            }
            Expr::MapType { key, value } => self.node(at, "map", &[key, value]),
            Expr::ChanType { dir, elem } => {
                self.line(at, format_args!("chan {dir:?}"));
                self.nested(|p| p.expr(elem));
            }
            Expr::Ellipsis { elem } => self.node(at, "...", &[elem]),
        }
    }

    fn node(&mut self, at: Option<u32>, word: &str, operands: &[ExprId]) {
        self.line(at, format_args!("{word}"));
        self.nested(|p| operands.iter().for_each(|&operand| p.expr(operand)));
    }

    fn stmts(&mut self, stmts: List<StmtId>) {
        for stmt in self.ast.list(stmts) {
            self.stmt(stmt);
        }
    }

    fn stmt(&mut self, id: StmtId) {
        let at = Some(self.ast.stmt_offsets[id.index()]);
        match self.ast[id] {
            Stmt::Bad => self.line(at, format_args!("bad statement")),
            Stmt::Empty => self.line(at, format_args!("empty")),
            Stmt::Expr(expr) => self.node(at, "expr", &[expr]),
            Stmt::Send { chan, value } => self.node(at, "send", &[chan, value]),
            Stmt::IncDec { op, operand } => {
                self.node(at, if op == BinaryOp::Add { "++" } else { "--" }, &[operand]);
            }
            Stmt::Assign { op, lhs, rhs } => {
                self.line(at, format_args!("assign {}=", op.map_or("", binary_op)));
                self.two_sides(lhs, rhs);
            }
            Stmt::Define { lhs, rhs } => {
                self.line(at, format_args!("define"));
                self.two_sides(lhs, rhs);
            }
            Stmt::Decl(decls) => {
                for decl in self.ast.list(decls) {
                    self.decl(decl);
                }
            }
            Stmt::Go(call) => self.node(at, "go", &[call]),
            Stmt::Defer(call) => self.node(at, "defer", &[call]),
            Stmt::Return(values) => {
                self.line(at, format_args!("return"));
                self.nested(|p| p.exprs(values));
            }
            Stmt::Branch { kind, label } => {
                let name = self.ast.name(label);
                let space = if name.is_empty() { "" } else { " " };
                self.line(at, format_args!("{}{space}{name}", format!("{kind:?}").to_lowercase()));
            }
            Stmt::Block { stmts, .. } => {
                self.line(at, format_args!("block"));
                self.nested(|p| p.stmts(stmts));
            }
            Stmt::If { init, cond, then, els } => {
                self.line(at, format_args!("if"));
                self.nested(|p| {
                    p.opt_stmt("init", init);
                    p.expr(cond);
                    p.stmt(then);
                    p.opt_stmt("else", els);
                });
            }
            Stmt::Switch { init, tag, clauses, .. } => {
                self.line(at, format_args!("switch"));
                self.nested(|p| {
                    p.opt_stmt("init", init);
                    p.part("tag", tag.is_some(), |p| p.expr(tag));
                    p.stmts(clauses);
                });
            }
            Stmt::TypeSwitch { init, name, operand, clauses, .. } => {
                self.line(at, format_args!("type switch {}", self.ast.name(name)));
                self.nested(|p| {
                    p.opt_stmt("init", init);
                    p.expr(operand);
                    p.stmts(clauses);
                });
            }
            Stmt::Select { clauses, .. } => {
                self.line(at, format_args!("select"));
                self.nested(|p| p.stmts(clauses));
            }
            Stmt::For { init, cond, post, body } => {
                self.line(at, format_args!("for"));
                self.nested(|p| {
                    p.opt_stmt("init", init);
                    p.part("cond", cond.is_some(), |p| p.expr(cond));
                    p.opt_stmt("post", post);
                    p.stmt(body);
                });
            }
            Stmt::Range { key, value, define, operand, body, .. } => {
                self.line(at, format_args!("range{}", if define { " :=" } else { "" }));
                self.nested(|p| {
                    p.part("key", key.is_some(), |p| p.expr(key));
                    p.part("value", value.is_some(), |p| p.expr(value));
                    p.expr(operand);
                    if body.is_some() {
                        p.stmt(body);
                    }
                });
            }
            Stmt::Case { exprs, is_default, body, .. } => {
                self.line(at, format_args!("{}", if is_default { "default" } else { "case" }));
                self.nested(|p| {
                    p.exprs(exprs);
                    p.part("body", !body.is_empty(), |p| p.stmts(body));
                });
            }
            Stmt::Comm { comm, body, .. } => {
                self.line(at, format_args!("{}", if comm.is_some() { "comm" } else { "default" }));
                self.nested(|p| {
                    if comm.is_some() {
                        p.stmt(comm);
                    }
                    p.part("body", !body.is_empty(), |p| p.stmts(body));
                });
            }
            Stmt::Labeled { label, stmt } => {
                self.line(at, format_args!("label {}", self.ast.name(label)));
                self.nested(|p| p.stmt(stmt));
            }
        }
    }

    fn opt_stmt(&mut self, word: &str, stmt: StmtId) {
        self.part(word, stmt.is_some(), |p| p.stmt(stmt));
    }

    fn two_sides(&mut self, lhs: List<ExprId>, rhs: List<ExprId>) {
        self.nested(|p| {
            p.exprs(lhs);
            p.part("from", true, |p| p.exprs(rhs));
        });
    }
}

//! Expressions as messages show them: literals of functions and composites are shortened.

use super::Checker;
use std::fmt::Write;
use syntax::ast::{Ast, BinaryOp, ChanDir, Expr, ExprId, FieldId, List, UnaryOp};

impl Checker<'_> {
    pub fn expr_string(&self, e: ExprId) -> String {
        let mut out = String::new();
        write_expr(self.ast(), e, &mut out);
        out
    }
}

pub(crate) fn binary_op(op: BinaryOp) -> &'static str {
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

pub(crate) fn unary_op(op: UnaryOp) -> &'static str {
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

fn write_list(ast: &Ast, list: List<ExprId>, out: &mut String) {
    for (i, e) in ast.list(list).enumerate() {
        if i > 0 {
            out.push_str(", ");
        }
        write_expr(ast, e, out);
    }
}

pub(crate) fn write_expr(ast: &Ast, e: ExprId, out: &mut String) {
    if e.is_none() {
        return;
    }
    if out.len() > 4000 {
        return out.push('…');
    }
    stacker::maybe_grow(32 * 1024, 1024 * 1024, || write_inner(ast, e, out));
}

fn write_inner(ast: &Ast, e: ExprId, out: &mut String) {
    match ast[e] {
        Expr::Bad => out.push('_'),
        Expr::Name(id) => out.push_str(ast.name(id).as_str()),
        Expr::Lit { text, .. } => out.push_str(text.as_str()),
        Expr::Composite { ty, elems, .. } => {
            write_expr(ast, ty, out);
            out.push('{');
            if !elems.is_empty() {
                out.push('…');
            }
            out.push('}');
        }
        Expr::KeyValue { key, value } => {
            write_expr(ast, key, out);
            out.push_str(": ");
            write_expr(ast, value, out);
        }
        Expr::FuncLit { ty, body } => {
            write_expr(ast, ty, out);
            let empty = matches!(ast[body], syntax::ast::Stmt::Block { stmts, .. } if stmts.is_empty());
            out.push_str(if empty { " {}" } else { " {…}" });
        }
        Expr::Paren(inner) => {
            out.push('(');
            write_expr(ast, inner, out);
            out.push(')');
        }
        Expr::Selector { operand, name } => {
            write_expr(ast, operand, out);
            out.push('.');
            out.push_str(ast.name(name).as_str());
        }
        Expr::Index { operand, args } => {
            write_expr(ast, operand, out);
            out.push('[');
            write_list(ast, args, out);
            out.push(']');
        }
        Expr::Slice { operand, lo, hi, max, three } => {
            write_expr(ast, operand, out);
            out.push('[');
            write_expr(ast, lo, out);
            out.push(':');
            write_expr(ast, hi, out);
            if three {
                out.push(':');
                write_expr(ast, max, out);
            }
            out.push(']');
        }
        Expr::Assert { operand, ty } => {
            write_expr(ast, operand, out);
            out.push_str(".(");
            write_expr(ast, ty, out);
            out.push(')');
        }
        Expr::TypeGuard { operand } => {
            write_expr(ast, operand, out);
            out.push_str(".(type)");
        }
        Expr::Call { func, args, spread, .. } => {
            write_expr(ast, func, out);
            out.push('(');
            write_list(ast, args, out);
            if spread {
                out.push_str("...");
            }
            out.push(')');
        }
        Expr::Unary { op, operand } => {
            out.push_str(unary_op(op));
            write_expr(ast, operand, out);
        }
        Expr::Binary { op, lhs, rhs } => {
            write_expr(ast, lhs, out);
            let _ = write!(out, " {} ", binary_op(op));
            write_expr(ast, rhs, out);
        }
        Expr::Star(inner) => {
            out.push('*');
            write_expr(ast, inner, out);
        }
        Expr::ArrayType { len, elem } => {
            out.push('[');
            if len.is_none() {
                out.push_str("...");
            }
            write_expr(ast, len, out);
            out.push(']');
            write_expr(ast, elem, out);
        }
        Expr::SliceType { elem } => {
            out.push_str("[]");
            write_expr(ast, elem, out);
        }
        Expr::StructType { fields } => {
            out.push_str("struct{");
            write_fields(ast, fields, "; ", out);
            out.push('}');
        }
        Expr::FuncType { params, results } => {
            out.push_str("func");
            write_signature(ast, params, results, out);
        }
        Expr::InterfaceType { elems } => {
            out.push_str("interface{");
            for (i, f) in ast.list(elems).enumerate() {
                if i > 0 {
                    out.push_str("; ");
                }
                out.push_str(ast.name(ast[f].name).as_str());
                match ast[ast[f].ty] {
                    Expr::FuncType { params, results } if ast[f].name.is_some() => write_signature(ast, params, results, out),
                    _ => write_expr(ast, ast[f].ty, out),
                }
            }
            out.push('}');
        }
        Expr::MapType { key, value } => {
            out.push_str("map[");
            write_expr(ast, key, out);
            out.push(']');
            write_expr(ast, value, out);
        }
        Expr::ChanType { dir, elem } => {
            out.push_str(match dir {
                ChanDir::Both => "chan ",
                ChanDir::Send => "chan<- ",
                ChanDir::Receive => "<-chan ",
            });
            let paren = dir != ChanDir::Receive && matches!(ast[elem], Expr::ChanType { dir: ChanDir::Receive, .. });
            if paren {
                out.push('(');
            }
            write_expr(ast, elem, out);
            if paren {
                out.push(')');
            }
        }
        Expr::Ellipsis { elem } => {
            out.push_str("...");
            write_expr(ast, elem, out);
        }
    }
}

fn write_signature(ast: &Ast, params: List<FieldId>, results: List<FieldId>, out: &mut String) {
    out.push('(');
    write_fields(ast, params, ", ", out);
    out.push(')');
    if results.is_empty() {
        return;
    }
    out.push(' ');
    let first = ast[ast.nth(results, 0)];
    if results.len() == 1 && first.name.is_none() {
        return write_expr(ast, first.ty, out);
    }
    out.push('(');
    write_fields(ast, results, ", ", out);
    out.push(')');
}

fn write_fields(ast: &Ast, fields: List<FieldId>, separator: &str, out: &mut String) {
    let list: Vec<_> = ast.list(fields).map(|f| ast[f]).collect();
    for (i, f) in list.iter().enumerate() {
        if i > 0 {
            // Names that share a type are separated by commas.
            let shared = list[i - 1].name.is_some() && f.name.is_some() && list[i - 1].ty == f.ty;
            out.push_str(if shared { ", " } else { separator });
        }
        if f.name.is_some() && !f.embedded {
            out.push_str(ast.name(f.name).as_str());
            if list.get(i + 1).is_some_and(|n| n.ty == f.ty && n.name.is_some()) {
                continue;
            }
            out.push(' ');
        }
        write_expr(ast, f.ty, out);
        if f.tag.is_some() {
            out.push(' ');
            write_expr(ast, f.tag, out);
        }
    }
}

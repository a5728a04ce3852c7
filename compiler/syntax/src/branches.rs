//! Labels and branches of one function body: defined, used, reachable from where they are named.
//!
//! Function literals inside are functions of their own and are checked when they are parsed.

use crate::ast::{Ast, BranchKind, Decl, IdentId, List, Stmt, StmtId};
use crate::print::expr_text;
use source::Symbol;

/// A message; `place` ends its text ("... at file:line:column").
pub(crate) struct Problem {
    pub offset: u32,
    pub text: String,
    pub place: Option<u32>,
}

struct Label {
    name: IdentId,
    /// The block that holds it.
    block: u32,
    /// Statements of the block before it.
    nth: u32,
    used: bool,
}

/// A forward or backward `goto`.
struct Goto {
    offset: u32,
    label: IdentId,
    block: u32,
    nth: u32,
}

struct Block {
    parent: u32,
    /// The block's number among the statements of its parent.
    nth: u32,
    offset: u32,
    /// Variables declared in it: statement number, names, offset.
    vars: Vec<(u32, String, u32)>,
}

const NO_BLOCK: u32 = u32::MAX;

/// What `break`, `continue` and `fallthrough` refer to here.
#[derive(Clone, Copy, Default)]
struct Context {
    in_loop: bool,
    in_breakable: bool,
    fallthrough: Fallthrough,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Fallthrough {
    #[default]
    OutOfPlace,
    Allowed,
    FinalCase,
    TypeSwitch,
}

/// What a label stands before.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Target {
    Loop,
    /// `switch` or `select`.
    Breakable,
    Other,
}

struct Checker<'a> {
    ast: &'a Ast,
    blocks: Vec<Block>,
    labels: Vec<Label>,
    gotos: Vec<Goto>,
    /// Labels of the statements around, innermost last.
    enclosing: Vec<(Symbol, Target)>,
    problems: Vec<Problem>,
}

/// The problems of a function's body, in the order in which gc finds them.
pub(crate) fn check(ast: &Ast, body: StmtId) -> Vec<Problem> {
    let Stmt::Block { stmts, .. } = ast[body] else { return Vec::new() };
    let mut checker = Checker { ast, blocks: Vec::new(), labels: Vec::new(), gotos: Vec::new(), enclosing: Vec::new(), problems: Vec::new() };
    checker.declare_labels(body);
    checker.block(ast.stmt_offsets[body.index()], NO_BLOCK, 0, stmts, Context::default());
    checker.resolve_gotos();
    for label in &checker.labels {
        if !label.used {
            let ident = ast[label.name];
            let text = format!("label {} defined and not used", ident.name);
            checker.problems.push(Problem { offset: ident.offset, text, place: None });
        }
    }
    checker.problems
}

impl Checker<'_> {
    fn problem(&mut self, offset: u32, text: String) {
        self.problems.push(Problem { offset, text, place: None });
    }

    /// All labels of the function, before their uses: a `goto` may go forward.
    fn declare_labels(&mut self, stmt: StmtId) {
        let ast = self.ast;
        match ast[stmt] {
            Stmt::Labeled { label, stmt } => {
                let ident = ast[label];
                if !ident.name.is_blank() {
                    match self.label_index(ident.name) {
                        Some(first) => {
                            let place = ast[self.labels[first].name].offset;
                            let text = format!("label {} already defined at ", ident.name);
                            self.problems.push(Problem { offset: ident.offset, text, place: Some(place) });
                        }
                        None => self.labels.push(Label { name: label, block: NO_BLOCK, nth: 0, used: false }),
                    }
                }
                self.declare_labels(stmt);
            }
            Stmt::Block { stmts, .. } => self.declare_all(stmts),
            Stmt::If { then, els, .. } => {
                self.declare_labels(then);
                if let Some(els) = els.get() {
                    self.declare_labels(els);
                }
            }
            Stmt::For { body, .. } | Stmt::Range { body, .. } => self.declare_labels(body),
            Stmt::Switch { clauses, .. } | Stmt::TypeSwitch { clauses, .. } | Stmt::Select { clauses, .. } => {
                self.declare_all(clauses);
            }
            Stmt::Case { body, .. } | Stmt::Comm { body, .. } => self.declare_all(body),
            _ => {}
        }
    }

    fn declare_all(&mut self, stmts: List<StmtId>) {
        for stmt in self.ast.list(stmts) {
            self.declare_labels(stmt);
        }
    }

    fn label_index(&self, name: Symbol) -> Option<usize> {
        self.labels.iter().position(|label| self.ast[label.name].name == name)
    }

    fn block(&mut self, offset: u32, parent: u32, nth: u32, stmts: List<StmtId>, context: Context) {
        let block = self.blocks.len() as u32;
        self.blocks.push(Block { parent, nth, offset, vars: Vec::new() });
        let is_empty = |&stmt: &StmtId| matches!(self.ast[stmt], Stmt::Empty);
        let n = stmts.len() - self.ast.list(stmts).rev().take_while(is_empty).count();
        for (i, stmt) in self.ast.list(stmts).enumerate() {
            // `fallthrough` ends a clause; empty statements do not count.
            let mut inner = context;
            if i + 1 != n {
                inner.fallthrough = Fallthrough::OutOfPlace;
            }
            self.stmt(stmt, block, i as u32, inner);
        }
    }

    fn stmt(&mut self, id: StmtId, block: u32, nth: u32, context: Context) {
        let ast = self.ast;
        let offset = ast.stmt_offsets[id.index()];
        let inner = Context { fallthrough: Fallthrough::OutOfPlace, ..context };
        match ast[id] {
            Stmt::Decl(decls) => {
                for decl in ast.list(decls) {
                    if let Decl::Var { names, .. } = ast[decl] {
                        let text = ast.list(names).map(|name| ast[name].name.as_str()).collect::<Vec<_>>().join(", ");
                        self.blocks[block as usize].vars.push((nth, text, ast.decl_offsets[decl.index()]));
                    }
                }
            }
            Stmt::Define { lhs, .. } => {
                let text = ast.list(lhs).map(|left| expr_text(ast, left)).collect::<Vec<_>>().join(", ");
                self.blocks[block as usize].vars.push((nth, text, offset));
            }
            Stmt::Labeled { label, stmt } => {
                let name = ast[label].name;
                if let Some(index) = self.label_index(name)
                    && self.labels[index].name == label
                {
                    (self.labels[index].block, self.labels[index].nth) = (block, nth);
                }
                let target = match ast[stmt] {
                    Stmt::For { .. } | Stmt::Range { .. } => Target::Loop,
                    Stmt::Switch { .. } | Stmt::TypeSwitch { .. } | Stmt::Select { .. } => Target::Breakable,
                    _ => Target::Other,
                };
                self.enclosing.push((name, target));
                self.stmt(stmt, block, nth, context);
                self.enclosing.pop();
            }
            Stmt::Branch { kind, label } => self.branch(offset, kind, label, block, nth, context),
            Stmt::Block { stmts, .. } => self.block(offset, block, nth, stmts, inner),
            Stmt::If { then, els, .. } => {
                self.stmt(then, block, nth, inner);
                if let Some(els) = els.get() {
                    self.stmt(els, block, nth, inner);
                }
            }
            Stmt::For { body, .. } | Stmt::Range { body, .. } => {
                self.stmt(body, block, nth, Context { in_loop: true, in_breakable: true, ..inner });
            }
            Stmt::Switch { clauses, .. } => self.clauses(clauses, block, nth, inner, false),
            Stmt::TypeSwitch { clauses, .. } => self.clauses(clauses, block, nth, inner, true),
            Stmt::Select { clauses, .. } => {
                for clause in ast.list(clauses) {
                    if let Stmt::Comm { body, .. } = ast[clause] {
                        let offset = ast.stmt_offsets[clause.index()];
                        self.block(offset, block, nth, body, Context { in_breakable: true, ..inner });
                    }
                }
            }
            _ => {}
        }
    }

    fn clauses(&mut self, clauses: List<StmtId>, block: u32, nth: u32, context: Context, is_type_switch: bool) {
        let n = clauses.len();
        for (i, clause) in self.ast.list(clauses).enumerate() {
            let Stmt::Case { body, .. } = self.ast[clause] else { continue };
            let fallthrough = match (is_type_switch, i + 1 == n) {
                (true, _) => Fallthrough::TypeSwitch,
                (false, true) => Fallthrough::FinalCase,
                (false, false) => Fallthrough::Allowed,
            };
            let offset = self.ast.stmt_offsets[clause.index()];
            self.block(offset, block, nth, body, Context { in_breakable: true, fallthrough, ..context });
        }
    }

    fn branch(&mut self, offset: u32, kind: BranchKind, label: IdentId, block: u32, nth: u32, context: Context) {
        let Some(label) = label.get() else {
            let text = match kind {
                BranchKind::Break if !context.in_breakable => "break is not in a loop, switch, or select",
                BranchKind::Continue if !context.in_loop => "continue is not in a loop",
                BranchKind::Fallthrough => match context.fallthrough {
                    Fallthrough::Allowed => return,
                    Fallthrough::OutOfPlace => "fallthrough statement out of place",
                    Fallthrough::FinalCase => "cannot fallthrough final case in switch",
                    Fallthrough::TypeSwitch => "cannot fallthrough in type switch",
                },
                _ => return,
            };
            return self.problem(offset, text.to_string());
        };
        let ident = self.ast[label];
        let name = ident.name;
        if kind == BranchKind::Goto {
            self.gotos.push(Goto { offset: ident.offset, label, block, nth });
            return;
        }
        let index = self.label_index(name);
        if let Some(index) = index {
            self.labels[index].used = true;
        }
        let target = self.enclosing.iter().rev().find(|(around, _)| *around == name).map(|&(_, target)| target);
        let text = match (kind, target) {
            (BranchKind::Break, Some(Target::Loop | Target::Breakable)) | (BranchKind::Continue, Some(Target::Loop)) => {
                return;
            }
            (BranchKind::Break, _) if index.is_some() => format!("invalid break label {name}"),
            (BranchKind::Break, _) => format!("break label not defined: {name}"),
            (_, _) if index.is_some() => format!("invalid continue label {name}"),
            (_, _) => format!("continue label not defined: {name}"),
        };
        self.problem(ident.offset, text);
    }

    fn resolve_gotos(&mut self) {
        for nth in 0..self.gotos.len() {
            let Goto { offset, label, block, nth: from, .. } = self.gotos[nth];
            let name = self.ast[label].name;
            let Some(index) = self.label_index(name) else {
                self.problem(offset, format!("label {name} not defined"));
                continue;
            };
            self.labels[index].used = true;
            let (to_block, to) = (self.labels[index].block, self.labels[index].nth);
            // Where the goto stands, seen from the label's block.
            let (mut around, mut at) = (block, from);
            while around != to_block && around != NO_BLOCK {
                at = self.blocks[around as usize].nth;
                around = self.blocks[around as usize].parent;
            }
            if around == NO_BLOCK {
                let place = self.blocks.get(to_block as usize).map(|block| block.offset);
                let text = format!("goto {name} jumps into block starting at ");
                self.problems.push(Problem { offset, text, place });
                continue;
            }
            let jumped = self.blocks[to_block as usize].vars.iter().rfind(|(n, ..)| at < *n && *n < to);
            if let Some((_, var, var_offset)) = jumped {
                let var_offset = *var_offset;
                let text = format!("goto {name} jumps over declaration of {var} at ");
                self.problems.push(Problem { offset, text, place: Some(var_offset) });
            }
        }
    }
}

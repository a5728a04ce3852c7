//! Coverage: the sources of the package under test are rewritten so that they count which of their blocks run.
//!
//! A block is a run of statements that is entered only at its start. It ends where control may go elsewhere: at the
//! body of an `if`, at a branch, at a label, at a function literal. What is counted are ranges of a block's statements
//! without blank lines and comments between them, as go1.27's cover tool has it. Counters go in front of the statement
//! that begins a block, on its line, so that lines stay what they are; columns in messages change.

use super::packages::{Package, go_files};
use crate::constraint::BuildContext;
use crate::load;
use rustc_hash::{FxHashMap, FxHashSet};
use source::{FileId, SourceMap};
use std::fmt::Write;
use std::path::PathBuf;
use std::sync::Arc;
use syntax::ast::{self, Decl, Expr, ExprId, Stmt, StmtId};

/// What instrumented sources need in the main package.
#[derive(Default)]
pub struct Covered {
    /// Rewritten files, by absolute path.
    pub files: FxHashMap<String, Arc<[u8]>>,
    /// Statements for the main package's init.
    pub register: String,
    /// The package under test has counters.
    pub in_package: bool,
    /// The profile of a program in which nothing runs.
    pub profile: String,
}

/// Instruments the files of a package that are no tests. `mode` is set, count or atomic.
///
/// # Errors
/// Files that cannot be read; packages that are only inside of gorc.
pub fn instrument(package: &Package, cx: &BuildContext, mode: &str) -> Result<Covered, String> {
    let cx = load::selection(&package.path, package.is_std, cx);
    let files: Vec<PathBuf> = match &package.dir {
        _ if !package.files.is_empty() => package.files.clone(),
        Some(dir) => go_files(dir).iter().filter(|n| cx.name_matches(n)).map(|n| dir.join(n)).collect(),
        None => return Err(format!("not supported yet: -cover of {}, which is a part of gorc\n", package.path)),
    };
    let mut covered = Covered::default();
    let (mut counters, mut blocks) = (String::new(), String::new());
    for file in files.iter().filter(|f| !f.to_string_lossy().ends_with("_test.go")) {
        let text = load::test_text(file)?;
        let mut sources = SourceMap::default();
        let id: FileId = sources.add(&text.name, &text.path, text.bytes.clone());
        let (parsed, diagnostics, _) = syntax::parse_file(id, &text.bytes);
        // What is wrong, the compiler says.
        if diagnostics.has_errors() || package.files.is_empty() && !load::belongs(&cx, &parsed) {
            continue;
        }
        let variable = format!("GoCover_{}_{:x}", covered.files.len(), name_hash(&text.name));
        let mut cover = FileCover {
            file: &parsed,
            text: &text.bytes,
            code: code_bytes(&text.bytes),
            literals: Vec::new(),
            ranges: Vec::new(),
            edits: Vec::new(),
        };
        cover.collect();
        if cover.ranges.is_empty() {
            continue;
        }
        let name = format!("{}/{}", package.path, file.file_name().map_or("", |n| n.to_str().unwrap_or("")));
        let _ = write!(counters, "{name:?}: _test.{variable}[:], ");
        let _ = write!(blocks, "{name:?}: {{");
        let source = sources.file(id);
        let mut sorted: Vec<&Range> = cover.ranges.iter().collect();
        sorted.sort_by_key(|r| r.start);
        for range in sorted {
            let (start, end) = (source.raw_line_column(range.start), range.end_position(source));
            let _ = writeln!(covered.profile, "{name}:{}.{},{}.{} {} 0", start.0, start.1, end.0, end.1, range.statements);
        }
        for range in &cover.ranges {
            let (start, end) = (source.raw_line_column(range.start), range.end_position(source));
            let _ = write!(blocks, "{{{}, {}, {}, {}, {}}}, ", start.0, start.1, end.0, end.1, range.statements);
        }
        blocks.push_str("}, ");
        covered.files.insert(text.path.clone(), cover.rewrite(&variable, mode).into());
        covered.in_package = true;
    }
    covered.register = format!(
        "\ttesting.RegisterCover(testing.Cover{{Mode: {mode:?}, Counters: map[string][]uint32{{{counters}}}, Blocks: map[string][]testing.CoverBlock{{{blocks}}}}})\n"
    );
    Ok(covered)
}

/// Something that keeps the variable's name from being one of the package's.
fn name_hash(name: &str) -> u32 {
    name.bytes().fold(0x811c_9dc5, |h, b| (h ^ u32::from(b)).wrapping_mul(0x0100_0193))
}

/// Statements that are counted together.
struct Range {
    start: u32,
    /// Where the text ends.
    end: u32,
    /// It ends with its last line, whatever stands there.
    whole_line: bool,
    statements: usize,
}

impl Range {
    fn end_position(&self, source: &source::SourceFile) -> (u32, u32) {
        let (line, column) = source.raw_line_column(self.end);
        if self.whole_line { (line + 1, 1) } else { (line, column) }
    }
}

struct FileCover<'a> {
    file: &'a ast::File,
    text: &'a [u8],
    /// For each byte whether it is code: no comment, no space.
    code: Vec<bool>,
    /// Where the bodies of function literals begin.
    literals: Vec<u32>,
    ranges: Vec<Range>,
    /// Text to insert: offset, what (ranges to count, or text).
    edits: Vec<(u32, Edit)>,
}

enum Edit {
    Count(std::ops::Range<usize>),
    Text(&'static str),
}

impl FileCover<'_> {
    fn collect(&mut self) {
        let ast = &self.file.ast;
        for expr in &ast.exprs {
            if let Expr::FuncLit { body, .. } = expr
                && body.is_some()
            {
                self.literals.push(ast.stmt_offsets[body.index()]);
            }
        }
        self.literals.sort_unstable();
        let mut seen = FxHashSet::default();
        for n in 0..ast.stmts.len() {
            if !seen.insert((ast.stmt_offsets[n], std::mem::discriminant(&ast.stmts[n]))) {
                continue;
            }
            match ast.stmts[n] {
                Stmt::Block { stmts, rbrace } => {
                    let list: Vec<StmtId> = ast.list(stmts).collect();
                    self.block(ast.stmt_offsets[n] + 1, &list, rbrace, true);
                }
                Stmt::Switch { clauses, rbrace, .. } | Stmt::TypeSwitch { clauses, rbrace, .. } | Stmt::Select { clauses, rbrace } => {
                    let clauses: Vec<StmtId> = ast.list(clauses).collect();
                    for (i, clause) in clauses.iter().enumerate() {
                        let end = clauses.get(i + 1).map_or(rbrace, |next| ast.stmt_offsets[next.index()]);
                        if let Stmt::Case { body, colon, .. } | Stmt::Comm { body, colon, .. } = ast[*clause] {
                            let list: Vec<StmtId> = ast.list(body).collect();
                            self.block(colon + 1, &list, end, false);
                        }
                    }
                }
                // `else if` becomes `else { if }`, to have a place for the counter.
                Stmt::If { els, .. } if els.is_some() && matches!(ast[els], Stmt::If { .. }) => {
                    let (start, end) = (ast.stmt_offsets[els.index()], self.end_of_if(els));
                    self.edits.push((start, Edit::Text("{")));
                    self.block(start, &[els], end, false);
                    self.edits.push((end, Edit::Text("}")));
                }
                _ => {}
            }
        }
    }

    fn end_of_if(&self, stmt: StmtId) -> u32 {
        match self.file.ast[stmt] {
            Stmt::If { els, .. } if els.is_some() => self.end_of_if(els),
            Stmt::If { then, .. } => self.end_of_if(then),
            Stmt::Block { rbrace, .. } => rbrace + 1,
            _ => self.file.ast.stmt_offsets[stmt.index()],
        }
    }

    /// Counts the statements of a list that begins at `at` and ends before `limit`: with `braces`, the closing brace.
    fn block(&mut self, at: u32, list: &[StmtId], limit: u32, braces: bool) {
        if list.is_empty() {
            let n = self.ranges.len();
            self.ranges.push(Range { start: at, end: at, whole_line: false, statements: 0 });
            self.edits.push((at, Edit::Count(n..n + 1)));
            return;
        }
        let ast = &self.file.ast;
        // The statements, a label that can be jumped to standing alone before its statement.
        let mut parts: Vec<(u32, Option<StmtId>)> = Vec::new();
        for &stmt in list {
            if let Stmt::Labeled { stmt: inner, .. } = ast[stmt]
                && inner.is_some()
                && !is_control(&ast[inner])
            {
                parts.push((self.start(stmt), None));
                parts.push((self.start(inner), Some(inner)));
            } else {
                parts.push((self.start(stmt), Some(stmt)));
            }
        }
        let mut insert_at = at;
        let mut first = 0;
        let mut whole = braces;
        while first < parts.len() {
            // Up to and with the first statement that ends the block.
            let mut items: Vec<(u32, u32)> = Vec::new();
            let mut last = first;
            while last < parts.len() {
                let (start, stmt) = parts[last];
                let next = parts.get(last + 1).map_or(limit, |p| p.0);
                last += 1;
                let Some(stmt) = stmt else {
                    whole = false;
                    break;
                };
                let from = self.code_start(stmt, start);
                let boundary = self.boundary(stmt, from, next);
                items.push((from, boundary));
                if self.ends_block(stmt, from, boundary) {
                    whole = false;
                    break;
                }
            }
            // Where the block ends, if not with its last statement: at its closing brace, a label, a block's brace.
            let closing = match parts[last - 1] {
                _ if whole && last == parts.len() => Some((limit, limit + 1)),
                (label, None) => Some((label, label)),
                (start, Some(stmt)) if matches!(ast[stmt], Stmt::Block { .. }) => Some((start, start)),
                _ => None,
            };
            let n = self.ranges.len();
            self.add_ranges(&items, closing);
            self.edits.push((insert_at, Edit::Count(n..self.ranges.len())));
            first = last;
            if let Some(part) = parts.get(first) {
                insert_at = part.0;
            }
        }
    }

    /// The ranges of consecutive statements, given by start and end.
    fn add_ranges(&mut self, items: &[(u32, u32)], closing: Option<(u32, u32)>) {
        let items: Vec<(u32, u32)> = items.iter().copied().filter(|(start, end)| start < end).collect();
        let mut from = 0;
        while from < items.len() {
            let mut to = from + 1;
            while to < items.len() && !self.gap(items[to - 1].1, items[to].0) {
                to += 1;
            }
            let (start, end) = (items[from].0, items[to - 1].1);
            let mut range = Range { start, end, whole_line: to < items.len(), statements: to - from };
            if to == items.len()
                && let Some((token, after)) = closing
            {
                // Up to there if that stands on the same line, else to the end of the line.
                match self.text[end as usize..token as usize].contains(&b'\n') {
                    true => range.whole_line = true,
                    false => range.end = after,
                }
            }
            self.ranges.push(range);
            from = to;
        }
    }

    /// Is there a line without code between two statements?
    fn gap(&self, end: u32, start: u32) -> bool {
        let between = &self.text[end as usize..start as usize];
        let mut lines = between.split(|b| *b == b'\n');
        // The first and the last piece are parts of the statements' lines.
        lines.next();
        let mut offset = end as usize + between.iter().position(|b| *b == b'\n').map_or(between.len(), |n| n + 1);
        let pieces: Vec<&[u8]> = lines.collect();
        for piece in pieces.iter().take(pieces.len().saturating_sub(1)) {
            if !self.code[offset..offset + piece.len()].contains(&true) {
                return true;
            }
            offset += piece.len() + 1;
        }
        false
    }

    /// Offset of a statement's first token.
    fn start(&self, stmt: StmtId) -> u32 {
        let ast = &self.file.ast;
        let first = |list: ast::List<ExprId>| ast.list(list).next().map(|e| ast.start(e));
        let at = ast.stmt_offsets[stmt.index()];
        match ast[stmt] {
            Stmt::Expr(e) | Stmt::Send { chan: e, .. } | Stmt::IncDec { operand: e, .. } => ast.start(e),
            Stmt::Assign { lhs, .. } | Stmt::Define { lhs, .. } => first(lhs).unwrap_or(at),
            Stmt::Labeled { label, .. } => ast[label].offset,
            Stmt::Decl(decls) => ast.list(decls).next().map_or(at, |d| self.keyword_before(ast.decl_offsets[d.index()].min(at), &ast[d])),
            _ => at,
        }
    }

    /// The `var`, `const` or `type` of a declaration whose offset is that of its name.
    fn keyword_before(&self, at: u32, decl: &Decl) -> u32 {
        let word: &[u8] = match decl {
            Decl::Const { .. } => b"const",
            Decl::Type { .. } => b"type",
            _ => b"var",
        };
        let is_word = |n: usize| self.text[n..].starts_with(word) && self.code[n] && !self.text[n + word.len()].is_ascii_alphanumeric();
        if is_word(at as usize) {
            return at;
        }
        (0..at as usize).rev().find(|&n| is_word(n)).map_or(at, |n| n as u32)
    }

    /// Where what is counted of a statement begins: after the label of a loop.
    fn code_start(&self, stmt: StmtId, start: u32) -> u32 {
        match self.file.ast[stmt] {
            Stmt::Labeled { stmt: inner, .. } if inner.is_some() => self.start(inner),
            _ => start,
        }
    }

    /// Where the block before control moves on ends: the body's brace, or the end of the statement.
    fn boundary(&self, stmt: StmtId, from: u32, next: u32) -> u32 {
        let ast = &self.file.ast;
        let offset = |s: StmtId| ast.stmt_offsets[s.index()];
        let natural = match ast[stmt] {
            Stmt::Block { .. } => return offset(stmt),
            Stmt::Labeled { stmt: inner, .. } if inner.is_some() => return self.boundary(inner, from, next),
            Stmt::If { then, .. } => offset(then),
            Stmt::For { body, .. } | Stmt::Range { body, .. } => offset(body),
            Stmt::Switch { clauses, rbrace, .. } | Stmt::TypeSwitch { clauses, rbrace, .. } | Stmt::Select { clauses, rbrace } => {
                let after = ast.list(clauses).next().map_or(rbrace, offset);
                (0..after).rev().find(|&n| self.code[n as usize]).unwrap_or(after)
            }
            _ => self.code_end(next),
        };
        let literal = self.literals.partition_point(|&l| l < from);
        self.literals.get(literal).copied().filter(|&l| l < natural).unwrap_or(natural)
    }

    /// The end of the code before an offset, semicolons left out.
    fn code_end(&self, before: u32) -> u32 {
        let mut at = before as usize;
        while at > 0 && (!self.code[at - 1] || self.text[at - 1] == b';') {
            at -= 1;
        }
        at as u32
    }

    fn ends_block(&self, stmt: StmtId, from: u32, boundary: u32) -> bool {
        let ast = &self.file.ast;
        match ast[stmt] {
            Stmt::Block { .. } | Stmt::Branch { .. } | Stmt::Labeled { .. } => true,
            ref s if is_control(s) => true,
            Stmt::Expr(e) => self.is_panic(e) || self.literals.contains(&boundary),
            _ => boundary > from && self.literals.contains(&boundary),
        }
    }

    fn is_panic(&self, e: ExprId) -> bool {
        let ast = &self.file.ast;
        match ast[e] {
            Expr::Call { func, .. } => matches!(ast[func], Expr::Name(name) if ast.name(name).as_str() == "panic"),
            _ => false,
        }
    }

    fn rewrite(&self, variable: &str, mode: &str) -> Vec<u8> {
        let mut edits: Vec<(u32, String)> = Vec::new();
        if mode == "atomic" {
            let package = self.file.ast[self.file.package].offset as usize;
            let end = package + self.file.ast.name(self.file.package).as_str().len();
            edits.push((end as u32, "; import _cover_atomic_ \"sync/atomic\"".into()));
        }
        for (at, edit) in &self.edits {
            let text = match edit {
                Edit::Text(text) => (*text).to_owned(),
                Edit::Count(ranges) => ranges
                    .clone()
                    .map(|n| match mode {
                        "set" => format!("{variable}[{n}] = 1; "),
                        "count" => format!("{variable}[{n}]++; "),
                        _ => format!("_cover_atomic_.AddUint32(&{variable}[{n}], 1); "),
                    })
                    .collect(),
            };
            edits.push((*at, text));
        }
        // Stable: at one place the brace of an `else if` stands before its counter.
        edits.sort_by_key(|(at, _)| *at);
        let mut out = Vec::with_capacity(self.text.len() + 32 * edits.len());
        let mut done = 0;
        for (at, text) in edits {
            out.extend_from_slice(&self.text[done..at as usize]);
            out.extend_from_slice(text.as_bytes());
            done = at as usize;
        }
        out.extend_from_slice(&self.text[done..]);
        out.extend_from_slice(format!("\nvar {variable} [{}]uint32\n", self.ranges.len()).as_bytes());
        out
    }
}

fn is_control(stmt: &Stmt) -> bool {
    matches!(stmt, Stmt::If { .. } | Stmt::For { .. } | Stmt::Range { .. } | Stmt::Switch { .. } | Stmt::TypeSwitch { .. } | Stmt::Select { .. })
}

/// For each byte of a file whether it is code.
fn code_bytes(text: &[u8]) -> Vec<bool> {
    let mut code = vec![false; text.len() + 1];
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let (length, is_code) = match rest[0] {
            b' ' | b'\t' | b'\r' | b'\n' => (1, false),
            b'/' if rest.starts_with(b"//") => (rest.iter().position(|&b| b == b'\n').unwrap_or(rest.len()), false),
            b'/' if rest.starts_with(b"/*") => (rest.windows(2).skip(2).position(|w| w == b"*/").map_or(rest.len(), |n| n + 4), false),
            b'`' => (rest[1..].iter().position(|&b| b == b'`').map_or(rest.len(), |n| n + 2), true),
            b'"' | b'\'' => (super::discover::quoted(rest), true),
            _ => (1, true),
        };
        code[at..at + length].fill(is_code);
        at += length;
    }
    code
}

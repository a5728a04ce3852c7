//! `//go:` directives: what they name must be there, and they must stand where they may.
//!
//! `//go:embed` is noted in [`Info::embeds`](crate::Info::embeds); the files are found by the driver.

use super::Checker;
use crate::{Embed, EmbedKind, ObjId, ObjKind, Type, TypeId};
use source::{Pos, Symbol};
use syntax::ast::{Decl, DeclId, ExprId, List, Pragma};

/// Directives about how the runtime itself is compiled.
const RUNTIME_ONLY: &[&str] = &["go:systemstack", "go:nowritebarrier", "go:nowritebarrierrec", "go:yeswritebarrierrec"];

/// What `cgo` writes into the files it makes, with the form that gc asks for.
const CGO: &[(&str, &str)] = &[
    ("go:cgo_export_dynamic", "local [remote]"),
    ("go:cgo_export_static", "local [remote]"),
    ("go:cgo_import_dynamic", "local [remote [\"library\"]]"),
    ("go:cgo_import_static", "local"),
    ("go:cgo_dynamic_linker", "\"path\""),
    ("go:cgo_ldflag", "\"arg\""),
];

fn verb_of(pragma: &Pragma) -> &'static str {
    pragma.text.as_str().split([' ', '\t']).next().unwrap_or_default()
}

impl Checker<'_> {
    /// After the package's names are known.
    pub fn check_directives(&mut self) {
        for n in 0..self.files.len() {
            self.env.file = n;
            if self.file().pragmas.is_empty() {
                continue;
            }
            self.check_places();
            self.check_linknames();
            self.check_embeds();
        }
    }

    fn imports_path(&self, path: &str) -> bool {
        self.info[self.env.file].imports.iter().any(|(p, _)| p.as_str() == path)
    }

    /// gc points behind the slashes.
    fn pragma_pos(&self, pragma: &Pragma) -> Pos {
        self.file().pos(pragma.offset + 2)
    }

    fn check_places(&mut self) {
        if self.config.is_std {
            return;
        }
        let file = self.file();
        for pragma in &file.pragmas {
            let (verb, pos) = (verb_of(pragma), self.pragma_pos(pragma));
            if RUNTIME_ONLY.contains(&verb) {
                self.error_at(pos, format!("//{verb} only allowed in runtime"));
            } else if verb == "go:uintptrkeepalive" {
                self.error_at(pos, format!("//{verb} is only allowed in the standard library"));
            } else if let Some((_, form)) = CGO.iter().find(|(name, _)| *name == verb) {
                self.error_at(pos, format!("//{} only allowed in cgo-generated code", pragma.text));
                let n = pragma.text.as_str().split_whitespace().count() - 1;
                let fits = match verb {
                    "go:cgo_import_dynamic" => (1..=3).contains(&n),
                    "go:cgo_export_dynamic" | "go:cgo_export_static" => (1..=2).contains(&n),
                    _ => n == 1,
                };
                if !fits {
                    self.error_at(pos, format!("usage: //{verb} {form}"));
                }
            }
        }
    }

    fn check_linknames(&mut self) {
        let mut seen: Vec<ObjId> = Vec::new();
        let file = self.file();
        let imports_unsafe = self.imports_path("unsafe");
        for pragma in &file.pragmas {
            if verb_of(pragma) != "go:linkname" {
                continue;
            }
            let pos = self.pragma_pos(pragma);
            let words: Vec<&str> = pragma.text.as_str().split_whitespace().skip(1).collect();
            if !(1..=2).contains(&words.len()) {
                self.error_at(pos, "usage: //go:linkname localname [linkname]");
                continue;
            }
            if !imports_unsafe {
                self.error_at(pos, "//go:linkname only allowed in Go files that import \"unsafe\"");
                continue;
            }
            let local = words[0];
            let obj = self.cx.lookup(self.scope, Symbol::intern(local));
            match obj.filter(|&o| self.cx.with_obj(o, |o| matches!(o.kind, ObjKind::Var(_) | ObjKind::Func(_)))) {
                Some(o) if seen.contains(&o) => self.error_at(pos, format!("duplicate //go:linkname for {local}")),
                Some(o) => seen.push(o),
                None if self.allows(18) => self.error_at(pos, "//go:linkname must refer to declared function or variable"),
                None => {}
            }
        }
    }

    fn check_embeds(&mut self) {
        let file = self.file();
        for (decl, range) in &file.decl_pragmas {
            let Decl::Var { names, ty, values } = file.ast[*decl] else { continue };
            let mut patterns: Vec<(Symbol, Pos)> = Vec::new();
            let mut first: Option<Pos> = None;
            for pragma in &file.pragmas[range.start as usize..range.end as usize] {
                if verb_of(pragma) != "go:embed" {
                    continue;
                }
                let pos = self.pragma_pos(pragma);
                first.get_or_insert(pos);
                match embed_patterns(pragma.text.as_str()) {
                    Ok(list) if list.is_empty() => self.error_at(pos, "usage: //go:embed pattern..."),
                    Ok(list) => patterns.extend(list.into_iter().map(|(at, p)| (Symbol::intern(&p), file.pos(pragma.offset + 2 + at)))),
                    Err(rest) => {
                        self.error_at(pos, format!("invalid quoted string in //go:embed: {rest}"));
                        self.error_at(pos, "usage: //go:embed pattern...");
                    }
                }
            }
            if let Some(pos) = first
                && !patterns.is_empty()
            {
                self.embed(*decl, names, ty, values, pos, patterns);
            }
        }
    }

    fn embed(&mut self, decl: DeclId, names: List<syntax::ast::IdentId>, ty: ExprId, values: List<ExprId>, pos: Pos, patterns: Vec<(Symbol, Pos)>) {
        let file = self.file();
        if !self.imports_path("embed") {
            return self.error_at(pos, "go:embed only allowed in Go files that import \"embed\"");
        }
        if names.len() > 1 {
            return self.error_at(pos, "go:embed cannot apply to multiple vars");
        }
        if !values.is_empty() {
            return self.error_at(pos, "go:embed cannot apply to var with initializer");
        }
        if ty.is_none() {
            return self.error_at(pos, "go:embed cannot apply to var without type");
        }
        if !file.decls.contains(&decl) {
            return self.error_at(pos, "go:embed cannot apply to var inside func");
        }
        if !self.require_version(pos, 16, "go:embed") {
            return;
        }
        let name = file.ast.nth(names, 0);
        let Some(var) = self.info[self.env.file].defs[name.index()].get() else { return };
        let t = self.cx.obj_type(var);
        if !self.cx.is_valid(t) {
            return;
        }
        match self.embed_kind(t) {
            Some(kind) => self.info[self.env.file].embeds.push(Embed { var, kind, patterns }),
            None => self.error_at(self.ident_pos(name), format!("go:embed cannot apply to var of type {}", self.ts(t))),
        }
    }

    fn embed_kind(&self, t: TypeId) -> Option<EmbedKind> {
        if let Some(named) = self.cx.as_named(t)
            && let Some(pkg) = self.cx.obj_pkg(named.obj)
            && &*self.cx.package_path(pkg) == "embed"
            && self.cx.obj_name(named.obj).as_str() == "FS"
        {
            return Some(EmbedKind::Files);
        }
        match self.cx.under(t) {
            Type::Basic(b) if b.is_string() => Some(EmbedKind::String),
            Type::Slice(elem) if self.cx.basic(elem) == Some(crate::Basic::Uint8) => Some(EmbedKind::Bytes),
            _ => None,
        }
    }
}

/// The patterns of `go:embed a "b c" d` with their offsets; `Err`: where a quoted one goes wrong.
fn embed_patterns(text: &str) -> Result<Vec<(u32, String)>, String> {
    let mut list = Vec::new();
    let mut at = "go:embed".len();
    loop {
        let rest = &text[at..];
        let trimmed = rest.trim_start();
        at += rest.len() - trimmed.len();
        let Some(first) = trimmed.chars().next() else { return Ok(list) };
        let (len, pattern) = match first {
            '`' => {
                let end = trimmed[1..].find('`').ok_or_else(|| trimmed.to_owned())?;
                (end + 2, trimmed[1..end + 1].to_owned())
            }
            '"' => {
                let mut escaped = false;
                let end = trimmed[1..].find(|c| {
                    let ends = c == '"' && !escaped;
                    escaped = c == '\\' && !escaped;
                    ends
                });
                let end = end.ok_or_else(|| trimmed.to_owned())?;
                (end + 2, String::from_utf8_lossy(&syntax::unquote_string(&trimmed[..end + 2])).into_owned())
            }
            _ => {
                let end = trimmed.find(char::is_whitespace).unwrap_or(trimmed.len());
                (end, trimmed[..end].to_owned())
            }
        };
        list.push((at as u32, pattern));
        at += len;
        // A quoted pattern ends with white space.
        if matches!(first, '`' | '"') && text[at..].chars().next().is_some_and(|c| !c.is_whitespace()) {
            return Err(trimmed.to_owned());
        }
    }
}

//! `//go:linkname` and `//go:embed`: what they name must be there.

use super::Checker;
use crate::{ObjId, ObjKind};
use source::{Pos, Symbol};
use syntax::ast::Decl;

impl Checker<'_> {
    /// After the package's names are known.
    pub fn check_directives(&mut self) {
        for n in 0..self.files.len() {
            self.env.file = n;
            self.check_linknames();
            self.check_embeds();
        }
    }

    fn imports_path(&self, path: &str) -> bool {
        self.info[self.env.file].imports.iter().any(|(p, _)| p.as_str() == path)
    }

    fn check_linknames(&mut self) {
        let mut seen: Vec<ObjId> = Vec::new();
        let file = self.file();
        let imports_unsafe = self.imports_path("unsafe");
        for pragma in &file.pragmas {
            let Some(rest) = pragma.text.as_str().strip_prefix("go:linkname ") else { continue };
            let pos = file.pos(pragma.offset);
            if !imports_unsafe {
                self.error_at(pos, "//go:linkname only allowed in Go files that import \"unsafe\"");
                continue;
            }
            let Some(local) = rest.split_whitespace().next() else { continue };
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
        let imports_embed = self.imports_path("embed");
        for (decl, range) in &file.decl_pragmas {
            for pragma in &file.pragmas[range.start as usize..range.end as usize] {
                if !pragma.text.as_str().starts_with("go:embed ") || !matches!(file.ast[*decl], Decl::Var { .. }) {
                    continue;
                }
                let pos: Pos = file.pos(pragma.offset);
                if !file.decls.contains(decl) {
                    self.error_at(pos, "go:embed cannot apply to var inside func");
                } else if !imports_embed {
                    self.error_at(pos, "go:embed only allowed in Go files that import \"embed\"");
                } else if self.require_version(pos, 16, "go:embed") {
                    self.error_at(pos, "not supported yet: go:embed");
                }
            }
        }
    }
}

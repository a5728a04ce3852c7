//! `//go:linkname`: names that stand for functions and variables of other packages.
//!
//! *Pull*: `//go:linkname here there` on a function without body (or a variable) means that of package there.
//! *Push*: the same line on a function with body gives it a second symbol, `there`, which functions without body
//! and pulls elsewhere may mean. Among the packages of the program, in this order: a push, the declaration itself,
//! and (for functions, see `intrinsics.rs`) a service of the runtime.

use crate::Program;
use rustc_hash::FxHashMap;
use source::Symbol;
use types::{ObjId, ObjKind};

#[derive(Default)]
pub struct Linknames {
    /// Symbol: the function with body that was pushed there.
    pushed: FxHashMap<String, ObjId>,
    /// Functions without body and variables: the symbol they stand for.
    pulls: FxHashMap<ObjId, String>,
}

impl Program<'_> {
    /// Reads the directives of all packages.
    pub fn collect_linknames(&mut self) {
        let mut found = Linknames::default();
        for package in self.packages {
            for file in package.files.iter().filter_map(|id| self.files.get(id)) {
                for pragma in &file.pragmas {
                    let Some(rest) = pragma.text.as_str().strip_prefix("go:linkname ") else { continue };
                    let mut words = rest.split_whitespace();
                    let (Some(here), Some(there)) = (words.next(), words.next()) else { continue };
                    let Some(obj) = self.cx.lookup(package.scope, Symbol::intern(here)) else { continue };
                    let own = format!("{}.{here}", package.path);
                    match &self.cx.obj(obj).kind {
                        _ if own == there => {}
                        ObjKind::Func(info) if info.has_body => {
                            found.pushed.entry(there.to_owned()).or_insert(obj);
                        }
                        ObjKind::Func(_) | ObjKind::Var(_) => {
                            found.pulls.insert(obj, there.to_owned());
                        }
                        _ => {}
                    }
                }
            }
        }
        self.linknames = found;
    }

    /// The symbol that a function without body stands for, if it is not its own.
    pub fn pulled_symbol(&self, obj: ObjId) -> Option<&str> {
        self.linknames.pulls.get(&obj).map(String::as_str)
    }

    /// The function with this symbol.
    pub fn linked_func(&self, symbol: &str) -> Option<ObjId> {
        if let Some(&func) = self.linknames.pushed.get(symbol) {
            return Some(func);
        }
        let (package, name) = split_symbol(symbol)?;
        self.package_object(package, name).filter(|&o| self.func_info(o).is_some_and(|i| i.recv.is_none()))
    }

    /// The variable that a package-level variable stands for: itself, or one of another package.
    pub fn linked_var(&self, obj: ObjId) -> ObjId {
        let target = self.linknames.pulls.get(&obj).and_then(|symbol| {
            let (package, name) = split_symbol(symbol)?;
            self.package_object(package, name).filter(|&o| matches!(self.cx.obj(o).kind, ObjKind::Var(_)))
        });
        target.unwrap_or(obj)
    }
}

/// `a.b/c.Name` → (`a.b/c`, `Name`)
fn split_symbol(symbol: &str) -> Option<(&str, &str)> {
    let start = symbol.rfind('/').map_or(0, |n| n + 1);
    let dot = start + symbol[start..].find('.')?;
    Some((&symbol[..dot], &symbol[dot + 1..]))
}

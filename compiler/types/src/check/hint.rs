//! "Did you mean": names that are near to one that is not there.
//!
//! A hint is not part of gc's message; who prints decides whether to show it.

use super::Checker;
use crate::{Context, PackageId, Type, TypeId, is_exported};
use source::{Diagnostic, Pos, Symbol};

impl Checker<'_> {
    /// Reports `text` with what `candidates` has nearest to `name`.
    pub fn error_with_hint(&mut self, pos: Pos, text: String, name: Symbol, candidates: Vec<Symbol>) {
        let mut diagnostic = Diagnostic::error(self.env.err_pos.unwrap_or(pos), text);
        diagnostic.hint = nearest(name.as_str(), candidates.iter().map(|c| c.as_str())).map(|c| format!("did you mean {c}?"));
        self.push_error(diagnostic);
    }

    /// All names that are visible here.
    pub fn names_in_scope(&self) -> Vec<Symbol> {
        let mut names = Vec::new();
        let mut scope = self.env.scope;
        while scope != crate::ScopeId::NONE {
            names.extend(self.cx.scope_names(scope));
            scope = self.cx.parent_scope(scope);
        }
        names
    }

    pub fn exported_names(&self, package: PackageId) -> Vec<Symbol> {
        let scope = self.cx.package(package).scope;
        self.cx.scope_names(scope).into_iter().filter(|&n| is_exported(n)).collect()
    }

    /// Fields and methods of a type, those of what it embeds left out.
    pub fn member_names(&self, t: TypeId) -> Vec<Symbol> {
        let (base, _) = self.cx.deref(t);
        let usable = |name: Symbol, pkg: PackageId| (is_exported(name) || pkg == self.pkg).then_some(name);
        let mut names: Vec<Symbol> = own_methods(self.cx, base).into_iter().filter_map(|(n, p)| usable(n, p)).collect();
        if let Type::Struct(fields) = self.cx.under(base) {
            names.extend(fields.iter().filter_map(|f| usable(f.name, f.pkg)));
        }
        names
    }
}

fn own_methods(cx: &Context, t: TypeId) -> Vec<(Symbol, PackageId)> {
    if let Type::Interface(_) = cx.under(t) {
        return cx.type_set_of(t).methods.iter().map(|m| (m.name, m.pkg)).collect();
    }
    let Some(named) = cx.as_named(t) else { return Vec::new() };
    let methods = cx.origin_named(named.origin).methods;
    methods.iter().map(|&m| (cx.obj_name(m), cx.obj_pkg(m).unwrap_or(PackageId::NONE))).collect()
}

/// The candidate with the fewest changed letters, if they are few enough; the first of several.
pub fn nearest<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    // One letter in short names may be meant as it is.
    let limit = match name.chars().count() {
        0..=2 => return None,
        3..=5 => 1,
        _ => 2,
    };
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates.filter(|&c| c != name && c != "_" && c != ".") {
        let far = if candidate.eq_ignore_ascii_case(name) { 0 } else { distance(name, candidate) };
        if far <= limit && best.is_none_or(|(least, text)| (far, candidate) < (least, text)) {
            best = Some((far, candidate));
        }
    }
    best.map(|b| b.1)
}

/// Insertions, deletions, replacements and exchanged neighbours that lead from one to the other.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > 2 {
        return usize::MAX;
    }
    let mut rows: [Vec<usize>; 3] = [Vec::new(), (0..=b.len()).collect(), vec![0; b.len() + 1]];
    for i in 1..=a.len() {
        rows[2] = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let same = (a[i - 1] != b[j - 1]) as usize;
            let mut least = (rows[1][j] + 1).min(rows[2][j - 1] + 1).min(rows[1][j - 1] + same);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(rows[0][j - 2] + 1);
            }
            rows[2][j] = least;
        }
        rows.rotate_left(1);
    }
    rows[1][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_are_found() {
        let names = ["Println", "Printf", "Print", "Sprint", "lenght", "x"];
        for (name, want) in [
            ("Prinltn", Some("Println")),
            ("println", Some("Println")),
            ("Prinf", Some("Print")),
            ("length", Some("lenght")),
            ("y", None),
            ("Scan", None),
        ] {
            assert_eq!(nearest(name, names.iter().copied()), want, "{name}");
        }
        assert_eq!(distance("abc", "acb"), 1);
    }
}

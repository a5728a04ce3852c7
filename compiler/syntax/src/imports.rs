//! The head of a file, for the package loader: package name, imports, build constraint. Declarations are not read.

use crate::ast::{Decl, Expr};
use crate::token::K;
use crate::{constraint, literal};
use source::{Diagnostics, FileId, Pos, Symbol};

#[derive(Clone, Debug)]
pub struct Import {
    /// As in [`Decl::Import`]: EMPTY if there is none.
    pub name: Symbol,
    pub path: String,
    /// Of the path.
    pub pos: Pos,
}

#[derive(Clone, Debug)]
pub struct Imports {
    /// EMPTY after an error.
    pub package: Symbol,
    pub package_pos: Pos,
    pub imports: Vec<Import>,
    /// The expression of the `//go:build` line.
    pub build_constraint: Option<String>,
}

/// Reads a file up to its last import. The errors are those of this part of the file.
pub fn parse_imports(id: FileId, text: &[u8]) -> (Imports, Diagnostics) {
    // The first token of a line that begins another declaration ends the scan.
    let (file, diagnostics, _) = crate::parse_until(id, text, |tokens| {
        let n = tokens.kinds.len();
        matches!(tokens.kinds[n - 1], K::Const | K::Type | K::Var | K::Func) && (n < 2 || tokens.kinds[n - 2] == K::Semi)
    });
    let ast = &file.ast;
    let mut imports = Vec::new();
    for &decl in &file.decls {
        if let Decl::Import { name, path } = ast[decl]
            && let Expr::Lit { text, .. } = ast[path]
        {
            let path_text = String::from_utf8_lossy(&literal::unquote_string(text.as_str())).into_owned();
            imports.push(Import { name: ast.name(name), path: path_text, pos: file.expr_pos(path) });
        }
    }
    let package_pos = file.package.get().map_or(Pos { file: id, offset: 0 }, |name| file.ident_pos(name));
    let imports =
        Imports { package: ast.name(file.package), package_pos, imports, build_constraint: constraint::build_constraint(text).map(str::to_string) };
    (imports, diagnostics)
}

/// May this be imported at all?
///
/// # Errors
/// Why not, in gc's words.
pub fn check_import_path(path: &str) -> Result<(), String> {
    if path.is_empty() {
        return Err("invalid import path (empty string)".into());
    }
    const BAD: &str = "!\"#$%&'()*,:;<=>?[]^{|}`\u{FFFD}";
    if let Some(c) = path.chars().find(|&c| c.is_control() || c.is_whitespace() || BAD.contains(c) || c == '\\') {
        return Err(format!(
            "invalid import path (invalid character U+{:04X} {})",
            c as u32,
            if c.is_control() { String::new() } else { format!("'{c}'") }
        )
        .replace(" )", ")"));
    }
    if path.starts_with('/') {
        return Err(format!("could not import {path} (import path cannot be absolute path)"));
    }
    if path.contains("//") || path.ends_with('/') {
        let parts: Vec<&str> = path.split('/').filter(|p| !p.is_empty()).collect();
        return Err(format!("could not import {path} (non-canonical import path {path:?} (should be {:?}))", parts.join("/")));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_head_is_read() {
        let text = b"//go:build linux\n\npackage p\nimport \"a\"\nimport (\n. \"b/c\"\n_ `d`\n)\nfunc f() { broken broken\n'";
        let (head, diagnostics) = parse_imports(FileId(3), text);
        assert!(diagnostics.list.is_empty(), "{diagnostics:?}");
        assert_eq!((head.package.as_str(), head.build_constraint.as_deref()), ("p", Some("linux")));
        let imports: Vec<_> = head.imports.iter().map(|i| (i.name.as_str(), i.path.as_str(), i.pos.offset)).collect();
        assert_eq!(imports, [("", "a", 35), (".", "b/c", 50), ("_", "d", 58)]);
    }

    #[test]
    fn errors_of_the_head_are_reported() {
        let (_, diagnostics) = parse_imports(FileId(0), b"package p\nimport x\n");
        assert_eq!(diagnostics.list[0].text, "syntax error: missing import path");
    }
}

//! Checking one package.

use crate::{Context, Package, PackageId};
use source::{Diagnostics, Symbol};
use std::sync::Arc;
use syntax::ast;

/// How to check.
#[derive(Clone, Debug)]
pub struct Config {
    /// The module's language version.
    pub version: (u32, u32),
    /// Declarations only: for packages whose bodies nobody needs.
    pub ignore_func_bodies: bool,
    /// Function declarations may lack bodies everywhere (low-level packages).
    pub allow_missing_bodies: bool,
    /// The package is part of the standard library.
    pub is_std: bool,
    /// Predeclare `assert` and `trace`, as Go's own type checker tests expect.
    pub testing: bool,
}

impl Default for Config {
    fn default() -> Self {
        Config { version: (1, 27), ignore_func_bodies: false, allow_missing_bodies: true, is_std: false, testing: false }
    }
}

/// Checks the files of a package. `imports` gives the checked package of an import path; what it does not
/// know is reported ("could not import"). Errors are in the order found.
pub fn check_package(
    cx: &Context,
    path: &str,
    files: &[ast::File],
    imports: &dyn Fn(&str) -> Option<PackageId>,
    config: &Config,
) -> (PackageId, Diagnostics) {
    let _ = (imports, config);
    let scope = cx.new_scope(cx.universe, false);
    let name = files.first().map_or(Symbol::EMPTY, |f| f.ast.name(f.package));
    let package = Package { path: path.into(), name, files: files.iter().map(|f| f.id).collect(), scope, ..Package::default() };
    cx.packages.borrow_mut().push(Arc::new(package));
    (PackageId(cx.packages.borrow().len() as u32 - 1), Diagnostics::default())
}

//! How types and functions are written: in descriptors, in link symbols, in tracebacks.

use super::{Basic, Dir, Kind, Named, Ty};
use crate::Program;
use source::Symbol;
use std::fmt::Write;
use types::ObjId;

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// As reflection shows it: package names.
    Reflect,
    /// Unique: import paths, local types numbered.
    Link,
}

/// gc's escaping of import paths in symbols: dots after the last slash and what is not plain text.
pub fn escape_path(path: &str) -> String {
    let slash = path.rfind('/').map_or(0, |n| n + 1);
    let mut out = String::with_capacity(path.len());
    for (n, b) in path.bytes().enumerate() {
        if b <= b' ' || (b == b'.' && n >= slash) || b == b'%' || b == b'"' || b >= 0x7f {
            let _ = write!(out, "%{b:02x}");
        } else {
            out.push(b as char);
        }
    }
    out
}

impl Program<'_> {
    pub fn reflect_string(&mut self, ty: Ty) -> String {
        let mut out = String::new();
        self.write_ty(&mut out, ty, Style::Reflect);
        out
    }
    pub fn link_string(&mut self, ty: Ty) -> String {
        if let Some(known) = self.link_strings.get(&ty) {
            return known.clone();
        }
        let mut out = String::new();
        self.write_ty(&mut out, ty, Style::Link);
        self.link_strings.insert(ty, out.clone());
        out
    }

    fn write_list(&mut self, out: &mut String, list: &[Ty], style: Style, separator: &str) {
        for (n, &ty) in list.iter().enumerate() {
            if n > 0 {
                out.push_str(separator);
            }
            self.write_ty(out, ty, style);
        }
    }

    fn write_sig(&mut self, out: &mut String, sig: &super::FuncSig, style: Style) {
        out.push('(');
        for (n, &p) in sig.params.iter().enumerate() {
            if n > 0 {
                out.push_str(", ");
            }
            if sig.variadic && n + 1 == sig.params.len() {
                out.push_str("...");
                let Kind::Slice(elem) = &*self.tys.kind(p) else { unreachable!("a variadic parameter is a slice") };
                self.write_ty(out, *elem, style);
            } else {
                self.write_ty(out, p, style);
            }
        }
        out.push(')');
        match sig.results.len() {
            0 => {}
            1 => {
                out.push(' ');
                self.write_ty(out, sig.results[0], style);
            }
            _ => {
                out.push_str(" (");
                self.write_list(out, &sig.results, style, ", ");
                out.push(')');
            }
        }
    }

    fn write_ty(&mut self, out: &mut String, ty: Ty, style: Style) {
        match &*self.tys.kind(ty) {
            Kind::Basic(b) => out.push_str(b.name()),
            Kind::Pointer(e) => {
                out.push('*');
                self.write_ty(out, *e, style);
            }
            Kind::Slice(e) => {
                out.push_str("[]");
                self.write_ty(out, *e, style);
            }
            Kind::Array(e, n) => {
                let _ = write!(out, "[{n}]");
                self.write_ty(out, *e, style);
            }
            Kind::Map(k, v) => {
                out.push_str("map[");
                self.write_ty(out, *k, style);
                out.push(']');
                self.write_ty(out, *v, style);
            }
            Kind::Chan(dir, e) => {
                out.push_str(match dir {
                    Dir::Both => "chan ",
                    Dir::Send => "chan<- ",
                    Dir::Recv => "<-chan ",
                });
                let parens = *dir == Dir::Both && matches!(&*self.tys.kind(*e), Kind::Chan(Dir::Recv, _));
                if parens {
                    out.push('(');
                }
                self.write_ty(out, *e, style);
                if parens {
                    out.push(')');
                }
            }
            Kind::Func(sig) => {
                out.push_str("func");
                self.write_sig(out, sig, style);
            }
            Kind::Tuple(list) => {
                out.push('(');
                self.write_list(out, list, style, ", ");
                out.push(')');
            }
            Kind::Struct(fields) => {
                out.push_str("struct {");
                for (n, f) in fields.iter().enumerate() {
                    out.push_str(if n > 0 { "; " } else { " " });
                    if !f.embedded {
                        if style == Style::Link
                            && let Some(pkg) = f.pkg
                        {
                            let _ = write!(out, "{}.", pkg.as_str());
                        }
                        let _ = write!(out, "{} ", f.name.as_str());
                    } else if style == Style::Link {
                        out.push_str("embed ");
                    }
                    self.write_ty(out, f.ty, style);
                    if let Some(tag) = &f.tag {
                        let _ = write!(out, " {}", types::constant::quote(tag));
                    }
                }
                out.push_str(if fields.is_empty() { "}" } else { " }" });
            }
            Kind::Interface(methods) => {
                out.push_str("interface {");
                for (n, m) in methods.iter().enumerate() {
                    out.push_str(if n > 0 { "; " } else { " " });
                    if let Some(pkg) = m.pkg {
                        let pkg = if style == Style::Link { pkg.as_str().to_owned() } else { self.pkg_name(pkg) };
                        let _ = write!(out, "{pkg}.");
                    }
                    out.push_str(m.name.as_str());
                    if let Kind::Func(sig) = &*self.tys.kind(m.sig) {
                        self.write_sig(out, sig, style);
                    }
                }
                out.push_str(if methods.is_empty() { "}" } else { " }" });
            }
            Kind::Named(named) => self.write_named(out, named, style),
        }
    }

    fn write_named(&mut self, out: &mut String, named: &Named, style: Style) {
        let obj = self.cx.obj(named.decl);
        if let Some(pkg) = obj.pkg {
            match style {
                Style::Reflect => out.push_str(self.cx.package(pkg).name.as_str()),
                Style::Link => out.push_str(&self.pkg_path(pkg)),
            }
            out.push('.');
        }
        out.push_str(obj.name.as_str());
        self.write_args(out, named);
        if style == Style::Link {
            if let Some(gen_index) = self.local_index(named.decl) {
                let _ = write!(out, "·{gen_index}");
            }
        }
    }

    /// The bare name in a descriptor's uncommon part's owner: `T`, `G[int]`.
    pub fn named_name(&mut self, named: &Named) -> String {
        let mut out = self.cx.obj_name(named.decl).as_str().to_owned();
        self.write_args(&mut out, named);
        out
    }

    /// Type arguments: those of the functions around it, then its own.
    fn write_args(&mut self, out: &mut String, named: &Named) {
        if named.args.is_empty() && named.outer.is_empty() {
            return;
        }
        out.push('[');
        self.write_list(out, &named.outer, Style::Link, ",");
        if !named.outer.is_empty() && !named.args.is_empty() {
            out.push(';');
        }
        self.write_list(out, &named.args, Style::Link, ",");
        out.push(']');
    }

    /// Import path; the program's own package is `main` whatever its directory.
    pub fn pkg_path(&self, pkg: types::PackageId) -> std::sync::Arc<str> {
        let package = self.cx.package(pkg);
        if package.name == Symbol::MAIN { "main".into() } else { package.path.clone() }
    }

    /// Name of a package by path.
    pub fn pkg_name(&self, path: Symbol) -> String {
        for p in self.packages {
            if *p.path == *path.as_str() || (p.name == Symbol::MAIN && path == Symbol::MAIN) {
                return p.name.as_str().to_owned();
            }
        }
        path.as_str().rsplit('/').next().unwrap_or_default().to_owned()
    }

    /// Number of a type declared in a function, counted over its package in source order.
    fn local_index(&mut self, decl: ObjId) -> Option<u32> {
        let obj = self.cx.obj(decl);
        let pkg = obj.pkg?;
        if !self.local_types_counted.insert(pkg) {
            return self.local_types.get(&decl).copied();
        }
        let index = *self.pkg_index.get(&pkg)?;
        let package = &self.packages[index];
        let mut count = 0;
        for (n, file_id) in package.files.iter().enumerate() {
            let Some(file) = self.files.get(file_id) else { continue };
            let mut local: Vec<(u32, ObjId)> = Vec::new();
            for (d, decl) in file.ast.decls.iter().enumerate() {
                if let syntax::ast::Decl::Type { name, is_alias: false, .. } = *decl {
                    let id = syntax::ast::DeclId(d as u32);
                    if !file.decls.contains(&id) && name.is_some() {
                        let obj = package.info[n].defs[name.index()];
                        if obj.is_some() {
                            local.push((file.ast[name].offset, obj));
                        }
                    }
                }
            }
            local.sort();
            for (_, obj) in local {
                count += 1;
                self.local_types.insert(obj, count);
            }
        }
        self.local_types.get(&decl).copied()
    }

    // ---- Functions ----

    /// Prefix of the package's functions in tracebacks and symbols.
    pub fn func_prefix(&self, pkg: Option<types::PackageId>) -> String {
        match pkg {
            Some(pkg) => escape_path(&self.pkg_path(pkg)),
            None => "_".into(),
        }
    }

    /// `[int,string]`, or nothing.
    pub fn args_string(&mut self, args: &[Ty]) -> String {
        if args.is_empty() {
            return String::new();
        }
        let mut out = String::from("[");
        self.write_list(&mut out, args, Style::Link, ",");
        out.push(']');
        out
    }

    /// Traceback name and link symbol of a declared function.
    pub fn func_names(&mut self, func: ObjId, recv_args: &[Ty], targs: &[Ty]) -> (String, String) {
        let obj = self.cx.obj(func);
        let prefix = self.func_prefix(obj.pkg);
        let dots = |args: &[Ty]| if args.is_empty() { "" } else { "[...]" };
        let recv = self.func_info(func).and_then(|i| i.recv.clone());
        let (recv_args_text, targs_text) = (self.args_string(recv_args), self.args_string(targs));
        let name = obj.name.as_str();
        match recv {
            // A package may have several: they are numbered.
            None if obj.name == Symbol::INIT => {
                let package = obj.pkg.map(|id| self.cx.package(id));
                let others = package.iter().flat_map(|p| p.objects.iter()).take_while(|&&o| o != func);
                let n = others.filter(|&&o| self.is_init_func(o)).count();
                (format!("{prefix}.init.{n}"), format!("{prefix}.init.{n}"))
            }
            None => (format!("{prefix}.{name}{}", dots(targs)), format!("{prefix}.{name}{targs_text}")),
            Some(recv) => {
                let base = self.cx.obj_name(self.named_of(recv.base).obj);
                let base = base.as_str();
                if recv.pointer {
                    (
                        format!("{prefix}.(*{base}{}).{name}{}", dots(recv_args), dots(targs)),
                        format!("{prefix}.(*{base}{recv_args_text}).{name}{targs_text}"),
                    )
                } else {
                    (
                        format!("{prefix}.{base}{}.{name}{}", dots(recv_args), dots(targs)),
                        format!("{prefix}.{base}{recv_args_text}.{name}{targs_text}"),
                    )
                }
            }
        }
    }

    /// `main.T`, `main.(*T)`, `struct { ... }`: owner part of a wrapper's name; traceback form and symbol form.
    pub fn recv_names(&mut self, ty: Ty) -> (String, String) {
        let (base, pointer) = match &*self.tys.kind(ty) {
            Kind::Pointer(e) => (*e, true),
            _ => (ty, false),
        };
        let (pkg, short, full) = match self.named(base) {
            Some(named) => {
                let obj = self.cx.obj(named.decl);
                let short = format!("{}{}", obj.name.as_str(), if named.args.is_empty() { "" } else { "[...]" });
                let full = self.link_string(base);
                (obj.pkg.map(|_| self.func_prefix(obj.pkg)), short, full)
            }
            None => {
                let text = self.link_string(base);
                (Some("go".to_owned()), text.clone(), text)
            }
        };
        let prefix = pkg.map_or(String::new(), |p| format!("{p}."));
        if pointer { (format!("{prefix}(*{short})"), format!("(*{full})")) } else { (format!("{prefix}{short}"), full) }
    }
}

impl Basic {
    pub fn kind_number(self) -> u8 {
        use Basic::*;
        use abi::typedesc::kind as k;
        match self {
            Bool => k::BOOL,
            Int => k::INT,
            Int8 => k::INT8,
            Int16 => k::INT16,
            Int32 => k::INT32,
            Int64 => k::INT64,
            Uint => k::UINT,
            Uint8 => k::UINT8,
            Uint16 => k::UINT16,
            Uint32 => k::UINT32,
            Uint64 => k::UINT64,
            Uintptr => k::UINTPTR,
            Float32 => k::FLOAT32,
            Float64 => k::FLOAT64,
            Complex64 => k::COMPLEX64,
            Complex128 => k::COMPLEX128,
            String => k::STRING,
            UnsafePointer | Nil => k::UNSAFE_POINTER,
        }
    }
}

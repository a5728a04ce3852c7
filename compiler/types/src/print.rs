//! Types as text: in messages relative to the package being checked, at run time with package names,
//! for symbols with package paths.

use crate::types::*;
use crate::{Context, PackageId, ScopeId, constant};
use std::fmt::Write;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Qualifier {
    /// Names of this package bare, those of others with the package's name.
    Relative(PackageId),
    /// As `%T` and reflection print: `main.T`, `interface {}`.
    Name,
    /// With full paths: unique.
    Path,
    /// As messages, but with full paths.
    PlainPath,
}

impl Context {
    /// As gc's messages show it.
    pub fn type_string(&self, t: TypeId, pkg: PackageId) -> String {
        self.print(t, Qualifier::Relative(pkg))
    }
    /// As `%T` and reflection show it.
    pub fn runtime_string(&self, t: TypeId) -> String {
        self.print(t, Qualifier::Name)
    }
    /// Different for different types.
    pub fn unique_string(&self, t: TypeId) -> String {
        self.print(t, Qualifier::Path)
    }
    pub(crate) fn print(&self, t: TypeId, q: Qualifier) -> String {
        let mut p = Printer { cx: self, q, out: String::new(), depth: 0 };
        p.ty(t);
        p.out
    }
    /// `(x int) string`: without `func`.
    /// Without the names of parameters.
    pub(crate) fn nameless(&self, sig: &Signature) -> Signature {
        let list = |params: &[Param]| params.iter().map(|p| Param { name: source::Symbol::EMPTY, ty: p.ty }).collect();
        Signature { params: list(&sig.params), results: list(&sig.results), ..sig.clone() }
    }
    pub(crate) fn signature_string(&self, sig: &Signature, q: Qualifier) -> String {
        let mut p = Printer { cx: self, q, out: String::new(), depth: 0 };
        p.signature(sig);
        p.out
    }
    /// The name of an object, with its package's if that is another one.
    pub(crate) fn package_prefix_of(&self, obj: crate::ObjId, here: PackageId) -> String {
        let (name, pkg) = self.with_obj(obj, |o| (o.name, o.pkg));
        let prefix = pkg.map_or(String::new(), |p| self.package_prefix(p, Qualifier::Relative(here)));
        format!("{prefix}{name}")
    }
    pub(crate) fn package_prefix(&self, pkg: PackageId, q: Qualifier) -> String {
        match q {
            Qualifier::Relative(here) if here == pkg => String::new(),
            Qualifier::Path | Qualifier::PlainPath => format!("{}.", self.package_path(pkg)),
            Qualifier::Relative(here) => {
                let name = self.package(pkg).name;
                // Two packages of one name: the path tells them apart.
                let here = if here == PackageId::NONE { None } else { Some(self.package(here)) };
                let clash = here.is_some_and(|h| h.name == name || h.imports.iter().any(|&i| i != pkg && self.package(i).name == name));
                if clash { format!("{}.", constant::quote(self.package_path(pkg).as_bytes())) } else { format!("{name}.") }
            }
            Qualifier::Name => format!("{}.", self.package(pkg).name),
        }
    }
}

struct Printer<'a> {
    cx: &'a Context,
    q: Qualifier,
    out: String,
    depth: u32,
}

impl Printer<'_> {
    fn runtime(&self) -> bool {
        !matches!(self.q, Qualifier::Relative(_) | Qualifier::PlainPath)
    }

    fn ty(&mut self, t: TypeId) {
        if t.is_none() {
            self.out.push_str("invalid type");
            return;
        }
        if self.depth > 60 {
            self.out.push_str("...");
            return;
        }
        self.depth += 1;
        self.inner(t);
        self.depth -= 1;
    }

    fn inner(&mut self, t: TypeId) {
        if !self.runtime() {
            match t {
                TypeId::BYTE => return self.out.push_str("byte"),
                TypeId::RUNE => return self.out.push_str("rune"),
                _ => {}
            }
        }
        let t = if self.runtime() { self.cx.unalias(t) } else { t };
        match self.cx.ty(t) {
            Type::Basic(b) => self.out.push_str(b.name()),
            Type::Pointer(elem) => {
                self.out.push('*');
                self.ty(elem);
            }
            Type::Slice(elem) => {
                self.out.push_str("[]");
                self.ty(elem);
            }
            Type::Array { elem, len } => {
                let _ = write!(self.out, "[{len}]");
                self.ty(elem);
            }
            Type::Map { key, value } => {
                self.out.push_str("map[");
                self.ty(key);
                self.out.push(']');
                self.ty(value);
            }
            Type::Chan { dir, elem } => {
                let (text, paren) = match dir {
                    ChanDir::Send => ("chan<- ", false),
                    ChanDir::Receive => ("<-chan ", false),
                    // `chan (<-chan T)` would read differently.
                    ChanDir::Both => ("chan ", matches!(self.cx.ty(elem), Type::Chan { dir: ChanDir::Receive, .. })),
                };
                self.out.push_str(text);
                if paren {
                    self.out.push('(');
                }
                self.ty(elem);
                if paren {
                    self.out.push(')');
                }
            }
            Type::Struct(fields) => self.fields(&fields),
            Type::Tuple(params) => self.params(&params, false),
            Type::Func(sig) => {
                self.out.push_str("func");
                self.signature(&sig);
            }
            Type::Union(terms) => {
                for (i, term) in terms.iter().enumerate() {
                    if i > 0 {
                        self.out.push_str(" | ");
                    }
                    if term.tilde {
                        self.out.push('~');
                    }
                    self.ty(term.ty);
                }
            }
            Type::Interface(row) => self.interface(t, row),
            Type::Named(row) => {
                let named = self.cx.named(row);
                self.name(named.obj);
                if self.runtime() && named.outer_targs != named.outer_tparams {
                    // Inside symbols only: distinguishes instances of local types.
                    let args: Vec<TypeId> = named.outer_targs.iter().chain(named.targs.iter()).copied().collect();
                    self.list(&args);
                } else if !named.targs.is_empty() {
                    self.list(&named.targs);
                } else if !self.runtime() && !named.tparams.is_empty() {
                    self.tparams(&named.tparams);
                }
            }
            Type::Alias(row) => {
                let alias = self.cx.alias(row);
                self.name(alias.obj);
                if !alias.targs.is_empty() {
                    self.list(&alias.targs);
                } else if !alias.tparams.is_empty() {
                    self.tparams(&alias.tparams);
                }
            }
            Type::TypeParam(row) => {
                let obj = self.cx.type_param(row).obj;
                let (name, pos) = (self.cx.obj_name(obj), self.cx.obj_pos(obj));
                self.out.push_str(name.as_str());
                if !self.runtime() && !pos.is_none() && self.cx.lookup(self.cx.universe, name).is_some() {
                    let _ = write!(self.out, " /* with {name} declared at {} */", source::pos_in_text(pos));
                }
            }
        }
    }

    fn name(&mut self, obj: crate::ObjId) {
        let object = self.cx.obj(obj);
        if let Some(pkg) = object.pkg {
            let prefix = self.cx.package_prefix(pkg, self.q);
            self.out.push_str(&prefix);
        }
        self.out.push_str(object.name.as_str());
        // Two local types of one name are told apart by their place.
        if self.q == Qualifier::Path
            && object.pkg.is_some()
            && object.parent != ScopeId::NONE
            && object.pkg.is_some_and(|p| self.cx.package(p).scope != object.parent)
        {
            let _ = write!(self.out, "·{}.{}", object.pos.file.0, object.pos.offset);
        }
    }

    fn list(&mut self, types: &[TypeId]) {
        self.out.push('[');
        for (i, &t) in types.iter().enumerate() {
            if i > 0 {
                self.out.push(',');
            }
            if self.q == Qualifier::Name {
                // Type arguments carry full paths in run-time names.
                let text = self.cx.print(t, Qualifier::Path);
                let text = text.replace("·", "");
                self.out.push_str(&text);
            } else {
                self.ty(t);
            }
        }
        self.out.push(']');
    }

    pub(crate) fn tparams(&mut self, list: &[TypeId]) {
        self.out.push('[');
        let mut previous = TypeId::NONE;
        for (i, &t) in list.iter().enumerate() {
            let Some(param) = self.cx.as_type_param(t) else { continue };
            if i > 0 {
                if param.constraint != previous {
                    self.out.push(' ');
                    self.ty(previous);
                }
                self.out.push_str(", ");
            }
            previous = param.constraint;
            self.out.push_str(self.cx.obj_name(param.obj).as_str());
        }
        if previous.is_some() {
            self.out.push(' ');
            self.ty(previous);
        }
        self.out.push(']');
    }

    fn fields(&mut self, fields: &[Field]) {
        if self.runtime() {
            if fields.is_empty() {
                return self.out.push_str("struct {}");
            }
            self.out.push_str("struct { ");
        } else {
            self.out.push_str("struct{");
        }
        for (i, f) in fields.iter().enumerate() {
            if i > 0 {
                self.out.push_str("; ");
            }
            if !f.embedded {
                if self.q == Qualifier::Path && !crate::is_exported(f.name) && f.pkg != PackageId::NONE {
                    let _ = write!(self.out, "{}.", self.cx.package_path(f.pkg));
                }
                self.out.push_str(f.name.as_str());
                self.out.push(' ');
            }
            self.ty(f.ty);
            if !f.tag.is_empty() {
                self.out.push(' ');
                self.out.push_str(&constant::quote(f.tag.as_str().as_bytes()));
            }
        }
        self.out.push_str(if self.runtime() { " }" } else { "}" });
    }

    fn params(&mut self, params: &[Param], variadic: bool) {
        self.out.push('(');
        for (i, p) in params.iter().enumerate() {
            if i > 0 {
                self.out.push_str(", ");
            }
            if !self.runtime() && !p.name.is_empty() {
                self.out.push_str(p.name.as_str());
                self.out.push(' ');
            }
            if variadic && i + 1 == params.len() {
                match self.cx.ty(p.ty) {
                    Type::Slice(elem) => {
                        self.out.push_str("...");
                        self.ty(elem);
                    }
                    _ => {
                        self.ty(p.ty);
                        self.out.push_str("...");
                    }
                }
            } else {
                self.ty(p.ty);
            }
        }
        self.out.push(')');
    }

    fn signature(&mut self, sig: &Signature) {
        if !sig.tparams.is_empty() {
            self.tparams(&sig.tparams);
        }
        self.params(&sig.params, sig.variadic);
        match &sig.results[..] {
            [] => {}
            [one] if self.runtime() || one.name.is_empty() => {
                self.out.push(' ');
                self.ty(one.ty);
            }
            many => {
                self.out.push(' ');
                self.params(many, false);
            }
        }
    }

    fn interface(&mut self, t: TypeId, row: u32) {
        let interface = self.cx.interface(row);
        if self.runtime() {
            let set = self.cx.type_set_of(t);
            if set.methods.is_empty() {
                return self.out.push_str("interface {}");
            }
            self.out.push_str("interface { ");
            for (i, m) in set.methods.iter().enumerate() {
                if i > 0 {
                    self.out.push_str("; ");
                }
                if !crate::is_exported(m.name) && m.pkg != PackageId::NONE {
                    let prefix =
                        if self.q == Qualifier::Path { self.cx.package_path(m.pkg).to_string() } else { self.cx.package(m.pkg).name.to_string() };
                    let _ = write!(self.out, "{prefix}.");
                }
                self.out.push_str(m.name.as_str());
                if let Type::Func(sig) = self.cx.ty(m.sig) {
                    self.signature(&sig);
                }
            }
            return self.out.push_str(" }");
        }
        if interface.implicit && interface.methods.is_empty() && interface.embeddeds.len() == 1 {
            return self.ty(interface.embeddeds[0].0);
        }
        if t == TypeId::EMPTY_INTERFACE && interface.methods.is_empty() {
            return self.out.push_str("interface{}");
        }
        self.out.push_str("interface{");
        let mut first = true;
        for m in &interface.methods {
            if !first {
                self.out.push_str("; ");
            }
            first = false;
            self.out.push_str(m.name.as_str());
            if let Type::Func(sig) = self.cx.ty(m.sig) {
                self.signature(&sig);
            }
        }
        for &(e, _) in &interface.embeddeds {
            if !first {
                self.out.push_str("; ");
            }
            first = false;
            self.ty(e);
        }
        self.out.push('}');
    }
}

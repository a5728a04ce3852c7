//! Questions to the checker, answered under an environment of type arguments.
//!
//! In: the checker's ids and an [`Env`]. Out: concrete [`Ty`]s. Nothing else in this crate looks into the checker's types.

use crate::Program;
use crate::ty::{Basic, Dir, Field, FuncSig, IMethod, Kind, Named, Ty};
use rustc_hash::FxHashMap;
use source::Symbol;
use std::rc::Rc;
use types::{ObjId, ObjKind, TypeId};

/// The declaration of a defined type.
pub type TypeDecl = ObjId;

/// What the type parameters in scope stand for.
#[derive(Debug, Default)]
pub struct Env {
    /// Of the conversion cache; 0 is the empty environment.
    pub id: u32,
    pub map: FxHashMap<TypeId, Ty>,
}

impl<'a> Program<'a> {
    /// Environments with the same contents share one id.
    pub fn env(&mut self, mut pairs: Vec<(TypeId, Ty)>) -> Rc<Env> {
        pairs.sort();
        pairs.dedup();
        if let Some(env) = self.envs.get(&pairs) {
            return env.clone();
        }
        let env = Rc::new(Env { id: self.envs.len() as u32, map: pairs.iter().copied().collect() });
        self.envs.insert(pairs, env.clone());
        env
    }

    pub fn ty(&mut self, t: TypeId, env: &Env) -> Ty {
        if let Some(&ty) = self.converted.get(&(env.id, t)) {
            return ty;
        }
        let ty = self.convert(t, env);
        self.converted.insert((env.id, t), ty);
        ty
    }

    fn tys<'t>(&mut self, list: impl IntoIterator<Item = &'t TypeId>, env: &Env) -> Vec<Ty> {
        list.into_iter().map(|&t| self.ty(t, env)).collect()
    }

    fn pkg_symbol(&self, pkg: types::PackageId) -> Symbol {
        Symbol::intern(&self.pkg_path(pkg))
    }

    fn convert(&mut self, t: TypeId, env: &Env) -> Ty {
        let c = self.tys.common;
        match self.cx.ty(t) {
            types::Type::Basic(b) => {
                use types::Basic as B;
                match b {
                    B::Bool | B::UntypedBool => c.bool_,
                    B::Int | B::UntypedInt => c.int,
                    B::Int8 => self.tys.intern(Kind::Basic(Basic::Int8)),
                    B::Int16 => self.tys.intern(Kind::Basic(Basic::Int16)),
                    B::Int32 | B::UntypedRune => c.int32,
                    B::Int64 => c.int64,
                    B::Uint => c.uint,
                    B::Uint8 => c.uint8,
                    B::Uint16 => self.tys.intern(Kind::Basic(Basic::Uint16)),
                    B::Uint32 => c.uint32,
                    B::Uint64 => c.uint64,
                    B::Uintptr => c.uintptr,
                    B::Float32 => c.float32,
                    B::Float64 | B::UntypedFloat => c.float64,
                    B::Complex64 => c.complex64,
                    B::Complex128 | B::UntypedComplex => c.complex128,
                    B::String | B::UntypedString => c.string,
                    B::UnsafePointer => c.unsafe_pointer,
                    B::UntypedNil | B::Invalid => c.nil,
                }
            }
            types::Type::Pointer(e) => {
                let e = self.ty(e, env);
                self.tys.pointer(e)
            }
            types::Type::Slice(e) => {
                let e = self.ty(e, env);
                self.tys.slice(e)
            }
            types::Type::Array { elem, len } => {
                let e = self.ty(elem, env);
                self.tys.intern(Kind::Array(e, len.max(0) as u64))
            }
            types::Type::Map { key, value } => {
                let (k, v) = (self.ty(key, env), self.ty(value, env));
                self.tys.intern(Kind::Map(k, v))
            }
            types::Type::Chan { dir, elem } => {
                let e = self.ty(elem, env);
                let dir = match dir {
                    types::ChanDir::Both => Dir::Both,
                    types::ChanDir::Send => Dir::Send,
                    types::ChanDir::Receive => Dir::Recv,
                };
                self.tys.intern(Kind::Chan(dir, e))
            }
            types::Type::Struct(fields) => {
                let fields = fields
                    .iter()
                    .map(|f| Field {
                        name: f.name,
                        pkg: (!types::is_exported(f.name)).then(|| self.pkg_symbol(f.pkg)),
                        ty: self.ty(f.ty, env),
                        embedded: f.embedded,
                        tag: (!f.tag.is_empty()).then(|| self.symbol_bytes(f.tag)),
                    })
                    .collect();
                self.tys.intern(Kind::Struct(fields))
            }
            types::Type::Tuple(params) => {
                let list: Vec<TypeId> = params.iter().map(|p| p.ty).collect();
                let list = self.tys(&list, env);
                self.tys.intern(Kind::Tuple(list))
            }
            types::Type::Func(sig) => {
                let sig = self.func_sig(&sig, env);
                self.tys.intern(Kind::Func(sig))
            }
            types::Type::Interface(_) => {
                let set = self.cx.type_set_of(t);
                let methods = set
                    .methods
                    .iter()
                    .map(|m| IMethod { name: m.name, pkg: (!types::is_exported(m.name)).then(|| self.pkg_symbol(m.pkg)), sig: self.ty(m.sig, env) })
                    .collect();
                self.tys.intern(Kind::Interface(methods))
            }
            // Only in constraints, which no value has.
            types::Type::Union(_) => c.any,
            types::Type::Alias(_) => {
                let actual = self.cx.unalias(t);
                self.ty(actual, env)
            }
            types::Type::TypeParam(_) => match env.map.get(&t) {
                Some(&ty) => ty,
                // A type parameter outside of every instance: unreachable code asks for it, nothing depends on the answer.
                None => c.nil,
            },
            types::Type::Named(row) => {
                let named = self.cx.named(row);
                let origin = if named.origin == t { named.clone() } else { self.named_of(named.origin) };
                // The origin itself, inside of its own declaration, is the instance of the environment.
                let args = if named.targs.is_empty() && !named.tparams.is_empty() {
                    self.tys(named.tparams.iter(), env)
                } else {
                    self.tys(named.targs.iter(), env)
                };
                let outer = self.tys(named.outer_targs.iter(), env);
                self.tys.intern(Kind::Named(Named { decl: origin.obj, args, outer }))
            }
        }
    }

    pub fn func_sig(&mut self, sig: &types::Signature, env: &Env) -> FuncSig {
        let params: Vec<TypeId> = sig.params.iter().map(|p| p.ty).collect();
        let results: Vec<TypeId> = sig.results.iter().map(|p| p.ty).collect();
        FuncSig { params: self.tys(&params, env), results: self.tys(&results, env), variadic: sig.variadic }
    }

    fn symbol_bytes(&mut self, text: Symbol) -> Rc<[u8]> {
        Rc::from(text.as_str().as_bytes())
    }

    /// The row of a defined type.
    pub fn named_of(&self, t: TypeId) -> types::Named {
        match self.cx.ty(t) {
            types::Type::Named(row) => self.cx.named(row),
            types::Type::Alias(_) => self.named_of(self.cx.unalias(t)),
            other => unreachable!("a type declaration declares a defined type, not {other:?}"),
        }
    }

    /// The declaration's row (the origin of instances).
    pub fn named_decl(&self, decl: TypeDecl) -> types::Named {
        let named = self.named_of(self.cx.obj_type(decl));
        if named.origin == named.id { named } else { self.named_of(named.origin) }
    }

    pub fn named_env(&mut self, named: &Named) -> Rc<Env> {
        if named.args.is_empty() && named.outer.is_empty() {
            return self.empty_env.clone();
        }
        let row = self.named_decl(named.decl);
        let mut pairs: Vec<(TypeId, Ty)> = row.tparams.iter().copied().zip(named.args.iter().copied()).collect();
        pairs.extend(row.outer_tparams.iter().copied().zip(named.outer.iter().copied()));
        self.env(pairs)
    }

    /// The underlying type's form.
    pub fn under(&mut self, ty: Ty) -> Rc<Kind> {
        let under = self.underlying(ty);
        self.tys.kind(under)
    }

    pub fn underlying(&mut self, ty: Ty) -> Ty {
        if let Some(under) = self.tys.underlying[ty.0 as usize] {
            return under;
        }
        let kind = self.tys.kind(ty);
        let Kind::Named(named) = &*kind else { unreachable!("only names have another underlying type") };
        let env = self.named_env(named);
        let row = self.named_decl(named.decl);
        let under = self.cx.underlying(row.id);
        let under = self.ty(under, &env);
        self.tys.underlying[ty.0 as usize] = Some(under);
        under
    }

    pub fn named(&self, ty: Ty) -> Option<Named> {
        match &*self.tys.kinds[ty.0 as usize] {
            Kind::Named(n) => Some(n.clone()),
            _ => None,
        }
    }

    pub fn basic(&mut self, ty: Ty) -> Option<Basic> {
        match &*self.under(ty) {
            Kind::Basic(b) => Some(*b),
            _ => None,
        }
    }
    pub fn is_string(&mut self, ty: Ty) -> bool {
        self.basic(ty) == Some(Basic::String)
    }
    /// `*T` gives T.
    pub fn pointee(&mut self, ty: Ty) -> Option<Ty> {
        match &*self.under(ty) {
            Kind::Pointer(e) => Some(*e),
            _ => None,
        }
    }

    /// The declaration of a function object.
    pub fn func_info(&self, func: ObjId) -> Option<std::sync::Arc<types::FuncInfo>> {
        match self.cx.obj(func).kind {
            ObjKind::Func(info) => Some(info),
            _ => None,
        }
    }
}

// ---- Method sets -------------------------------------------------------------------------------------------------

/// A method found by name on a concrete type.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MethodSel {
    /// Embedded fields to go through (pointers are followed).
    pub path: Vec<u32>,
    /// The type that declares the method, after the path: a defined type, or an interface type.
    pub recv: Ty,
    pub target: MethodTarget,
    pub name: Symbol,
    pub pkg: Option<Symbol>,
    /// Without receiver.
    pub sig: Ty,
    /// Only of an addressable value: a pointer receiver, and no pointer on the path.
    pub indirect: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum MethodTarget {
    /// Declared with a pointer receiver or not.
    Declared { func: ObjId, pointer: bool },
    /// Of an (embedded) interface: its index there.
    Interface(usize),
}

impl Program<'_> {
    /// Declared methods of a defined type: name, object, pointer receiver, signature.
    pub fn declared_methods(&mut self, ty: Ty) -> Rc<Vec<MethodSel>> {
        if let Some(known) = self.declared.get(&ty) {
            return known.clone();
        }
        let mut list = Vec::new();
        if let Some(named) = self.named(ty) {
            let row = self.named_decl(named.decl);
            for &func in &row.methods {
                let obj = self.cx.obj(func);
                let ObjKind::Func(info) = &obj.kind else { continue };
                let Some(recv) = &info.recv else { continue };
                let types::Type::Func(sig) = self.cx.ty(obj.ty) else { continue };
                // Generic methods are no part of method sets; calls find them by object.
                if !sig.tparams.is_empty() {
                    continue;
                }
                let env = self.method_env(func, &named.args, &[]);
                let sig = self.ty(obj.ty, &env);
                let pkg = obj.pkg.map(|p| self.pkg_symbol(p)).filter(|_| !types::is_exported(obj.name));
                list.push(MethodSel {
                    path: Vec::new(),
                    recv: ty,
                    target: MethodTarget::Declared { func, pointer: recv.pointer },
                    name: obj.name,
                    pkg,
                    sig,
                    indirect: recv.pointer,
                });
            }
        }
        let list = Rc::new(list);
        self.declared.insert(ty, list.clone());
        list
    }

    /// What the type parameters of a function (and its receiver) stand for.
    pub fn method_env(&mut self, func: ObjId, recv_args: &[Ty], targs: &[Ty]) -> Rc<Env> {
        let obj = self.cx.obj(func);
        let mut pairs = Vec::new();
        if let ObjKind::Func(info) = &obj.kind
            && let Some(recv) = &info.recv
        {
            pairs.extend(recv.tparams.iter().copied().zip(recv_args.iter().copied()));
        }
        if let types::Type::Func(sig) = self.cx.ty(obj.ty) {
            pairs.extend(sig.tparams.iter().copied().zip(targs.iter().copied()));
        }
        if pairs.is_empty() { self.empty_env.clone() } else { self.env(pairs) }
    }

    /// All methods callable on an addressable value of `ty` (so: the method set of `*ty`), by Go's depth rule, in
    /// descriptor order. `indirect` tells which of them the value's own method set lacks.
    pub fn method_set(&mut self, ty: Ty) -> Rc<Vec<MethodSel>> {
        if let Some(known) = self.method_sets.get(&ty) {
            return known.clone();
        }
        // Name to what was found at the least depth; None: ambiguous or a field.
        let mut found: indexmap::IndexMap<(Symbol, Option<Symbol>), Option<MethodSel>> = indexmap::IndexMap::new();
        // Breadth first: (type, path, went through a pointer, seen several times at this depth).
        let mut level: Vec<(Ty, Vec<u32>, bool, bool)> = vec![(ty, Vec::new(), false, false)];
        let mut seen: rustc_hash::FxHashSet<Ty> = Default::default();
        while !level.is_empty() {
            let mut here: indexmap::IndexMap<(Symbol, Option<Symbol>), Option<MethodSel>> = indexmap::IndexMap::new();
            let mut next: Vec<(Ty, Vec<u32>, bool, bool)> = Vec::new();
            for (t, path, through_ptr, multiple) in level {
                if self.named(t).is_some() && !seen.insert(t) {
                    continue;
                }
                let add = |here: &mut indexmap::IndexMap<(Symbol, Option<Symbol>), Option<MethodSel>>,
                           key: (Symbol, Option<Symbol>),
                           sel: Option<MethodSel>| {
                    use indexmap::map::Entry;
                    match here.entry(key) {
                        Entry::Occupied(mut e) => {
                            e.insert(None);
                        }
                        Entry::Vacant(e) => {
                            e.insert(if multiple { None } else { sel });
                        }
                    }
                };
                for m in self.declared_methods(t).iter() {
                    let sel = MethodSel { path: path.clone(), indirect: !through_ptr && m.indirect, ..m.clone() };
                    add(&mut here, (m.name, m.pkg), Some(sel));
                }
                match &*self.under(t) {
                    Kind::Interface(methods) => {
                        for (n, m) in methods.iter().enumerate() {
                            let sel = MethodSel {
                                path: path.clone(),
                                recv: t,
                                target: MethodTarget::Interface(n),
                                name: m.name,
                                pkg: m.pkg,
                                sig: m.sig,
                                indirect: false,
                            };
                            add(&mut here, (m.name, m.pkg), Some(sel));
                        }
                    }
                    Kind::Struct(fields) => {
                        for (n, f) in fields.iter().enumerate() {
                            add(&mut here, (f.name, f.pkg), None);
                            if f.embedded {
                                let (inner, is_ptr) = match &*self.tys.kind(f.ty) {
                                    Kind::Pointer(e) => (*e, true),
                                    _ => (f.ty, false),
                                };
                                let mut p = path.clone();
                                p.push(n as u32);
                                if let Some(old) = next.iter_mut().find(|(t, ..)| *t == inner && self.tys.kinds[t.0 as usize].is_named()) {
                                    old.3 = true;
                                } else {
                                    next.push((inner, p, through_ptr || is_ptr, multiple));
                                }
                            }
                        }
                    }
                    _ => {}
                }
            }
            for (key, sel) in here {
                found.entry(key).or_insert(sel);
            }
            level = next;
        }
        let mut list: Vec<MethodSel> = found.into_values().flatten().filter(|m| !m.name.is_blank()).collect();
        list.sort_by(|a, b| method_order(a.name, a.pkg, b.name, b.pkg));
        let list = Rc::new(list);
        self.method_sets.insert(ty, list.clone());
        list
    }

    /// A method by name; `ty` is the type without pointer.
    pub fn find_method(&mut self, ty: Ty, name: Symbol, pkg: Option<Symbol>) -> Option<MethodSel> {
        self.method_set(ty).iter().find(|m| m.name == name && m.pkg == pkg).cloned()
    }
}

impl Kind {
    pub fn is_named(&self) -> bool {
        matches!(self, Kind::Named(_))
    }
}

/// Exported names first, then by name, then by package.
pub fn method_order(a: Symbol, a_pkg: Option<Symbol>, b: Symbol, b_pkg: Option<Symbol>) -> std::cmp::Ordering {
    (a_pkg.is_some(), a.as_str(), a_pkg.map(Symbol::as_str)).cmp(&(b_pkg.is_some(), b.as_str(), b_pkg.map(Symbol::as_str)))
}

//! Package variables and initialisation: static data where the initial value is known, code for the rest.
//!
//! A value is *static* if it consists of constants, addresses of variables, functions and composite literals of
//! these. It is first described ([`Static`]), without making anything, and becomes data only when something
//! refers to it: an unused table costs nothing.
//!
//! `go.main` runs the initialisers of all packages in the specification's order (sorted by import path,
//! repeatedly the first whose imports are done; package runtime and what it needs before all others), then `main.main`.

use crate::Program;
use crate::emit::Addr;
use crate::func::FuncCx;
use crate::program::FuncKey;
use crate::ty::{Basic, Kind, Ty};
use ir::{FuncId, Global, GlobalId, InstData, Reloc, RelocKind, Section, Target};
use rustc_hash::FxHashMap;
use source::{Pos, Symbol};
use std::rc::Rc;
use syntax::ast::{Expr, ExprId, UnaryOp};
use types::{Mode, ObjId, ObjKind, PackageId, VarKind};

/// Larger initial values are built by code.
const MAX_STATIC: u64 = 64 << 20;

/// Initial contents of memory.
#[derive(Clone, Debug)]
pub struct Static {
    pub bytes: Vec<u8>,
    pub refs: Vec<(u64, Ref)>,
}

#[derive(Clone, Debug)]
pub enum Ref {
    Str(Vec<u8>),
    /// A func value.
    Func(ObjId, Vec<Ty>),
    /// The address of a package variable.
    Var(ObjId),
    /// The address of an object of its own.
    Object {
        contents: Static,
        ty: Ty,
        writable: bool,
    },
    /// First word of an interface of type `iface` that holds a `ty`.
    TypeWord {
        ty: Ty,
        iface: Ty,
    },
}

#[derive(Default)]
pub struct StaticData {
    /// Variables that one expression initialises: package and position in its order.
    inits: Option<FxHashMap<ObjId, (PackageId, usize)>>,
    /// What was found out about a variable; None: initialised by code.
    known: FxHashMap<ObjId, Option<Rc<Static>>>,
    n_objects: u32,
}

impl Static {
    pub fn new(size: u64) -> Static {
        Static { bytes: vec![0; size as usize], refs: Vec::new() }
    }
    pub fn put(&mut self, at: u64, bytes: &[u8]) {
        self.bytes[at as usize..at as usize + bytes.len()].copy_from_slice(bytes);
    }
    pub fn put_word(&mut self, at: u64, word: u64) {
        self.put(at, &word.to_le_bytes());
    }
}

impl Program<'_> {
    /// The memory of a package-level variable.
    pub fn package_var(&mut self, obj: ObjId) -> GlobalId {
        let obj = self.linked_var(obj);
        if let Some(&global) = self.globals.get(&obj) {
            return global;
        }
        let object = self.cx.obj(obj);
        let env = self.empty_env.clone();
        let ty = self.ty(object.ty, &env);
        let symbol = format!("{}.{}", self.func_prefix(object.pkg), object.name.as_str());
        let symbol = self.unique_symbol(&symbol);
        let global = self.static_global(symbol, Section::Data, ty);
        self.globals.insert(obj, global);
        if let Some(embedded) = self.embeds.get(&obj) {
            match self.embedded_static(embedded, ty) {
                Some(contents) => self.fill_static(global, contents),
                None => self.error(object.pos, "not supported yet: go:embed with this package embed"),
            }
            return global;
        }
        if let Some(contents) = self.static_init(obj) {
            self.fill_static(global, (*contents).clone());
        }
        global
    }

    fn static_global(&mut self, symbol: String, section: Section, ty: Ty) -> GlobalId {
        let layout = (section == Section::Data).then(|| self.layout(ty));
        let repr = self.repr(ty);
        self.module.globals.push(Global {
            symbol,
            section,
            size: repr.size.max(1),
            align: repr.align.max(1),
            data: Vec::new(),
            relocs: Vec::new(),
            layout,
            typelink: false,
            external: false,
        })
    }

    fn fill_static(&mut self, global: GlobalId, contents: Static) {
        let mut relocs = Vec::new();
        for (at, r) in contents.refs {
            let target = match r {
                Ref::Str(bytes) => self.string_global(&bytes),
                Ref::Func(func, targs) => {
                    let id = self.func(FuncKey::Declared { func, recv: Vec::new(), targs });
                    self.func_value_global(id)
                }
                Ref::Var(obj) => self.package_var(obj),
                Ref::Object { contents, ty, writable } => self.static_object(contents, ty, writable),
                Ref::TypeWord { ty, iface } => {
                    if matches!(&*self.under(iface), Kind::Interface(m) if m.is_empty()) {
                        self.desc(ty)
                    } else {
                        self.itab(ty, iface)
                    }
                }
            };
            relocs.push(Reloc { offset: at as u32, target: Target::Global(target), addend: 0, kind: RelocKind::Abs64 });
        }
        relocs.sort_by_key(|r| r.offset);
        let all_zero = relocs.is_empty() && contents.bytes.iter().all(|&b| b == 0);
        let target = &mut self.module.globals[global];
        // Writable zeroes need no room in the file; read-only data is always given.
        if !all_zero || target.section != Section::Data {
            let mut bytes = contents.bytes;
            bytes.resize(target.size as usize, 0);
            target.data = bytes;
        }
        target.relocs = relocs;
    }

    fn static_object(&mut self, contents: Static, ty: Ty, writable: bool) -> GlobalId {
        self.static_data.n_objects += 1;
        let symbol = self.unique_symbol(&format!("..stmp_{}", self.static_data.n_objects));
        let section = if writable { Section::Data } else { Section::ReadOnly };
        let global = self.static_global(symbol, section, ty);
        self.fill_static(global, contents);
        global
    }

    /// The static initial value of a package variable, if it has one.
    fn static_init(&mut self, obj: ObjId) -> Option<Rc<Static>> {
        if let Some(known) = self.static_data.known.get(&obj) {
            return known.clone();
        }
        if self.static_data.inits.is_none() {
            let mut map = FxHashMap::default();
            for (package, &id) in self.packages.iter().zip(&self.pkg_ids) {
                for (n, init) in package.init_order.iter().enumerate() {
                    if let [only] = init.lhs[..] {
                        map.insert(only, (id, n));
                    }
                }
            }
            self.static_data.inits = Some(map);
        }
        let (pkg, n) = *self.static_data.inits.as_ref()?.get(&obj)?;
        let init = self.cx.package(pkg).init_order[n].clone();
        let (file, info) = self.file_of(pkg, init.file);
        let env = self.empty_env.clone();
        let ty = {
            let t = self.cx.obj_type(obj);
            self.ty(t, &env)
        };
        let loc = self.loc(file.expr_pos(init.rhs));
        let mut cx = FuncCx::new(self, String::new(), loc, env, file, info, pkg);
        let found = cx.static_value(init.rhs, ty, true).map(Rc::new);
        self.static_data.known.insert(obj, found.clone());
        found
    }

    /// Does a package have anything to run before its importers?
    fn needs_init(&mut self, index: usize) -> bool {
        let package = self.packages[index].clone();
        package.init_order.iter().any(|init| !self.is_static_init(&init.lhs)) || package.objects.iter().any(|&o| self.is_init_func(o))
    }

    fn is_static_init(&mut self, lhs: &[ObjId]) -> bool {
        match lhs {
            [only] => self.static_init(*only).is_some(),
            _ => false,
        }
    }

    pub fn is_init_func(&self, obj: ObjId) -> bool {
        let object = self.cx.obj(obj);
        matches!(&object.kind, ObjKind::Func(info) if info.recv.is_none()) && object.name == Symbol::INIT
    }

    /// Initialises the variables and calls the init functions. A function has one file for its lines, so variables
    /// of several files are initialised by as many functions of the same name, behind one that traces do not show.
    pub fn make_package_init(&mut self, id: FuncId, pkg: PackageId) {
        let package = self.cx.package(pkg);
        let symbol = self.module.funcs[id].symbol.clone();
        let mut runs: Vec<Vec<usize>> = Vec::new();
        for (n, init) in package.init_order.iter().enumerate() {
            if self.is_static_init(&init.lhs) {
                continue;
            }
            match runs.last_mut() {
                Some(run) if package.init_order[run[0]].file == init.file => run.push(n),
                _ => runs.push(vec![n]),
            }
        }
        let inits: Vec<ObjId> = package.objects.iter().copied().filter(|&o| self.is_init_func(o)).collect();
        if let [run] = &runs[..] {
            let f = self.init_part(pkg, symbol, run, &inits);
            return self.define(id, f);
        }
        let mut parts = Vec::new();
        let sig = self.module.funcs[id].sig;
        for run in &runs {
            let f = self.init_part(pkg, symbol.clone(), run, &[]);
            let part = self.declare(&symbol, sig);
            self.define(part, f);
            parts.push(part);
        }
        let mut cx = FuncCx::synthetic(self, symbol);
        cx.params(None, &crate::ty::FuncSig::default(), false);
        for part in parts {
            cx.ins(InstData::Call { func: part, args: Default::default() });
        }
        cx.call_inits(&inits);
        cx.emit_return(Vec::new());
        let f = cx.finish();
        self.define(id, f);
    }

    /// The initialisers with these numbers, all of one file, then these functions.
    fn init_part(&mut self, pkg: PackageId, symbol: String, run: &[usize], inits: &[ObjId]) -> ir::Function {
        let package = self.cx.package(pkg);
        let (file, info) = self.file_of(pkg, package.init_order[run[0]].file);
        let loc = self.loc(file.expr_pos(package.init_order[run[0]].rhs));
        let env = self.empty_env.clone();
        let mut cx = FuncCx::new(self, symbol, loc, env, file, info, pkg);
        cx.params(None, &crate::ty::FuncSig::default(), false);
        for &n in run {
            let init = &package.init_order[n];
            cx.at_expr(init.rhs);
            let values = match init.lhs[..] {
                [only] => {
                    let ty = cx.obj_ty(only);
                    cx.hoist_to(init.rhs, ty);
                    vec![(cx.expr_to(init.rhs, ty), ty)]
                }
                _ => cx.multi_values(init.rhs, init.lhs.len()),
            };
            for (&obj, (val, from)) in init.lhs.iter().zip(values) {
                if cx.p.cx.obj_name(obj).is_blank() {
                    continue;
                }
                let ty = cx.obj_ty(obj);
                let val = cx.assign_convert(val, from, ty);
                let global = cx.p.package_var(obj);
                let addr = cx.global(global);
                cx.store(ty, Addr::safe(addr), &val);
            }
            cx.memo.clear();
        }
        cx.call_inits(inits);
        cx.emit_return(Vec::new());
        cx.finish()
    }

    pub fn make_main(&mut self, id: FuncId) {
        let order = self.package_order();
        let mut cx = FuncCx::synthetic(self, "go.main".into());
        cx.f.flags.runtime = true;
        cx.params(None, &crate::ty::FuncSig::default(), false);
        for index in order {
            if cx.p.needs_init(index) {
                let pkg = cx.p.pkg_ids[index];
                let func = cx.p.func(FuncKey::PackageInit(pkg));
                cx.ins(InstData::Call { func, args: Default::default() });
            }
        }
        let path = cx.p.packages.last().map(|p| p.path.clone()).unwrap_or_default();
        match cx.p.package_func(&path, "main") {
            Some(func) => {
                cx.ins(InstData::Call { func, args: Default::default() });
            }
            None => cx.p.error(Pos::NONE, "function main is undeclared in the main package"),
        }
        cx.emit_return(Vec::new());
        let f = cx.finish();
        self.define(id, f);
    }

    /// Indices of the packages in the order in which they are initialised.
    fn package_order(&self) -> Vec<usize> {
        let packages = self.packages;
        let index: FxHashMap<PackageId, usize> = self.pkg_ids.iter().copied().enumerate().map(|(n, id)| (id, n)).collect();
        let mut first = vec![false; packages.len()];
        let mut work: Vec<usize> = (0..packages.len()).filter(|&n| &*packages[n].path == "runtime").collect();
        while let Some(n) = work.pop() {
            if !std::mem::replace(&mut first[n], true) {
                work.extend(packages[n].imports.iter().filter_map(|i| index.get(i).copied()));
            }
        }
        let mut sorted: Vec<usize> = (0..packages.len()).collect();
        sorted.sort_by(|&a, &b| (!first[a], &packages[a].path).cmp(&(!first[b], &packages[b].path)));
        let mut done = vec![false; packages.len()];
        let mut order = Vec::new();
        while order.len() < packages.len() {
            let ready = sorted.iter().copied().find(|&n| !done[n] && packages[n].imports.iter().all(|i| index.get(i).is_none_or(|&m| done[m])));
            // Import cycles were reported before.
            let Some(n) = ready else { break };
            done[n] = true;
            order.push(n);
        }
        order
    }
}

impl FuncCx<'_, '_> {
    fn call_inits(&mut self, inits: &[ObjId]) {
        for &obj in inits {
            let func = self.declared_func(obj, Vec::new(), Vec::new());
            let pos = self.p.cx.obj_pos(obj);
            self.set_loc(pos);
            self.ins(InstData::Call { func, args: Default::default() });
        }
    }

    /// A composite literal that never changes, as read-only data.
    pub fn static_readonly(&mut self, e: ExprId, ty: Ty) -> Option<GlobalId> {
        let contents = self.static_value(e, ty, false)?;
        Some(self.p.static_object(contents, ty, false))
    }

    /// `fresh`: the value is made once, so that slices and pointers inside may point to writable objects of their own.
    fn static_value(&mut self, e: ExprId, ty: Ty, fresh: bool) -> Option<Static> {
        let size = self.p.size_of(ty);
        if size > MAX_STATIC {
            return None;
        }
        let mut out = Static::new(size);
        self.static_into(e, ty, &mut out, 0, fresh).then_some(out)
    }

    fn static_into(&mut self, e: ExprId, ty: Ty, out: &mut Static, at: u64, fresh: bool) -> bool {
        stacker::maybe_grow(128 << 10, 1 << 20, || self.static_inner(e, ty, out, at, fresh))
    }

    fn static_inner(&mut self, e: ExprId, ty: Ty, out: &mut Static, at: u64, fresh: bool) -> bool {
        let e = self.ast.unparen(e);
        if self.info.mode_of(e) == Mode::Nil {
            return true;
        }
        let from = self.type_of(e);
        if self.p.is_interface(ty) {
            if self.p.is_interface(from) {
                return false;
            }
            return self.static_box(e, from, ty, out, at, fresh);
        }
        if let Some(value) = self.info.value(e).cloned() {
            if self.p.basic(ty) == Some(Basic::String) {
                let types::Value::Str(bytes) = &value else { return false };
                if !bytes.is_empty() {
                    out.refs.push((at, Ref::Str(bytes.to_vec())));
                    out.put_word(at + 8, bytes.len() as u64);
                }
                return true;
            }
            let Some(bytes) = self.p.const_bytes(&value, ty) else { return false };
            out.put(at, &bytes);
            return true;
        }
        match self.ast[e] {
            Expr::Composite { .. } => match &*self.p.under(ty) {
                Kind::Pointer(base) => self.static_pointer(e, *base, out, at, fresh),
                Kind::Slice(elem) => {
                    let n = self.array_literal_len(e);
                    if n == 0 || !fresh {
                        // An empty slice that is not nil points to the runtime's zero object: code does that.
                        return false;
                    }
                    let array = self.p.tys.intern(Kind::Array(*elem, n));
                    let Some(contents) = self.static_value(e, array, fresh) else { return false };
                    out.refs.push((at, Ref::Object { contents, ty: array, writable: true }));
                    out.put_word(at + 8, n);
                    out.put_word(at + 16, n);
                    true
                }
                Kind::Struct(_) | Kind::Array(..) => {
                    let parts = self.literal_parts(e, ty);
                    parts.into_iter().all(|part| {
                        if part.blank {
                            let size = self.p.size_of(part.ty);
                            return self.static_into(part.value, part.ty, &mut Static::new(size), 0, fresh);
                        }
                        self.static_into(part.value, part.ty, out, at + part.offset, fresh)
                    })
                }
                _ => false,
            },
            Expr::Unary { op: UnaryOp::Address, operand } => {
                let operand = self.ast.unparen(operand);
                match self.ast[operand] {
                    Expr::Composite { .. } => {
                        let base = self.type_of(operand);
                        self.static_pointer(operand, base, out, at, fresh)
                    }
                    Expr::Name(ident) => match self.object(ident) {
                        Some(obj) if self.is_package_var(obj) => {
                            out.refs.push((at, Ref::Var(obj)));
                            true
                        }
                        _ => false,
                    },
                    _ => false,
                }
            }
            Expr::Name(ident) | Expr::Selector { name: ident, .. } if !self.info.selections.contains_key(&e) => match self.object(ident) {
                Some(obj) if matches!(self.p.cx.obj(obj).kind, ObjKind::Func(_)) => {
                    let targs = self.instance_args(ident);
                    out.refs.push((at, Ref::Func(obj, targs)));
                    true
                }
                _ => false,
            },
            Expr::Call { func, args, .. } if self.info.mode_of(func) == Mode::Type && args.len() == 1 => {
                let arg = self.ast.nth(args, 0);
                let (arg_ty, to) = (self.type_of(arg), self.p.underlying(ty));
                !self.p.is_interface(arg_ty) && self.p.underlying(arg_ty) == to && self.static_into(arg, ty, out, at, fresh)
            }
            _ => false,
        }
    }

    fn static_pointer(&mut self, literal: ExprId, base: Ty, out: &mut Static, at: u64, fresh: bool) -> bool {
        if !fresh || self.p.size_of(base) == 0 || !matches!(&*self.p.under(base), Kind::Struct(_) | Kind::Array(..)) {
            return false;
        }
        let Some(contents) = self.static_value(literal, base, fresh) else { return false };
        out.refs.push((at, Ref::Object { contents, ty: base, writable: true }));
        true
    }

    /// A value in an interface: the box is never written.
    fn static_box(&mut self, e: ExprId, from: Ty, iface: Ty, out: &mut Static, at: u64, fresh: bool) -> bool {
        if matches!(&*self.p.under(from), Kind::Basic(Basic::Nil)) || self.p.size_of(from) == 0 {
            return false;
        }
        let from = if matches!(&*self.p.tys.kind(from), Kind::Tuple(_)) { return false } else { from };
        let Some(contents) = self.static_value(e, from, fresh) else { return false };
        if self.p.is_direct_iface(from) {
            match contents.refs.into_iter().next() {
                Some((_, r)) => out.refs.push((at + 8, r)),
                None => return false,
            }
        } else {
            out.refs.push((at + 8, Ref::Object { contents, ty: from, writable: false }));
        }
        out.refs.push((at, Ref::TypeWord { ty: from, iface }));
        true
    }

    fn is_package_var(&self, obj: ObjId) -> bool {
        matches!(&self.p.cx.obj(obj).kind, ObjKind::Var(info) if info.kind == VarKind::Package)
    }
}

//! The checker's world: types, objects, scopes and packages of one compilation.
//!
//! Every method takes `&self`: rows are cloned out (they are small or counted), so a caller never holds a
//! borrow while it makes new types. One thread uses a context at a time.

use crate::types::*;
use crate::{Info, ObjId, ObjKind, Object, ScopeId};
use rustc_hash::FxHashMap;
use source::{FileId, Pos, Symbol};
use std::cell::RefCell;
use std::sync::Arc;
use syntax::ast::ExprId;

#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct PackageId(pub u32);
impl PackageId {
    pub const UNSAFE: PackageId = PackageId(0);
    pub const NONE: PackageId = PackageId(u32::MAX);
}

/// A checked package. Complete once `check_package` has returned.
#[derive(Clone, Debug, Default)]
pub struct Package {
    pub path: Arc<str>,
    /// Stands for a package that could not be imported: nothing is known of what it declares.
    pub missing: bool,
    pub name: Symbol,
    /// In the order given to `check_package`; file indices elsewhere refer to it.
    pub files: Vec<FileId>,
    pub scope: ScopeId,
    /// Sorted by path, each once.
    pub imports: Vec<PackageId>,
    /// Package-level objects in source order (methods and `init` functions included).
    pub objects: Vec<ObjId>,
    /// One per file.
    pub info: Vec<Info>,
    /// Package-level variables in the order in which they are initialised.
    pub init_order: Vec<Initializer>,
}

/// `lhs = rhs` at package level; several variables if `rhs` is a call with several results.
#[derive(Clone, Debug)]
pub struct Initializer {
    pub lhs: Vec<ObjId>,
    pub file: u32,
    pub rhs: ExprId,
}

#[derive(Debug, Default)]
pub(crate) struct Scope {
    pub parent: ScopeId,
    pub names: FxHashMap<Symbol, ObjId>,
}

#[derive(Debug)]
pub struct Context {
    pub(crate) store: RefCell<TypeStore>,
    pub(crate) objects: RefCell<Vec<Object>>,
    pub(crate) scopes: RefCell<Vec<Scope>>,
    pub(crate) packages: RefCell<Vec<Arc<Package>>>,
    pub(crate) universe: ScopeId,
    pub(crate) universe_testing: ScopeId,
    pub(crate) subst_cache: RefCell<FxHashMap<(TypeId, Arc<[(TypeId, TypeId)]>), TypeId>>,
    pub(crate) layouts: RefCell<FxHashMap<TypeId, crate::sizes::Layout>>,
    /// Types of generic methods on instances.
    pub(crate) method_types: RefCell<FxHashMap<(ObjId, TypeId), TypeId>>,
    pub(crate) set_depth: std::cell::Cell<u32>,
}

impl Context {
    /// The form of a type, aliases and names not looked through.
    pub fn ty(&self, t: TypeId) -> Type {
        // What an error left without a type is invalid, not a fault of ours.
        self.store.borrow().types.get(t.0 as usize).cloned().unwrap_or(Type::Basic(Basic::Invalid))
    }
    pub fn mk(&self, ty: Type) -> TypeId {
        self.store.borrow_mut().intern(ty)
    }
    pub fn pointer_to(&self, elem: TypeId) -> TypeId {
        self.mk(Type::Pointer(elem))
    }
    pub fn slice_of(&self, elem: TypeId) -> TypeId {
        self.mk(Type::Slice(elem))
    }
    pub fn tuple_of(&self, types: &[TypeId]) -> TypeId {
        self.mk(Type::Tuple(types.iter().map(|&ty| Param { name: Symbol::EMPTY, ty }).collect()))
    }
    pub fn func_of(&self, params: &[TypeId], results: &[TypeId], variadic: bool) -> TypeId {
        let list = |types: &[TypeId]| types.iter().map(|&ty| Param { name: Symbol::EMPTY, ty }).collect();
        self.mk(Type::Func(Arc::new(Signature { tparams: Arc::from([]), params: list(params), results: list(results), variadic })))
    }
    pub fn named(&self, row: u32) -> Named {
        self.store.borrow().named[row as usize].clone()
    }
    pub fn alias(&self, row: u32) -> Alias {
        self.store.borrow().aliases[row as usize].clone()
    }
    pub fn type_param(&self, row: u32) -> TypeParam {
        self.store.borrow().tparams[row as usize].clone()
    }
    pub fn interface(&self, row: u32) -> Interface {
        self.store.borrow().interfaces[row as usize].clone()
    }

    pub(crate) fn new_named(&self, obj: ObjId, outer_tparams: Arc<[TypeId]>) -> TypeId {
        let mut store = self.store.borrow_mut();
        let row = store.named.len() as u32;
        let id = store.push(Type::Named(row));
        store.named.push(Named {
            id,
            obj,
            origin: id,
            targs: Arc::from([]),
            tparams: Arc::from([]),
            outer_targs: outer_tparams.clone(),
            outer_tparams,
            underlying: TypeId::NONE,
            rhs: TypeId::NONE,
            methods: Vec::new(),
        });
        id
    }
    pub(crate) fn new_alias(&self, obj: ObjId) -> TypeId {
        let mut store = self.store.borrow_mut();
        let row = store.aliases.len() as u32;
        let id = store.push(Type::Alias(row));
        store.aliases.push(Alias { id, obj, origin: id, targs: Arc::from([]), tparams: Arc::from([]), actual: TypeId::NONE });
        id
    }
    pub(crate) fn new_type_param(&self, obj: ObjId, index: u32, constraint: TypeId) -> TypeId {
        let mut store = self.store.borrow_mut();
        let row = store.tparams.len() as u32;
        let id = store.push(Type::TypeParam(row));
        store.tparams.push(TypeParam { id, obj, index, constraint });
        id
    }
    pub(crate) fn new_interface(&self, interface: Interface) -> TypeId {
        let mut store = self.store.borrow_mut();
        let row = store.interfaces.len() as u32;
        store.interfaces.push(interface);
        store.push(Type::Interface(row))
    }
    pub(crate) fn edit_named<R>(&self, t: TypeId, edit: impl FnOnce(&mut Named) -> R) -> R {
        let mut store = self.store.borrow_mut();
        let Type::Named(row) = store.types[t.0 as usize] else { panic!("edit_named of another type") };
        edit(&mut store.named[row as usize])
    }
    pub(crate) fn edit_alias<R>(&self, t: TypeId, edit: impl FnOnce(&mut Alias) -> R) -> R {
        let mut store = self.store.borrow_mut();
        let Type::Alias(row) = store.types[t.0 as usize] else { panic!("edit_alias of another type") };
        edit(&mut store.aliases[row as usize])
    }
    pub(crate) fn set_constraint(&self, t: TypeId, constraint: TypeId) {
        let mut store = self.store.borrow_mut();
        let Type::TypeParam(row) = store.types[t.0 as usize] else { panic!("set_constraint of another type") };
        store.tparams[row as usize].constraint = constraint;
    }
    pub(crate) fn edit_interface<R>(&self, t: TypeId, edit: impl FnOnce(&mut Interface) -> R) -> R {
        let mut store = self.store.borrow_mut();
        let Type::Interface(row) = store.types[t.0 as usize] else { panic!("edit_interface of another type") };
        edit(&mut store.interfaces[row as usize])
    }

    /// An object, cloned.
    pub fn obj(&self, id: ObjId) -> Object {
        self.objects.borrow()[id.0 as usize].clone()
    }
    pub fn obj_type(&self, id: ObjId) -> TypeId {
        self.objects.borrow()[id.0 as usize].ty
    }
    pub fn obj_name(&self, id: ObjId) -> Symbol {
        self.objects.borrow()[id.0 as usize].name
    }
    pub fn obj_pkg(&self, id: ObjId) -> Option<PackageId> {
        self.objects.borrow()[id.0 as usize].pkg
    }
    pub fn obj_pos(&self, id: ObjId) -> Pos {
        self.objects.borrow()[id.0 as usize].pos
    }
    pub(crate) fn new_obj(&self, obj: Object) -> ObjId {
        let mut objects = self.objects.borrow_mut();
        objects.push(obj);
        ObjId(objects.len() as u32 - 1)
    }
    pub(crate) fn edit_obj<R>(&self, id: ObjId, edit: impl FnOnce(&mut Object) -> R) -> R {
        edit(&mut self.objects.borrow_mut()[id.0 as usize])
    }
    pub(crate) fn with_obj<R>(&self, id: ObjId, look: impl FnOnce(&Object) -> R) -> R {
        look(&self.objects.borrow()[id.0 as usize])
    }

    pub fn package(&self, id: PackageId) -> Arc<Package> {
        self.packages.borrow()[id.0 as usize].clone()
    }
    pub fn package_path(&self, id: PackageId) -> Arc<str> {
        self.packages.borrow()[id.0 as usize].path.clone()
    }

    pub(crate) fn new_scope(&self, parent: ScopeId) -> ScopeId {
        let mut scopes = self.scopes.borrow_mut();
        scopes.push(Scope { parent, names: FxHashMap::default() });
        ScopeId(scopes.len() as u32 - 1)
    }
    /// The object that `name` stands for in this scope itself.
    pub fn lookup(&self, scope: ScopeId, name: Symbol) -> Option<ObjId> {
        self.scopes.borrow()[scope.0 as usize].names.get(&name).copied()
    }
    pub(crate) fn parent_scope(&self, scope: ScopeId) -> ScopeId {
        self.scopes.borrow()[scope.0 as usize].parent
    }
    /// Inserts unless the name is taken; gives the object that has it.
    pub(crate) fn insert(&self, scope: ScopeId, name: Symbol, obj: ObjId) -> Option<ObjId> {
        use std::collections::hash_map::Entry;
        match self.scopes.borrow_mut()[scope.0 as usize].names.entry(name) {
            Entry::Occupied(old) => Some(*old.get()),
            Entry::Vacant(free) => {
                free.insert(obj);
                let mut objects = self.objects.borrow_mut();
                let object = &mut objects[obj.0 as usize];
                if object.parent == ScopeId::NONE {
                    object.parent = scope;
                }
                None
            }
        }
    }
    /// Names of a scope in order; for messages and exports.
    pub fn scope_names(&self, scope: ScopeId) -> Vec<Symbol> {
        let mut names: Vec<Symbol> = self.scopes.borrow()[scope.0 as usize].names.keys().copied().collect();
        names.sort_by_key(|n| n.as_str());
        names
    }

    /// The constant's value, if `id` is a constant that was checked.
    pub fn const_value(&self, id: ObjId) -> Option<crate::constant::Value> {
        self.with_obj(id, |o| match &o.kind {
            ObjKind::Const(value) => value.clone(),
            _ => None,
        })
    }
}

/// Exported: the first character is an upper-case letter.
pub fn is_exported(name: Symbol) -> bool {
    let first = name.as_str().chars().next();
    first.is_some_and(|c| if c.is_ascii() { c.is_ascii_uppercase() } else { c.is_uppercase() && !c.is_lowercase() })
}

//! The universe: predeclared names, and package unsafe.

use crate::context::Scope;
use crate::types::*;
use crate::{Builtin, Context, ObjId, ObjKind, Object, Package, PackageId, ScopeId, constant::Value};
use rustc_hash::FxHashMap;
use source::{Pos, Symbol};
use std::cell::RefCell;
use std::sync::Arc;

fn object(name: &str, kind: ObjKind, ty: TypeId, pkg: Option<PackageId>) -> Object {
    Object { kind, name: Symbol::intern(name), pos: Pos::NONE, ty, pkg, parent: ScopeId::NONE, visible_from: 0, used: false }
}

impl Default for Context {
    fn default() -> Self {
        Context::new()
    }
}

impl Context {
    pub fn new() -> Context {
        let mut cx = Context {
            store: RefCell::default(),
            objects: RefCell::default(),
            scopes: RefCell::new(vec![Scope::default()]),
            packages: RefCell::default(),
            universe: ScopeId(0),
            universe_testing: ScopeId(0),
            subst_cache: RefCell::default(),
            layouts: RefCell::new(FxHashMap::default()),
            method_types: RefCell::default(),
            set_depth: std::cell::Cell::new(0),
        };
        let universe = ScopeId(0);
        {
            let mut store = cx.store.borrow_mut();
            for b in Basic::ALL {
                let id = store.intern(Type::Basic(b));
                assert_eq!(id.0, b as u32);
            }
            assert_eq!(store.push(Type::Basic(Basic::Uint8)), TypeId::BYTE);
            assert_eq!(store.push(Type::Basic(Basic::Int32)), TypeId::RUNE);
        }
        let declare = |name: &str, kind: ObjKind, ty: TypeId| -> ObjId {
            let obj = cx.new_obj(object(name, kind, ty, None));
            cx.insert(universe, Symbol::intern(name), obj);
            obj
        };
        for b in &Basic::ALL[1..18] {
            declare(b.name(), ObjKind::TypeName, TypeId(*b as u32));
        }
        declare("byte", ObjKind::TypeName, TypeId::BYTE);
        declare("rune", ObjKind::TypeName, TypeId::RUNE);

        assert_eq!(cx.new_interface(Interface { complete: true, ..Interface::default() }), TypeId::EMPTY_INTERFACE);
        let any = declare("any", ObjKind::TypeName, TypeId::ANY);
        assert_eq!(cx.new_alias(any), TypeId::ANY);
        cx.edit_alias(TypeId::ANY, |a| a.actual = TypeId::EMPTY_INTERFACE);

        let error = declare("error", ObjKind::TypeName, TypeId::ERROR);
        assert_eq!(cx.new_named(error, Arc::from([])), TypeId::ERROR);
        let comparable = declare("comparable", ObjKind::TypeName, TypeId::COMPARABLE);
        assert_eq!(cx.new_named(comparable, Arc::from([])), TypeId::COMPARABLE);
        let method =
            InterfaceMethod { name: Symbol::intern("Error"), pkg: PackageId::NONE, sig: cx.func_of(&[], &[TypeId::STRING], false), pos: Pos::NONE };
        let interface = cx.new_interface(Interface { methods: vec![method], complete: true, ..Interface::default() });
        cx.edit_named(TypeId::ERROR, |n| (n.underlying, n.rhs) = (interface, interface));
        let interface = cx.new_interface(Interface { is_comparable: true, complete: true, ..Interface::default() });
        cx.edit_named(TypeId::COMPARABLE, |n| (n.underlying, n.rhs) = (interface, interface));

        declare("true", ObjKind::Const(Some(Value::Bool(true))), TypeId::UNTYPED_BOOL);
        declare("false", ObjKind::Const(Some(Value::Bool(false))), TypeId::UNTYPED_BOOL);
        declare("iota", ObjKind::Const(Some(Value::int(0))), TypeId::UNTYPED_INT);
        declare("nil", ObjKind::Nil, TypeId::UNTYPED_NIL);
        for b in Builtin::UNIVERSE {
            declare(b.signature().0, ObjKind::Builtin(b), TypeId::INVALID);
        }

        let scope = cx.new_scope(universe);
        let package = Package { path: "unsafe".into(), name: Symbol::intern("unsafe"), scope, ..Package::default() };
        cx.packages.borrow_mut().push(Arc::new(package));
        let in_unsafe = |name: &str, kind: ObjKind, ty: TypeId| {
            let obj = cx.new_obj(object(name, kind, ty, Some(PackageId::UNSAFE)));
            cx.insert(scope, Symbol::intern(name), obj);
        };
        in_unsafe("Pointer", ObjKind::TypeName, TypeId::UNSAFE_POINTER);
        for b in Builtin::UNSAFE {
            in_unsafe(b.signature().0, ObjKind::Builtin(b), TypeId::INVALID);
        }
        // `assert` and `trace` for tests of the checker.
        let testing = cx.new_scope(universe);
        for b in [Builtin::Assert, Builtin::Trace] {
            let obj = cx.new_obj(object(b.signature().0, ObjKind::Builtin(b), TypeId::INVALID, None));
            cx.insert(testing, Symbol::intern(b.signature().0), obj);
        }
        cx.universe_testing = testing;
        cx
    }
}

//! Maps: reading, assigning, composite literals' entries.

use crate::emit::{Addr, Val};
use crate::func::FuncCx;
use crate::ty::{Basic, Kind, Ty};
use ir::{Type, Value};
use syntax::ast::ExprId;

/// How a key is passed to the runtime.
#[derive(Clone, Copy, PartialEq, Eq)]
enum KeyForm {
    Bits32,
    Bits64,
    Str,
    Address,
}

impl FuncCx<'_, '_> {
    pub fn map_types(&mut self, map: Ty) -> (Ty, Ty) {
        match *self.p.under(map) {
            Kind::Map(k, v) => (k, v),
            ref other => unreachable!("not a map: {other:?}"),
        }
    }

    fn key_form(&mut self, key: Ty) -> KeyForm {
        match self.p.basic(key) {
            Some(Basic::String) => KeyForm::Str,
            Some(b) if b.is_integer() && b.size() == 4 => KeyForm::Bits32,
            Some(b) if b.is_integer() && b.size() == 8 => KeyForm::Bits64,
            _ => KeyForm::Address,
        }
    }

    /// Arguments of a map entry: type, map, key.
    fn map_args(&mut self, map: Ty, m: Value, key: &Val) -> (KeyForm, Vec<Value>) {
        let (key_ty, _) = self.map_types(map);
        let desc = self.desc(map);
        let form = self.key_form(key_ty);
        let mut args = vec![desc, m];
        match form {
            KeyForm::Str => args.extend([key.at(0), key.at(1)]),
            KeyForm::Bits32 | KeyForm::Bits64 => args.push(self.int_to(key.scalar(), Type::I64, false)),
            KeyForm::Address => args.push(self.spill(key_ty, key)),
        }
        (form, args)
    }

    /// `m[k]`
    pub fn map_index(&mut self, e: ExprId, operand: ExprId, arg: ExprId) -> Val {
        let map = self.type_of(operand);
        let (key_ty, elem) = self.map_types(map);
        let m = self.expr(operand).scalar();
        let key = self.expr_to(arg, key_ty);
        self.at_expr(e);
        let at = self.map_access(map, m, &key);
        let val = self.load(elem, Addr::safe(at));
        self.stable(elem, val)
    }

    pub fn map_access(&mut self, map: Ty, m: Value, key: &Val) -> Value {
        let (form, args) = self.map_args(map, m, key);
        self.rt1(
            match form {
                KeyForm::Bits32 => "gorc_mapaccess1_fast32",
                KeyForm::Bits64 => "gorc_mapaccess1_fast64",
                KeyForm::Str => "gorc_mapaccess1_faststr",
                KeyForm::Address => "gorc_mapaccess1",
            },
            &args,
        )
    }

    /// `v, ok = m[k]`
    pub fn map_index_ok(&mut self, e: ExprId, operand: ExprId, arg: ExprId) -> (Val, Value) {
        let map = self.type_of(operand);
        let (key_ty, elem) = self.map_types(map);
        let m = self.expr(operand).scalar();
        let key = self.expr_to(arg, key_ty);
        self.at_expr(e);
        let (form, args) = self.map_args(map, m, &key);
        let r = self.rt(
            match form {
                KeyForm::Bits32 => "gorc_mapaccess2_fast32",
                KeyForm::Bits64 => "gorc_mapaccess2_fast64",
                KeyForm::Str => "gorc_mapaccess2_faststr",
                KeyForm::Address => "gorc_mapaccess2",
            },
            &args,
        );
        let val = self.load(elem, Addr::safe(r[0]));
        let val = self.stable(elem, val);
        let ok = self.truth(r[1]);
        (val, ok)
    }

    /// The address to store `m[k]` at.
    pub fn map_slot(&mut self, map: Ty, m: Value, key: &Val) -> Addr {
        let (form, args) = self.map_args(map, m, key);
        let at = self.rt1(
            match form {
                KeyForm::Bits32 => "gorc_mapassign_fast32",
                KeyForm::Bits64 => "gorc_mapassign_fast64",
                KeyForm::Str => "gorc_mapassign_faststr",
                KeyForm::Address => "gorc_mapassign",
            },
            &args,
        );
        Addr::safe(at)
    }

    pub fn map_store(&mut self, map: Ty, m: Value, key: &Val, val: &Val) {
        let (_, elem) = self.map_types(map);
        let slot = self.map_slot(map, m, key);
        self.store(elem, slot, val);
    }
}

//! Names of functions and data inside CLIF: a namespace and an index, resolved when the object is written.

use cranelift_codegen::ir::{self as cl, ExtFuncData, ExternalName, UserExternalName};
use cranelift_entity::EntityRef;
use ir::{FuncId, GlobalId};

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Sym {
    Func(FuncId),
    /// Body behind the stub of a function with a large frame.
    Body(FuncId),
    Global(GlobalId),
    /// Index in `abi::rt::ENTRIES`.
    Rt(u32),
    /// Bodyless std function, index in `Module::strings`.
    Std(u32),
    Morestack,
    ZeroBase,
    /// The empty function that `enter` calls.
    Enter,
}

impl Sym {
    fn encode(self) -> (u32, u32) {
        match self {
            Sym::Func(id) => (0, id.as_u32()),
            Sym::Body(id) => (1, id.as_u32()),
            Sym::Global(id) => (2, id.as_u32()),
            Sym::Rt(n) => (3, n),
            Sym::Std(n) => (4, n),
            Sym::Morestack => (5, 0),
            Sym::ZeroBase => (5, 1),
            Sym::Enter => (5, 2),
        }
    }

    pub fn decode(name: &UserExternalName) -> Sym {
        let n = name.index;
        match (name.namespace, n) {
            (0, _) => Sym::Func(FuncId::new(n as usize)),
            (1, _) => Sym::Body(FuncId::new(n as usize)),
            (2, _) => Sym::Global(GlobalId::new(n as usize)),
            (3, _) => Sym::Rt(n),
            (4, _) => Sym::Std(n),
            (5, 0) => Sym::Morestack,
            (5, 1) => Sym::ZeroBase,
            _ => Sym::Enter,
        }
    }

    /// A runtime entry by symbol; the ones asked for here are in the table.
    pub fn rt(symbol: &str) -> Sym {
        let n = abi::rt::ENTRIES.iter().position(|e| e.symbol == symbol).expect("entry of abi::rt");
        Sym::Rt(n as u32)
    }
}

pub fn declare(func: &mut cl::Function, sym: Sym) -> ExternalName {
    let (namespace, index) = sym.encode();
    ExternalName::user(func.declare_imported_user_function(UserExternalName::new(namespace, index)))
}

/// A function near enough for a direct call: everything is linked into one static executable.
pub fn import(func: &mut cl::Function, sym: Sym, signature: cl::SigRef) -> cl::FuncRef {
    let name = declare(func, sym);
    func.import_function(ExtFuncData { name, signature, colocated: true, patchable: false })
}

//! Dense, typed ids.

use cranelift_entity::entity_impl;

macro_rules! entity {
    ($(#[$doc:meta])* $name:ident, $prefix:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(u32);
        entity_impl!($name, $prefix);
    };
}
entity!(/** An SSA value of a function. */ Value, "v");
entity!(/** An instruction of a function, terminators included. */ Inst, "inst");
entity!(Block, "block");
entity!(/** A function of the module, defined or external. */ FuncId, "fn");
entity!(/** A global of the module. */ GlobalId, "g");
entity!(/** A memory layout of the module. */ LayoutId, "layout");
entity!(/** A signature of the module. */ SigId, "sig");
entity!(/** A source location with its inlining context, of the module. */ LocId, "loc");
entity!(/** A call that was inlined. */ InlineId, "inline");

//! Deferred calls (`docs/ABI.md`, Defer, panic, recover).
//!
//! A function with `defer` has a frame of deferred calls in its stack frame and ends in one exit block, which runs
//! them; the landing block, where the runtime resumes after a recovered panic, goes there too. The result variables
//! live in memory.

use crate::emit::{Addr, Val};
use crate::func::{DeferCx, FuncCx};
use crate::ty::{FuncSig, Kind};
use abi::g::{self, defer_frame, defer_node};
use ir::{BinaryOp, ConvertOp, InstData, Type, Value};
use syntax::ast::ExprId;

impl FuncCx<'_, '_> {
    /// At the start of a function, after the result variables.
    pub fn begin_defer(&mut self) {
        let pointer = self.p.tys.common.unsafe_pointer;
        let int = self.p.tys.common.int;
        let frame_ty = self.p.tys.intern(Kind::Tuple(vec![pointer, pointer, int]));
        let layout = self.p.layout(frame_ty);
        let name = self.p.module.string(".defer");
        let frame = self.val(InstData::Alloc { layout, place: ir::Place::Stack, name, implicit: true });
        // The landing block finds only what lies in the frame: the addresses of the results, too.
        let addresses: Vec<Value> = self.results.iter().filter_map(|r| r.addr).chain(self.sret).collect();
        self.defer_saved = addresses
            .into_iter()
            .map(|address| {
                let slot = self.temp(pointer);
                self.store_leaf(Addr::safe(slot), 0, address);
                slot
            })
            .collect();
        let g = self.val(InstData::GetG);
        let prev = self.load_ptr(g, g::DFRAME as u64);
        self.store_leaf(Addr::safe(frame), defer_frame::PREV as u64, prev);
        self.store_leaf(Addr::safe(g), g::DFRAME as u64, frame);
        let (normal, landing, exit) = (self.new_block(), self.new_block(), self.new_block());
        self.ins(InstData::Enter { normal, landing });
        self.start(landing);
        self.jump(exit);
        self.start(normal);
        self.defer = Some(DeferCx { frame, exit });
    }

    /// The exit block.
    pub fn defer_exit(&mut self, defer: DeferCx) {
        let (run, done) = (self.new_block(), self.new_block());
        let frame = Addr::safe(defer.frame);
        self.start(defer.exit);
        let head = self.load_leaf(frame, defer_frame::HEAD as u64, Type::Ptr);
        let some = self.not_null(head);
        self.brif(some, run, done);
        self.start(run);
        let next = self.load_ptr(head, defer_node::NEXT as u64);
        self.store_leaf(frame, defer_frame::HEAD as u64, next);
        let func = self.load_ptr(head, defer_node::FUNC as u64);
        let sig = self.p.abi_sig(None, &FuncSig::default()).closure;
        self.ins(InstData::CallClosure { sig, callee: func, args: Default::default() });
        self.jump(defer.exit);
        self.start(done);
        let prev = self.load_leaf(frame, defer_frame::PREV as u64, Type::Ptr);
        let g = self.val(InstData::GetG);
        self.store_leaf(Addr::safe(g), g::DFRAME as u64, prev);
        let mut saved = std::mem::take(&mut self.defer_saved).into_iter();
        for n in 0..self.results.len() {
            if self.results[n].addr.is_some() {
                let slot = saved.next().expect("one slot for each address");
                self.results[n].addr = Some(self.load_leaf(Addr::safe(slot), 0, Type::Ptr));
            }
        }
        if self.sret.is_some() {
            let slot = saved.next().expect("one slot for each address");
            self.sret = Some(self.load_leaf(Addr::safe(slot), 0, Type::Ptr));
        }
        self.return_results();
    }

    /// For bodies of ranges over functions: the distance of the frame from the top of the stack.
    pub fn defer_offset(&mut self) -> Option<Value> {
        if let Some(range) = &self.range {
            return range.defer_offset;
        }
        let defer = self.defer?;
        let g = self.val(InstData::GetG);
        let top = self.load_int(g, g::STACK_HI as u64);
        let frame = self.conv(ConvertOp::PtrToInt, Type::I64, defer.frame);
        let offset = self.bin(BinaryOp::Sub, top, frame);
        // Codegen makes addresses in the frame anew where they are used: after a safepoint that would be one of the moved stack, less the
        // top of the old one. An atomic access is where it stands.
        let int = self.p.tys.common.int;
        let slot = self.temp(int);
        self.ins(InstData::AtomicStore { value: offset, addr: slot });
        Some(self.val(InstData::AtomicLoad { ty: Type::I64, addr: slot }))
    }

    pub fn defer_stmt(&mut self, e: ExprId) {
        let in_loop = self.loop_depth > 0 || !self.labels.is_empty() || self.range.is_some();
        let Some(func) = self.call_closure_of(e, "deferwrap") else { return };
        let pointer = self.p.tys.common.unsafe_pointer;
        let node_ty = self.p.tys.intern(Kind::Tuple(vec![pointer, pointer]));
        // A node in the frame would be used again by the next iteration.
        let node = if in_loop { self.alloc(node_ty, "defer", true) } else { self.temp(node_ty) };
        let node_at = Addr::safe(node);
        self.store_leaf(node_at, defer_node::FUNC as u64, func);
        let frame = match (&self.range, self.defer) {
            (Some(range), _) => {
                let Some(offset) = range.defer_offset else {
                    let pos = self.pos(e);
                    return self.unsupported(pos, "defer here");
                };
                let g = self.val(InstData::GetG);
                let top = self.load_int(g, g::STACK_HI as u64);
                let at = self.bin(BinaryOp::Sub, top, offset);
                self.conv(ConvertOp::IntToPtr, Type::Ptr, at)
            }
            (None, Some(defer)) => defer.frame,
            (None, None) => {
                let pos = self.pos(e);
                return self.unsupported(pos, "defer here");
            }
        };
        let frame = Addr::safe(frame);
        let head = self.load_leaf(frame, defer_frame::HEAD as u64, Type::Ptr);
        self.store_leaf(node_at, defer_node::NEXT as u64, head);
        self.store_leaf(frame, defer_frame::HEAD as u64, node);
    }

    /// Values as they are now, so that a later store does not change them.
    pub fn captured_values(&mut self, values: Vec<(Val, crate::ty::Ty)>) -> Vec<(crate::ty::Ty, Val)> {
        values.into_iter().map(|(v, t)| (t, self.stable(t, v))).collect()
    }
}

//! How a Go signature becomes scalars (`docs/ABI.md`, Calls).

use crate::Program;
use crate::ty::{FuncSig, Kind, Ty};
use ir::{SigId, Signature, Type};
use std::rc::Rc;

const MAX_INT_RESULTS: usize = 6;
const MAX_FLOAT_RESULTS: usize = 8;

#[derive(Debug)]
pub struct AbiSig {
    /// Receiver first.
    pub params: Vec<Ty>,
    pub results: Vec<Ty>,
    /// All results go to memory: their struct.
    pub sret: Option<Ty>,
    /// Without and with the hidden func value.
    pub sig: SigId,
    pub closure: SigId,
}

impl Program<'_> {
    pub fn abi_sig(&mut self, recv: Option<Ty>, sig: &FuncSig) -> Rc<AbiSig> {
        let key = (recv, sig.clone());
        if let Some(known) = self.abi_sigs.get(&key) {
            return known.clone();
        }
        let params: Vec<Ty> = recv.into_iter().chain(sig.params.iter().copied()).collect();
        let abi = Rc::new(self.abi_of(params, sig.results.clone()));
        self.abi_sigs.insert(key, abi.clone());
        abi
    }

    pub fn abi_of(&mut self, params: Vec<Ty>, results: Vec<Ty>) -> AbiSig {
        let mut flat = Signature::default();
        let mut in_memory = false;
        for &ty in &results {
            match &self.repr(ty).leaves {
                Some(leaves) => flat.results.extend(leaves.iter().map(|l| l.ty)),
                None => in_memory = true,
            }
        }
        let floats = flat.results.iter().filter(|t| t.is_float()).count();
        let mut sret = None;
        if in_memory || floats > MAX_FLOAT_RESULTS || flat.results.len() - floats > MAX_INT_RESULTS {
            flat.results.clear();
            flat.params.push(Type::Ptr);
            sret = Some(self.tys.intern(Kind::Tuple(results.clone())));
        }
        for &ty in &params {
            match &self.repr(ty).leaves {
                Some(leaves) => flat.params.extend(leaves.iter().map(|l| l.ty)),
                None => flat.params.push(Type::Ptr),
            }
        }
        let mut with_closure = flat.clone();
        with_closure.params.push(Type::Ptr);
        AbiSig { params, results, sret, sig: self.module.sig(flat), closure: self.module.sig(with_closure) }
    }
}

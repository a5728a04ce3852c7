//! The machine: triple, CPU level, Cranelift's settings for our stack discipline.

use crate::{Error, Fail, OptLevel, Options};
use cranelift_codegen::isa::OwnedTargetIsa;
use cranelift_codegen::settings::{self, Configurable};
use target_lexicon::Architecture;

/// `GOAMD64`; on other architectures only `V1` has a meaning.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub enum Cpu {
    #[default]
    V1,
    V2,
    V3,
    V4,
}

pub struct Target {
    pub isa: OwnedTargetIsa,
    pub aarch64: bool,
    /// Hardware rounding (floor, ceil, ...).
    pub has_round: bool,
    /// Hardware fused multiply-add; without it `fma` calls Go's `math.FMA`.
    pub has_fma: bool,
}

impl Target {
    pub fn new(options: &Options) -> Result<Target, Fail> {
        let aarch64 = match options.target.architecture {
            Architecture::X86_64 => false,
            Architecture::Aarch64(_) => true,
            other => return Err(Error::fail("target", format!("unsupported architecture {other}"))),
        };
        let mut flags = settings::builder();
        let opt_level = match options.opt_level {
            OptLevel::None => "none",
            OptLevel::Speed => "speed",
            OptLevel::Size => "speed_and_size",
        };
        for (name, value) in [
            ("opt_level", opt_level),
            // G lives in r15 / x21.
            ("enable_pinned_reg", "true"),
            // Frames are walked by frame pointer, and copying relocates the chain.
            ("preserve_frame_pointers", "true"),
            ("unwind_info", "false"),
            ("enable_probestack", "false"),
            // The area's pointer would live in a callee-saved register across the call and break when the stack moves.
            ("enable_multi_ret_implicit_sret", "false"),
            ("is_pic", "false"),
            ("enable_verifier", if options.verify { "true" } else { "false" }),
        ] {
            flags.set(name, value).map_err(|e| Error::fail("target", e.to_string()))?;
        }
        let mut isa = cranelift_codegen::isa::lookup(options.target.clone()).map_err(|e| Error::fail("target", e.to_string()))?;
        if !aarch64 {
            let preset = match options.cpu {
                Cpu::V1 => None,
                Cpu::V2 => Some("x86-64-v2"),
                Cpu::V3 => Some("x86-64-v3"),
                Cpu::V4 => Some("x86-64-v4"),
            };
            if let Some(preset) = preset {
                isa.enable(preset).map_err(|e| Error::fail("target", e.to_string()))?;
            }
        }
        let isa = isa.finish(settings::Flags::new(flags)).map_err(|e| Error::fail("target", e.to_string()))?;
        Ok(Target { isa, aarch64, has_round: aarch64 || options.cpu >= Cpu::V2, has_fma: aarch64 || options.cpu >= Cpu::V3 })
    }
}

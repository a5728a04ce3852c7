//! `print` and `println`.

use crate::emit::Val;
use crate::func::FuncCx;
use crate::ty::{Basic, Kind, Ty};

impl FuncCx<'_, '_> {
    pub fn print_values(&mut self, args: &[(Val, Ty)], line: bool) {
        self.rt("gorc_printlock", &[]);
        for (n, (val, ty)) in args.iter().enumerate() {
            if line && n > 0 {
                self.rt("gorc_printsp", &[]);
            }
            self.print_value(val, *ty);
        }
        if line {
            self.rt("gorc_printnl", &[]);
        }
        self.rt("gorc_printunlock", &[]);
    }

    fn print_value(&mut self, val: &Val, ty: Ty) {
        match &*self.p.under(ty) {
            Kind::Basic(b) => match b {
                Basic::Bool => {
                    let v = self.print_word(val.scalar(), false);
                    self.rt("gorc_printbool", &[v]);
                }
                Basic::String => {
                    self.rt("gorc_printstring", &[val.at(0), val.at(1)]);
                }
                Basic::Float32 | Basic::Float64 => {
                    let v = self.print_word(val.scalar(), false);
                    self.rt(if *b == Basic::Float64 { "gorc_printfloat64" } else { "gorc_printfloat32" }, &[v]);
                }
                Basic::Complex64 | Basic::Complex128 => {
                    let (re, im) = (self.print_word(val.at(0), false), self.print_word(val.at(1), false));
                    self.rt(if *b == Basic::Complex128 { "gorc_printcomplex128" } else { "gorc_printcomplex64" }, &[re, im]);
                }
                Basic::UnsafePointer | Basic::Nil => {
                    self.rt("gorc_printpointer", &[val.scalar()]);
                }
                int => {
                    let v = self.print_word(val.scalar(), !int.is_unsigned());
                    let hex = self.is_runtime_hex(ty);
                    let entry = if hex {
                        "gorc_printhex"
                    } else if int.is_unsigned() {
                        "gorc_printuint"
                    } else {
                        "gorc_printint"
                    };
                    self.rt(entry, &[v]);
                }
            },
            Kind::Slice(_) => {
                self.rt("gorc_printslice", &[val.at(0), val.at(1), val.at(2)]);
            }
            Kind::Interface(m) => {
                self.rt(if m.is_empty() { "gorc_printeface" } else { "gorc_printiface" }, &[val.at(0), val.at(1)]);
            }
            _ => {
                self.rt("gorc_printpointer", &[val.scalar()]);
            }
        }
    }

    /// Package runtime's type `hex` prints in hexadecimal.
    fn is_runtime_hex(&mut self, ty: Ty) -> bool {
        let Some(named) = self.p.named(ty) else { return false };
        let obj = self.p.cx.obj(named.decl);
        obj.name.as_str() == "hex" && obj.pkg.is_some_and(|p| &*self.p.pkg_path(p) == "runtime")
    }
}

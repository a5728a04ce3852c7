//! The `gorc` program: command line, packages and files, the list of stages, printing.
//!
//! The only crate (with `link`'s caller) that reads files, starts processes and prints. Everything between
//! is values in, values out.

#![forbid(unsafe_code)]

pub mod cli;
pub mod command;
pub mod constraint;
pub mod embed;
pub mod gomod;
pub mod goroot;
pub mod load;
pub mod pipeline;
pub mod report;
pub mod runtime_archive;
pub mod stdlib;
pub mod test;

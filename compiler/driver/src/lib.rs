#![forbid(unsafe_code)]
pub mod runtime_archive;

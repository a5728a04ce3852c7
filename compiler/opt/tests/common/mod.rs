#![allow(dead_code)]

pub mod generate;
pub mod interp;

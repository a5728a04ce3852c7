//! Placeholder.
pub struct MCache {}

//! Channels (skeleton).
pub struct Sudog {}

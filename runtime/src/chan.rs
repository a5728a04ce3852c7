//! Channels (next).
use crate::sched::G;
pub struct Sudog {
    pub g: *mut G,
    pub elem: usize,
    pub chan: usize,
    pub wait_link: *mut Sudog,
}

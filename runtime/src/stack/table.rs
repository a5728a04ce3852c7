//! Tables (skeleton).
pub struct Cache {}
impl Cache {
    pub const fn new() -> Cache {
        Cache {}
    }
}

//! Placeholder of the collector: helper modules land over it.
pub mod cache;

//! The same interface for aarch64: not written yet. gorc refuses `GOARCH=arm64` with an error before anything gets here.

compile_error!("the runtime's assembly for aarch64 is not written yet");

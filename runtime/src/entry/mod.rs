//! Start of the program (skeleton).
pub mod heap;
pub extern "C" fn start(_sp: *const usize) -> ! {
    crate::sys::exit(0)
}

#[panic_handler]
fn rust_panic(info: &core::panic::PanicInfo) -> ! {
    use core::fmt::Write;
    struct Err;
    impl Write for Err {
        fn write_str(&mut self, s: &str) -> core::fmt::Result {
            crate::sys::write_err(s.as_bytes());
            Ok(())
        }
    }
    let _ = writeln!(Err, "runtime: {info}");
    crate::sys::exit(2)
}

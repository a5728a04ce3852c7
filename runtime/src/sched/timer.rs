pub struct Timer {}

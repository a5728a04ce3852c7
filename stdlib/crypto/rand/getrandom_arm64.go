package rand

const sysGetrandom = 278

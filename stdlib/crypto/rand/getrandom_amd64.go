package rand

const sysGetrandom = 318

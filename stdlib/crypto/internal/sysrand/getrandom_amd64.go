package sysrand

const sysGetrandom = 318

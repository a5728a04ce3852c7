package sysrand

const sysGetrandom = 278

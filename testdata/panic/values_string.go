package main

func main() { panic("text\nsecond line") }

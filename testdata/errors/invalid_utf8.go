package main

func main() { println("aÿþ") }

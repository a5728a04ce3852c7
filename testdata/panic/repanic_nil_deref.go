package main

func main() {
	defer func() { e := recover(); panic(e) }()
	var p *int
	*p = 1
}

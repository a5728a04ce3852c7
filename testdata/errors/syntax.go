package main

func main() {
	x := 1 +
	if x {
	}
	for i := 0; i < 3; i++
	{
	}
}

func g( {
}

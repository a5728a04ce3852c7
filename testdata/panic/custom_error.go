package main

import "fmt"

type E struct{ code int }

func (e E) Error() string { return fmt.Sprint("code ", e.code) }

func main() { panic(E{3}) }

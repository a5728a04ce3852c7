package main

import "fmt"

type St struct{}

func (St) String() string { panic("in String") }

type Er struct{}

func (Er) Error() string { return fmt.Sprint("err ", 5) }
func main() {
	defer func() { panic(fmt.Errorf("wrap: %w", Er{})) }()
	panic(Er{})
}

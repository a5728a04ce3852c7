// run

// A deferred call of an interface's method keeps the method's code until the call.
package main

type closer interface{ Close() error }

type file struct{ name string }

func (f file) Close() error {
	println("closed", f.name)
	return nil
}

func use() (n int, err error) {
	var c closer = file{"a"}
	defer c.Close()
	c = file{"b"}
	defer c.Close()
	return 1, nil
}

func main() {
	n, err := use()
	println(n, err == nil)
	done := make(chan bool)
	go func() {
		defer close(done)
		var c closer = file{"c"}
		defer c.Close()
	}()
	<-done
}

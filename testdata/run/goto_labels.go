// run

package main

func main() {
	i := 0
start:
	i++
	if i < 3 {
		goto start
	}
	println(i)
	for i := 0; i < 3; i++ {
	inner:
		for j := 0; ; j++ {
			switch {
			case j == 1:
				continue
			case j > 3:
				break inner
			}
			if i == 2 && j == 2 {
				goto done
			}
			print(i, j, " ")
		}
	}
done:
	println()
sel:
	select {
	default:
		if i > 0 {
			i = 0
			break sel
		}
		println("unreached")
	}
	println("end")
	{
		x := 1
		goto next
	next:
		println(x)
	}
}

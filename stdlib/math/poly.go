package math

// poly returns c[0] + x·(c[1] + x·(c[2] + …)).
func poly(x float64, c []float64) float64 {
	p := c[len(c)-1]
	for i := len(c) - 2; i >= 0; i-- {
		p = c[i] + float64(x*p)
	}
	return p
}

// poly1 returns 1 + x·(c[0] + x·(c[1] + …)).
func poly1(x float64, c []float64) float64 { return 1 + float64(x*poly(x, c)) }

// run

package main

import "math"

type body struct{ x, y, z, vx, vy, vz, m float64 }

func energy(bs []body) (e float64) {
	for i, b := range bs {
		e += 0.5 * b.m * (b.vx*b.vx + b.vy*b.vy + b.vz*b.vz)
		for j := i + 1; j < len(bs); j++ {
			dx, dy, dz := b.x-bs[j].x, b.y-bs[j].y, b.z-bs[j].z
			e -= b.m * bs[j].m / math.Sqrt(dx*dx+dy*dy+dz*dz)
		}
	}
	return
}

func advance(bs []body, dt float64) {
	for i := range bs {
		b := &bs[i]
		for j := i + 1; j < len(bs); j++ {
			c := &bs[j]
			dx, dy, dz := b.x-c.x, b.y-c.y, b.z-c.z
			d2 := dx*dx + dy*dy + dz*dz
			mag := dt / (d2 * math.Sqrt(d2))
			b.vx -= dx * c.m * mag
			b.vy -= dy * c.m * mag
			b.vz -= dz * c.m * mag
			c.vx += dx * b.m * mag
			c.vy += dy * b.m * mag
			c.vz += dz * b.m * mag
		}
	}
	for i := range bs {
		b := &bs[i]
		b.x += dt * b.vx
		b.y += dt * b.vy
		b.z += dt * b.vz
	}
}

func main() {
	bs := []body{{m: 39.47}, {4.84, -1.16, -0.1, 0.6, 2.8, -0.02, 0.037}, {8.34, 4.12, -0.4, -1.01, 1.82, 0.008, 0.011}}
	println(energy(bs))
	for range 1000 {
		advance(bs, 0.01)
	}
	println(energy(bs))
}

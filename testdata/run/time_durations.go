// run

package main

import (
	"fmt"
	"time"
)

func main() {
	d := 90*time.Minute + 30*time.Second + 5*time.Millisecond
	fmt.Println(d, d.Hours(), d.Truncate(time.Minute), time.Duration(1500), time.Duration(0))
	t := time.Date(2024, time.February, 29, 13, 4, 5, 123456789, time.UTC)
	fmt.Println(t)
	fmt.Println(t.Format(time.RFC3339Nano), t.Format("Mon Jan _2 15:04:05 2006"), t.Weekday(), t.YearDay(), t.Unix())
	u := t.Add(36 * time.Hour)
	fmt.Println(u.Sub(t), u.After(t), t.AddDate(1, 0, 0).Format("2006-01-02"), t.Truncate(time.Hour).Format(time.Kitchen))
	p, err := time.Parse("2006-01-02 15:04", "2023-07-09 08:30")
	fmt.Println(p, err)
	_, err = time.Parse(time.RFC3339, "bad")
	fmt.Println(err)
	x, err := time.ParseDuration("1h15m30.918s")
	fmt.Println(x, err)
	z := time.FixedZone("EST", -5*3600)
	fmt.Println(t.In(z), t.In(z).Equal(t), time.Unix(0, 0).UTC())
	start := time.Now()
	time.Sleep(2 * time.Millisecond)
	fmt.Println(time.Since(start) >= 2*time.Millisecond, time.Since(start) < time.Minute)
	c := make(chan int, 3)
	time.AfterFunc(3*time.Millisecond, func() { c <- 2 })
	time.AfterFunc(1*time.Millisecond, func() { c <- 1 })
	fmt.Println(<-c, <-c)
}

package testing

import (
	"cmp"
	"fmt"
	"os"
	"slices"
	"sync/atomic"
)

// CoverBlock is a block of statements whose runs are counted.
type CoverBlock struct {
	Line0 uint32 // of its start
	Col0  uint16
	Line1 uint32 // of its end
	Col1  uint16
	Stmts uint16 // statements in it
}

// Cover is what the main package of a test with -cover registers: counters and blocks of each file.
type Cover struct {
	Mode            string
	Counters        map[string][]uint32
	Blocks          map[string][]CoverBlock
	CoveredPackages string
}

var cover Cover

// RegisterCover is called by the main package of a test with -cover.
func RegisterCover(c Cover) { cover = c }

// Coverage is the part of the statements that have run so far, 0 to 1.
func Coverage() float64 {
	run, all := coverCount()
	if all == 0 {
		return 0
	}
	return float64(run) / float64(all)
}

func coverCount() (run, all int64) {
	for file, counters := range cover.Counters {
		blocks := cover.Blocks[file]
		for i := range counters {
			n := int64(blocks[i].Stmts)
			all += n
			if atomic.LoadUint32(&counters[i]) > 0 {
				run += n
			}
		}
	}
	return run, all
}

// coverReport writes the profile and says how much was run.
func coverReport() {
	if cover.Mode == "" {
		if *coverProfile != "" {
			fmt.Fprintln(os.Stderr, "testing: cannot use -test.coverprofile because test binary was not built with coverage enabled")
			os.Exit(2)
		}
		return
	}
	run, all := coverCount()
	if *coverProfile != "" {
		if err := writeProfile(toOutputDir(*coverProfile)); err != nil {
			fmt.Fprintf(os.Stderr, "testing: %v\n", err)
			os.Exit(2)
		}
	}
	if all == 0 {
		fmt.Println("coverage: [no statements]")
		return
	}
	fmt.Printf("coverage: %.1f%% of statements%s\n", 100*float64(run)/float64(all), cover.CoveredPackages)
}

// byPosition gives the indices of blocks in the order of their lines.
func byPosition(blocks []CoverBlock) []int {
	order := make([]int, len(blocks))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int {
		a, b := blocks[i], blocks[j]
		return cmp.Or(cmp.Compare(a.Line0, b.Line0), cmp.Compare(a.Col0, b.Col0))
	})
	return order
}

func writeProfile(path string) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close()
	text := fmt.Sprintf("mode: %s\n", cover.Mode)
	var files []string
	for file := range cover.Counters {
		files = append(files, file)
	}
	sortStrings(files)
	for _, file := range files {
		blocks := cover.Blocks[file]
		for _, i := range byPosition(blocks) {
			b := blocks[i]
			text += fmt.Sprintf("%s:%d.%d,%d.%d %d %d\n", file, b.Line0, b.Col0, b.Line1, b.Col1, b.Stmts, atomic.LoadUint32(&cover.Counters[file][i]))
		}
	}
	_, err = f.WriteString(text)
	return err
}

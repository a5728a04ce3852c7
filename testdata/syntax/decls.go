//go:build linux && !cgo

package p

import (
	"fmt"
	. "math"
	_ "os"
	str "strings"
)

const (
	a, b int = iota, iota + 1
	c, d
	_, _
	e = "s"
	f
)

var x, y = 1, 'a'
var z []int

type (
	T    struct{}
	A    = int
	G[P any, Q ~int | ~string] map[P]Q
	Arr  [N]int
	Arr2 [N * 2]int
	Ptr[P *C,] int
	Con[P interface{ *C }] int
)

//go:noinline
//go:nosplit
func g()

func (t *T) m(a, b int, rest ...string) (n int, err error) { return }
func (T) generic[P any](x P) P { return x }
//| build linux && !cgo
//| package p
//| import "fmt" @6:2
//| import . "math" @7:2
//| import _ "os" @8:2
//| import str "strings" @9:2
//| const a, b iota=0 @13:2
//|   type
//|     name int @13:7
//|   values
//|     name iota @13:13
//|     + @13:24
//|       name iota @13:19
//|       Int 1 @13:26
//| const c, d iota=1 repeated @14:2
//| const _, _ iota=2 repeated @15:2
//| const e iota=3 @16:2
//|   values
//|     String \"s\" @16:6
//| const f iota=4 repeated @17:2
//| var x, y @20:5
//|   values
//|     Int 1 @20:12
//|     Rune \'a\' @20:15
//| var z @21:5
//|   type
//|     slice type @21:7
//|       name int @21:9
//| type T @24:2
//|   struct @24:7
//| type A = @25:2
//|   name int @25:9
//| type G @26:2
//|   type params
//|     field P @26:4
//|       name any @26:6
//|     field Q @26:11
//|       | @26:18
//|         ~ @26:13
//|           name int @26:14
//|         ~ @26:20
//|           name string @26:21
//|   map @26:29
//|     name P @26:33
//|     name Q @26:35
//| type Arr @27:2
//|   array @27:7
//|     name N @27:8
//|     name int @27:10
//| type Arr2 @28:2
//|   array @28:7
//|     * @28:10
//|       name N @28:8
//|       Int 2 @28:12
//|     name int @28:14
//| type Ptr @29:2
//|   type params
//|     field P @29:6
//|       star @29:8
//|         name C @29:9
//|   name int @29:13
//| type Con @30:2
//|   type params
//|     field P @30:6
//|       interface @30:8
//|         embedded @30:19
//|           star @30:19
//|             name C @30:20
//|   name int @30:25
//| pragma go:noinline @33:1
//| pragma go:nosplit @34:1
//| func g @35:6
//|   func type @35:7
//| func m @37:6
//|   receiver
//|     field t @37:7
//|       star @37:9
//|         name T @37:10
//|   func type @37:14
//|     field a @37:15
//|       name int @37:20
//|     field b (same type) @37:18
//|     field rest @37:25
//|       ... @37:30
//|         name string @37:33
//|     results
//|       field n @37:42
//|         name int @37:44
//|       field err @37:49
//|         name error @37:53
//|   block @37:60
//|     return @37:62
//| func generic @38:6
//|   receiver
//|     field @38:7
//|       name T @38:7
//|   type params
//|     field P @38:18
//|       name any @38:20
//|   func type @38:24
//|     field x @38:25
//|       name P @38:27
//|     results
//|       field @38:30
//|         name P @38:30
//|   block @38:32
//|     return @38:34
//|       name x @38:41

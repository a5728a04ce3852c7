package p

type S struct {
	a, b int `json:"a"`
	*E
	pkg.F "tag"
	L[int]
	arr [3]int
	sl  []map[string]chan<- int
	fn  func(int, ...string) (<-chan int, error)
}

type I interface {
	m(x int) string
	fmt.Stringer
	~int | ~[]byte | *T
	L[int, string]
}

var (
	c1 chan (<-chan int)
	c2 chan<- chan int
	f  func(func(a, b int) int) func()
	p  (*int)
)
//| package p
//| type S @3:6
//|   struct @3:8
//|     field a `json:"a"` @4:2
//|       name int @4:7
//|     field b `json:"a"` (same type) @4:5
//|     embedded @5:2
//|       star @5:2
//|         name E @5:3
//|     embedded "tag" @6:2
//|       selector F @6:5
//|         name pkg @6:2
//|     embedded @7:2
//|       index @7:3
//|         name L @7:2
//|         name int @7:4
//|     field arr @8:2
//|       array @8:6
//|         Int 3 @8:7
//|         name int @8:9
//|     field sl @9:2
//|       slice type @9:6
//|         map @9:8
//|           name string @9:12
//|           chan Send @9:19
//|             name int @9:26
//|     field fn @10:2
//|       func type @10:10
//|         field @10:11
//|           name int @10:11
//|         field @10:16
//|           ... @10:16
//|             name string @10:19
//|         results
//|           field @10:28
//|             chan Receive @10:28
//|               name int @10:35
//|           field @10:40
//|             name error @10:40
//| type I @13:6
//|   interface @13:8
//|     field m @14:2
//|       func type @14:3
//|         field x @14:4
//|           name int @14:6
//|         results
//|           field @14:11
//|             name string @14:11
//|     embedded @15:2
//|       selector Stringer @15:5
//|         name fmt @15:2
//|     embedded @16:2
//|       | @16:17
//|         | @16:7
//|           ~ @16:2
//|             name int @16:3
//|           ~ @16:9
//|             slice type @16:10
//|               name byte @16:12
//|         star @16:19
//|           name T @16:20
//|     embedded @17:2
//|       index @17:3
//|         name L @17:2
//|         name int @17:4
//|         name string @17:9
//| var c1 @21:2
//|   type
//|     chan Both @21:5
//|       paren @21:10
//|         chan Receive @21:11
//|           name int @21:18
//| var c2 @22:2
//|   type
//|     chan Send @22:5
//|       chan Both @22:12
//|         name int @22:17
//| var f @23:2
//|   type
//|     func type @23:9
//|       field @23:10
//|         func type @23:14
//|           field a @23:15
//|             name int @23:20
//|           field b (same type) @23:18
//|           results
//|             field @23:25
//|               name int @23:25
//|       results
//|         field @23:30
//|           func type @23:34
//| var p @24:2
//|   type
//|     paren @24:5
//|       star @24:6
//|         name int @24:7

package p

var (
	a = 1 + 2*3 - 4<<5&^6 == 7 && !b || <-c > 0
	b = x.y.z(1, f...)[i][lo:hi][:hi:max].(T).(*U)
	c = []T{{1, 2}, {k: v}, 5: {}, T{}, &T{}}
	d = func(x int) int { return x }(3)
	e = map[string][]int{"a": {1}, "b": nil}
	g = (*T)(nil)
	h = <-chan int(nil)
	i = f[int, []string](x)
	j = [...]int{0x1p-2, 1_000, 0b1, 0i, '\n', `raw`}
	k = struct{ x int }{1}
	l = -x ^ +y | ^z
)
//| package p
//| var a @4:2
//|   values
//|     || @4:35
//|       && @4:29
//|         == @4:24
//|           - @4:14
//|             + @4:8
//|               Int 1 @4:6
//|               * @4:11
//|                 Int 2 @4:10
//|                 Int 3 @4:12
//|             &^ @4:20
//|               << @4:17
//|                 Int 4 @4:16
//|                 Int 5 @4:19
//|               Int 6 @4:22
//|           Int 7 @4:27
//|         ! @4:32
//|           name b @4:33
//|       > @4:42
//|         <- @4:38
//|           name c @4:40
//|         Int 0 @4:44
//| var b @5:2
//|   values
//|     assert @5:43
//|       assert @5:39
//|         slice @5:30
//|           slice @5:23
//|             index @5:20
//|               call ... @5:11
//|                 selector z @5:9
//|                   selector y @5:7
//|                     name x @5:6
//|                 Int 1 @5:12
//|                 name f @5:15
//|               name i @5:21
//|             name lo @5:24
//|             name hi @5:27
//|           none
//|           name hi @5:32
//|           name max @5:35
//|         name T @5:41
//|       star @5:45
//|         name U @5:46
//| var c @6:2
//|   values
//|     composite @6:9
//|       type
//|         slice type @6:6
//|           name T @6:8
//|       composite @6:10
//|         Int 1 @6:11
//|         Int 2 @6:14
//|       composite @6:18
//|         key @6:20
//|           name k @6:19
//|           name v @6:22
//|       key @6:27
//|         Int 5 @6:26
//|         composite @6:29
//|       composite @6:34
//|         type
//|           name T @6:33
//|       & @6:38
//|         composite @6:40
//|           type
//|             name T @6:39
//| var d @7:2
//|   values
//|     call @7:34
//|       func literal @7:6
//|         func type @7:10
//|           field x @7:11
//|             name int @7:13
//|           results
//|             field @7:18
//|               name int @7:18
//|         block @7:22
//|           return @7:24
//|             name x @7:31
//|       Int 3 @7:35
//| var e @8:2
//|   values
//|     composite @8:22
//|       type
//|         map @8:6
//|           name string @8:10
//|           slice type @8:17
//|             name int @8:19
//|       key @8:26
//|         String \"a\" @8:23
//|         composite @8:28
//|           Int 1 @8:29
//|       key @8:36
//|         String \"b\" @8:33
//|         name nil @8:38
//| var g @9:2
//|   values
//|     call @9:10
//|       paren @9:6
//|         star @9:7
//|           name T @9:8
//|       name nil @9:11
//| var h @10:2
//|   values
//|     <- @10:6
//|       call @10:16
//|         chan Both @10:8
//|           name int @10:13
//|         name nil @10:17
//| var i @11:2
//|   values
//|     call @11:22
//|       index @11:7
//|         name f @11:6
//|         name int @11:8
//|         slice type @11:13
//|           name string @11:15
//|       name x @11:23
//| var j @12:2
//|   values
//|     composite @12:14
//|       type
//|         array @12:6
//|           none
//|           name int @12:11
//|       Float 0x1p-2 @12:15
//|       Int 1_000 @12:23
//|       Int 0b1 @12:30
//|       Imaginary 0i @12:35
//|       Rune \'\\n\' @12:39
//|       String `raw` @12:45
//| var k @13:2
//|   values
//|     composite @13:21
//|       type
//|         struct @13:6
//|           field x @13:14
//|             name int @13:16
//|       Int 1 @13:22
//| var l @14:2
//|   values
//|     | @14:14
//|       ^ @14:9
//|         - @14:6
//|           name x @14:7
//|         + @14:11
//|           name y @14:12
//|       ^ @14:16
//|         name z @14:17

package p

func f() {
	var x, y int
	const c = 1
	type T int
	x = 1
	x, y = y, x
	x += 2
	x++
	z := g()
	ch <- x
	go g()
	defer func() {}()
	if x := 1; x > 0 {
	} else if y == (T{}) {
	} else {
	}
	for {
		break
	}
	for x < 1 {
	}
	for i := 0; i < 1; i++ {
		continue
	}
	for range 3 {
	}
	for k := range m {
	}
	for k, v = range m {
	}
	switch {
	}
	switch x := f(); x {
	case 1, 2:
		fallthrough
	default:
		return
	}
	switch v := x.(type) {
	case int, nil:
	}
	switch y := 1; x.(type) {
	}
	select {
	case v, ok := <-c:
	case c <- 1:
		x()
	case <-c:
	default:
	}
L:
	for {
		goto L
	}
	{
		;
	}
	return 1, 2
}
//| package p
//| func f @3:6
//|   func type @3:7
//|   block @3:10
//|     var x, y @4:6
//|       type
//|         name int @4:11
//|     const c iota=0 @5:8
//|       values
//|         Int 1 @5:12
//|     type T @6:7
//|       name int @6:9
//|     assign = @7:4
//|       name x @7:2
//|       from
//|         Int 1 @7:6
//|     assign = @8:7
//|       name x @8:2
//|       name y @8:5
//|       from
//|         name y @8:9
//|         name x @8:12
//|     assign += @9:4
//|       name x @9:2
//|       from
//|         Int 2 @9:7
//|     ++ @10:3
//|       name x @10:2
//|     define @11:4
//|       name z @11:2
//|       from
//|         call @11:8
//|           name g @11:7
//|     send @12:5
//|       name ch @12:2
//|       name x @12:8
//|     go @13:2
//|       call @13:6
//|         name g @13:5
//|     defer @14:2
//|       call @14:17
//|         func literal @14:8
//|           func type @14:12
//|           block @14:15
//|     if @15:2
//|       init
//|         define @15:7
//|           name x @15:5
//|           from
//|             Int 1 @15:10
//|       > @15:15
//|         name x @15:13
//|         Int 0 @15:17
//|       block @15:19
//|       else
//|         if @16:9
//|           == @16:14
//|             name y @16:12
//|             paren @16:17
//|               composite @16:19
//|                 type
//|                   name T @16:18
//|           block @16:23
//|           else
//|             block @17:9
//|     for @19:2
//|       block @19:6
//|         break @20:3
//|     for @22:2
//|       cond
//|         < @22:8
//|           name x @22:6
//|           Int 1 @22:10
//|       block @22:12
//|     for @24:2
//|       init
//|         define @24:8
//|           name i @24:6
//|           from
//|             Int 0 @24:11
//|       cond
//|         < @24:16
//|           name i @24:14
//|           Int 1 @24:18
//|       post
//|         ++ @24:22
//|           name i @24:21
//|       block @24:25
//|         continue @25:3
//|     range @27:2
//|       Int 3 @27:12
//|       block @27:14
//|     range := @29:2
//|       key
//|         name k @29:6
//|       name m @29:17
//|       block @29:19
//|     range @31:2
//|       key
//|         name k @31:6
//|       value
//|         name v @31:9
//|       name m @31:19
//|       block @31:21
//|     switch @33:2
//|     switch @35:2
//|       init
//|         define @35:11
//|           name x @35:9
//|           from
//|             call @35:15
//|               name f @35:14
//|       tag
//|         name x @35:19
//|       case @36:2
//|         Int 1 @36:7
//|         Int 2 @36:10
//|         body
//|           fallthrough @37:3
//|       default @38:2
//|         body
//|           return @39:3
//|     type switch v @41:2
//|       name x @41:14
//|       case @42:2
//|         name int @42:7
//|         name nil @42:12
//|     type switch  @44:2
//|       init
//|         define @44:11
//|           name y @44:9
//|           from
//|             Int 1 @44:14
//|       name x @44:17
//|     select @46:2
//|       comm @47:2
//|         define @47:13
//|           name v @47:7
//|           name ok @47:10
//|           from
//|             <- @47:16
//|               name c @47:18
//|       comm @48:2
//|         send @48:9
//|           name c @48:7
//|           Int 1 @48:12
//|         body
//|           expr @49:3
//|             call @49:4
//|               name x @49:3
//|       comm @50:2
//|         expr @50:7
//|           <- @50:7
//|             name c @50:9
//|       default @51:2
//|     label L @53:2
//|       for @54:2
//|         block @54:6
//|           goto L @55:3
//|     block @57:2
//|       empty @58:3
//|     return @60:2
//|       Int 1 @60:9
//|       Int 2 @60:12

"""Random well-typed Go programs: a seed gives a program, the same one always.

`program(seed, suffix)` gives the declarations of one program, all of whose package-level names end in `suffix`, and the name of
its entry function. Programs always end (loops and calls burn fuel), may panic (the entry recovers and prints the value), and print
only what the language defines or what both compilers have to agree on: no addresses, no map order, no NaN bits.

What keeps them well-typed: a literal meets only operands that are not constant and lies in its type's range; indices are variables;
cases and map keys of one statement differ; every variable is used.
"""
import random

SIGNED = ["int", "int8", "int16", "int32", "int64"]
UNSIGNED = ["uint", "uint8", "uint16", "uint32", "uint64"]
INTS = SIGNED + UNSIGNED
FLOATS = ["float32", "float64"]
BITS = {"int": 64, "uint": 64, **{f"{s}int{n}": n for s in ("", "u") for n in (8, 16, 32, 64)}}
KEYS = ["int", "string", "uint8", "bool"]


class Type:
    """kind: basic, slice, array, map, struct, pointer, func, iface, chan; `name` as Go writes it."""

    def __init__(self, kind, name, elem=None, key=None, n=0, fields=(), params=(), result=None):
        self.kind, self.name, self.elem, self.key, self.n = kind, name, elem, key, n
        self.fields, self.params, self.result = list(fields), list(params), result
        self.methods = []
        self.impls, self.promoted = [], set()

    def impls_compare(self):
        """Of an interface: do its values compare without a panic?"""
        return all(s.comparable for s in self.impls)

    def __repr__(self):
        return self.name


BASIC = {name: Type("basic", name) for name in INTS + FLOATS + ["bool", "string", "complex128"]}


class Program:
    def __init__(self, seed, suffix):
        self.r = random.Random(seed)
        self.s = suffix
        self.out = []
        self.indent = 0
        self.n = 0
        self.scopes = []
        self.funcs = []
        self.structs, self.ifaces, self.globals, self.generics = [], [], [], []
        self.multi, self.variadic = [], []
        self.loops = []
        self.result = None
        self.in_closure = 0

    # ---- helpers ----
    def fresh(self, p="v"):
        self.n += 1
        return f"{p}{self.n}"

    def line(self, text):
        self.out.append("\t" * self.indent + text)

    def chance(self, p):
        return self.r.random() < p

    def pick(self, items):
        return self.r.choice(items)

    # ---- types ----
    def basic(self):
        return BASIC[self.pick(["int"] * 5 + ["string"] * 3 + ["bool"] * 2 + INTS + FLOATS + ["uint8", "float64"])]

    def type(self, depth=2):
        k = self.r.random()
        if depth == 0 or k < 0.45:
            return self.basic()
        if k < 0.60:
            e = self.type(depth - 1)
            return Type("slice", f"[]{e}", elem=e)
        if k < 0.69:
            e, n = self.type(depth - 1), self.r.randint(1, 5)
            return Type("array", f"[{n}]{e}", elem=e, n=n)
        if k < 0.77:
            key, e = BASIC[self.pick(KEYS)], self.type(depth - 1)
            return Type("map", f"map[{key}]{e}", elem=e, key=key)
        if k < 0.88 and self.structs:
            return self.pick(self.structs)
        if k < 0.93 and self.structs:
            s = self.pick(self.structs)
            return Type("pointer", f"*{s}", elem=s)
        if k < 0.96 and self.ifaces:
            return self.pick(self.ifaces)
        params = [self.basic() for _ in range(self.r.randint(0, 2))]
        result = self.basic()
        return Type("func", f"func({', '.join(p.name for p in params)}) {result}", params=params, result=result)

    # ---- literals ----
    def literal(self, t):
        """A constant of a basic type."""
        n = t.name
        if n in BITS:
            bits = BITS[n]
            if n in SIGNED:
                lo, hi = -(1 << bits - 1), (1 << bits - 1) - 1
            else:
                lo, hi = 0, (1 << bits) - 1
            v = self.pick([0, 1, 2, 3, 7, hi, lo, hi - 1, self.r.randint(0, 100), self.r.randint(lo, hi)])
            return str(max(lo, min(hi, v)))
        if n in FLOATS:
            return self.pick(["0", "1", "-1.5", "0.25", "3.75", "1e10", "-2.5e-3", "65536", "1e30" if n == "float32" else "1e300"])
        if n == "bool":
            return self.pick(["true", "false"])
        if n == "complex128":
            return f"complex({self.r.randint(-3, 3)}.5, {self.r.randint(-3, 3)})"
        return self.pick(['""', '"a"', '"gopher"', '"日本"', '"\\x00\\xff"', '"the quick brown fox jumps over the lazy dog"', f'"s{self.r.randint(0, 99)}"'])

    def variables(self, t, writable=False):
        return [name for scope in self.scopes for name, vt, w in scope if vt.name == t.name and (w or not writable)]

    def of_kind(self, kind, test=lambda t: True):
        return [(name, vt) for scope in self.scopes for name, vt, _ in scope if vt.kind == kind and test(vt)]

    # ---- expressions ----
    def value(self, t, depth=3):
        """An expression of the type that is not a constant."""
        names = self.variables(t)
        if names and (depth <= 0 or self.chance(0.3)):
            return self.pick(names)
        for _ in range(6):
            e = self.derived(t, depth)
            if e is not None:
                return e
        if names:
            return self.pick(names)
        if t.kind == "basic":
            return f"of[{t}]({self.literal(t)})"
        return self.made(t, depth)

    def derived(self, t, depth):
        """From other values: a field, an element, a call, an operation; None if the choice does not fit."""
        if depth <= 0:
            return None
        k = self.r.randint(0, 11)
        if k == 0:
            found = self.of_kind("slice", lambda s: s.elem.name == t.name)
            if found:
                s, st = self.pick(found)
                i = self.value(BASIC["int"], depth - 2)
                return f"{s}[{i}]" if self.chance(0.15) else f"{s}[idx({i}, len({s}))]"
        elif k == 1:
            found = self.of_kind("array", lambda a: a.elem.name == t.name)
            if found:
                a, at = self.pick(found)
                return f"{a}[idx({self.value(BASIC['int'], depth - 2)}, {at.n})]"
        elif k == 2:
            found = self.of_kind("map", lambda m: m.elem.name == t.name)
            if found:
                m, mt = self.pick(found)
                return f"{m}[{self.value(mt.key, depth - 2)}]"
        elif k == 3:
            found = [(v, f) for v, vt in self.of_kind("struct") for f, ft in vt.fields if ft.name == t.name]
            found += [(v, f) for v, vt in self.of_kind("pointer") for f, ft in vt.elem.fields if ft.name == t.name]
            if found:
                v, f = self.pick(found)
                return f"{v}.{f}"
        elif k == 4:
            found = [f for f in self.funcs if f[2].name == t.name]
            if found:
                name, params, _ = self.pick(found)
                return f"{name}({', '.join(self.arg(p, depth - 1) for p in params)})"
        elif k == 5:
            found = self.of_kind("func", lambda f: f.result.name == t.name)
            if found:
                f, ft = self.pick(found)
                return f"{f}({', '.join(self.arg(p, depth - 2) for p in ft.params)})"
        elif k == 6:
            owners = self.of_kind("struct") + self.of_kind("iface")
            found = [(v, m) for v, vt in owners for m in vt.methods if m[2].name == t.name]
            if found:
                v, (m, params, _) = self.pick(found)
                return f"{v}.{m}({', '.join(self.arg(p, depth - 1) for p in params)})"
        elif k == 7 and self.generics:
            found = [g for g in self.generics if t.kind == "basic" and t.name in g[1]]
            if found:
                name, _, n = self.pick(found)
                return f"{name}({', '.join(self.value(t, depth - 1) for _ in range(n))})"
        elif k == 8 and t.kind == "basic":
            return f"func() {t} {{ burn{self.s}(); return {self.value(t, depth - 1)} }}()"
        elif k >= 9:
            return self.operation(t, depth)
        return None

    def arg(self, t, depth):
        return self.made(t, depth) if self.chance(0.3) else self.value(t, depth)

    def operation(self, t, depth):
        d = depth - 1
        n = t.name
        if t.kind == "slice":
            s = self.value(t, d)
            k = self.r.randint(0, 2)
            if k == 0:
                return f"append({s}, {', '.join(self.arg(t.elem, d) for _ in range(self.r.randint(1, 3)))})"
            names = self.variables(t)
            if names:
                v = self.pick(names)
                lo = f"idx({self.value(BASIC['int'], d - 1)}, len({v})+1)"
                return f"{v}[{lo}:]" if k == 1 else f"{v}[:{lo}]"
            return None
        if t.kind != "basic":
            return None
        if n in BITS:
            k = self.r.randint(0, 9)
            a = self.value(t, d)
            if k <= 3:
                return f"({a} {self.pick(['+', '-', '*', '&', '|', '^', '&^'])} {self.operand(t, d)})"
            if k == 4:
                return f"({a} {self.pick(['/', '%'])} {self.nonzero(t, d)})"
            if k == 5:
                count = self.pick([self.value(BASIC[self.pick(UNSIGNED)], d), str(self.r.randint(0, 70))])
                return f"({a} {self.pick(['<<', '>>'])} {count})"
            if k == 6:
                return f"({self.pick(['-', '^', '+'])}{a})"
            if k == 7:
                return f"{n}({self.value(BASIC[self.pick(INTS)], d)})"
            if k == 8 and n == "int":
                found = self.of_kind("slice") + self.of_kind("map") + [(v, BASIC["string"]) for v in self.variables(BASIC["string"])]
                if found:
                    return f"len({self.pick(found)[0]})"
            return f"{self.pick(['min', 'max'])}({a}, {self.value(t, d)})"
        if n in FLOATS:
            k = self.r.randint(0, 5)
            if k <= 3:
                return f"({self.value(t, d)} {self.pick(['+', '-', '*', '/'])} {self.operand(t, d)})"
            if k == 4:
                return f"{n}({self.value(BASIC[self.pick(INTS)], d)})"
            return f"{n}({self.value(BASIC[self.pick(FLOATS)], d)})"
        if n == "string":
            k = self.r.randint(0, 4)
            a = self.value(t, d)
            if k == 0:
                return f"cut{self.s}({a} + {self.operand(t, d)})"
            if k == 1:
                return f"string(rune({self.value(BASIC['int32'], d)}))"
            if k == 2:
                names = self.variables(t)
                if names:
                    v = self.pick(names)
                    return f"{v}[idx({self.value(BASIC['int'], d - 1)}, len({v})+1):]"
            if k == 3:
                return f"string([]byte({a}))"
            return f"string([]rune({a}))"
        if n == "bool":
            k = self.r.randint(0, 4)
            if k == 0:
                return f"({self.value(t, d)} {self.pick(['&&', '||', '==', '!='])} {self.value(t, d)})"
            if k == 1:
                return f"(!{self.value(t, d)})"
            if k == 2 and self.structs and self.chance(0.4):
                found = [s for s in self.structs if s.comparable]
                if found:
                    s = self.pick(found)
                    return f"({self.value(s, d)} {self.pick(['==', '!='])} {self.value(s, d)})"
            u = self.basic()
            op = self.pick(["==", "!="] if u.name in ("bool", "complex128") else ["==", "!=", "<", "<=", ">", ">="])
            return f"({self.value(u, d)} {op} {self.operand(u, d)})"
        return None

    def operand(self, t, depth):
        return self.literal(t) if self.chance(0.3) else self.value(t, depth)

    def nonzero(self, t, depth):
        if self.chance(0.5):
            hi = (1 << BITS[t.name] - (t.name in SIGNED)) - 1
            return str(self.pick([1, 2, 3, 5, 7, 8, 10, 64, hi, min(hi, 1000)]))
        if self.chance(0.1):
            return self.value(t, depth)
        return f"({self.value(t, depth)} | 1)"

    def made(self, t, depth):
        """A fresh value."""
        d = depth - 1
        if t.kind == "basic":
            if t.name == "complex128":
                return self.literal(t)
            return f"{t}({self.literal(t)})"
        part = (lambda e: self.made(e, d) if depth <= 1 or self.chance(0.4) else self.value(e, d))
        if t.kind == "slice":
            if self.chance(0.2):
                return f"make({t}, {self.r.randint(0, 4)}, {self.r.randint(4, 9)})"
            if self.chance(0.1):
                return f"{t}(nil)"
            return f"{t}{{{', '.join(part(t.elem) for _ in range(self.r.randint(0, 3)))}}}"
        if t.kind == "array":
            return f"{t}{{{', '.join(part(t.elem) for _ in range(self.r.randint(0, t.n)))}}}"
        if t.kind == "map":
            keys = {self.literal(t.key) for _ in range(self.r.randint(0, 3))}
            return f"{t}{{{', '.join(f'{k}: {part(t.elem)}' for k in sorted(keys))}}}"
        if t.kind == "struct":
            return f"{t}{{{', '.join(f'{f}: {part(ft)}' for f, ft in t.fields if f not in t.promoted and self.chance(0.8))}}}"
        if t.kind == "pointer":
            return f"&{self.made(t.elem, d)}"
        if t.kind == "iface":
            return f"{t}({self.made(self.pick(t.impls), d)})"
        if t.kind == "func":
            ps = [(self.fresh("a"), p) for p in t.params]
            self.scopes.append([(name, p, True) for name, p in ps])
            body = self.value(t.result, min(d, 2))
            self.scopes.pop()
            return f"func({', '.join(f'{n} {p}' for n, p in ps)}) {t.result} {{ burn{self.s}(); return {body} }}"
        raise AssertionError(t.kind)

    # ---- statements ----
    def block(self, n, depth):
        self.scopes.append([])
        self.indent += 1
        for _ in range(n):
            self.statement(depth)
        self.indent -= 1
        self.scopes.pop()

    def declare(self, t=None, value=None):
        t = t or self.type()
        v = self.fresh()
        value = value or self.arg(t, 3)
        self.line(f"var {v} {t} = {value}" if self.chance(0.5) or t.kind in ("func", "iface") else f"{v} := {t.name if t.kind == 'basic' else ''}({value})" if t.kind == "basic" else f"{v} := {value}")
        self.line(f"_ = {v}")
        self.scopes[-1].append((v, t, True))
        return v

    def target(self):
        """Something to assign to, and its type."""
        all_vars = [(name, vt) for scope in self.scopes for name, vt, w in scope if w]
        if not all_vars:
            return None
        v, t = self.pick(all_vars)
        for _ in range(2):
            if t.kind == "struct" and self.chance(0.6) and t.fields:
                f, ft = self.pick(t.fields)
                v, t = f"{v}.{f}", ft
            elif t.kind == "pointer" and self.chance(0.7) and t.elem.fields:
                f, ft = self.pick(t.elem.fields)
                v, t = f"{v}.{f}", ft
            elif t.kind == "slice" and self.chance(0.6):
                v, t = f"{v}[idx({self.value(BASIC['int'], 1)}, len({v}))]", t.elem
            elif t.kind == "array" and self.chance(0.7):
                v, t = f"{v}[idx({self.value(BASIC['int'], 1)}, {t.n})]", t.elem
            elif t.kind == "map" and self.chance(0.7):
                return f"{v}[{self.value(t.key, 1)}]", t.elem
            else:
                break
        return v, t

    def statement(self, depth):
        k = self.r.randint(0, 33)
        if k >= 25:
            return self.more(k, depth)
        if k <= 4:
            self.declare()
        elif k <= 9:
            found = self.target()
            if found is None:
                return self.declare()
            v, t = found
            if t.name in BITS and self.chance(0.4):
                op = self.pick(["+=", "-=", "*=", "^=", "|=", "&=", "<<=", ">>="])
                self.line(f"{v} {op} {self.value(BASIC['uint8'], 2) if op in ('<<=', '>>=') else self.operand(t, 2)}")
            elif t.name in BITS and self.chance(0.2):
                self.line(f"{v}{self.pick(['++', '--'])}")
            elif t.name == "string" and self.chance(0.3):
                self.line(f"{v} = cut{self.s}({v} + {self.operand(t, 2)})")
            else:
                self.line(f"{v} = {self.arg(t, 3)}")
        elif k == 10:
            a, b = self.target(), self.target()
            if a and b:
                self.line(f"{a[0]}, {b[0]} = {self.value(a[1], 2)}, {self.value(b[1], 2)}")
        elif k <= 12 and depth > 0:
            self.line(f"if {self.value(BASIC['bool'], 3)} {{")
            self.block(self.r.randint(1, 3), depth - 1)
            if self.chance(0.5):
                self.line("} else {")
                self.block(self.r.randint(1, 3), depth - 1)
            self.line("}")
        elif k <= 15 and depth > 0:
            self.loop(depth)
        elif k == 16 and depth > 0:
            self.switch(depth)
        elif k == 17:
            self.line(f"show({', '.join(self.value(self.basic(), 2) for _ in range(self.r.randint(1, 3)))})")
        elif k == 18:
            all_vars = [(n, t) for scope in self.scopes for n, t, _ in scope if printable(t)]
            if all_vars:
                self.line(f"show({self.pick(all_vars)[0]})")
        elif k == 19 and self.loops and not self.in_closure:
            label, has = self.pick(self.loops)
            self.line(f"if {self.value(BASIC['bool'], 2)} {{")
            self.line(f"\t{self.pick(['break', 'continue'])}{' ' + label if has else ''}" if has or self.loops[-1][0] == label else "\tbreak")
            self.line("}")
        elif k == 20 and depth > 0:
            v = self.fresh("d")
            self.line(f"defer func({v} int) {{")
            self.closure_block(depth)
            self.line(f"\tshow({v})")
            self.line(f"}}({self.value(BASIC['int'], 2)})")
        elif k == 21 and depth > 0:
            self.line("func() {")
            if self.chance(0.6):
                self.line(f"\tdefer func() {{ caught(recover()) }}()")
            self.closure_block(depth)
            self.line("}()")
        elif k == 22 and self.result is not None and self.chance(0.4):
            self.line(f"if {self.value(BASIC['bool'], 2)} {{")
            self.line(f"\treturn {self.value(self.result, 2)}")
            self.line("}")
        elif k == 23:
            found = [s for s in self.of_kind("iface")]
            if found:
                v, t = self.pick(found)
                x = self.fresh("x")
                self.line(f"switch {x} := {v}.(type) {{")
                for impl in t.impls:
                    self.line(f"case {impl}:")
                    self.line(f"\tshow(\"{impl.name}\", any({x}) != nil)")
                self.line("default:")
                self.line(f"\tshow({x} == nil)")
                self.line("}")
        elif k == 24:
            found = self.of_kind("map")
            if found:
                m, t = self.pick(found)
                self.line(f"delete({m}, {self.value(t.key, 2)})")
        else:
            self.declare()

    def more(self, k, depth):
        if k == 25:
            found = self.of_kind("slice")
            if found:
                v, t = self.pick(found)
                self.line(self.pick([f"show(copy({v}, {self.value(t, 2)}))", f"clear({v})", f"show(len({v}), cap({v}) >= len({v}))"]))
        elif k == 26:
            found = self.of_kind("slice", lambda t: True)
            if found:
                v, t = self.pick(found)
                n = self.r.randint(0, 3)
                array = Type("array", f"[{n}]{t.elem}", elem=t.elem, n=n)
                if n > 0 and self.chance(0.7):
                    self.declare(array, f"[{n}]{t.elem}({v})")
                else:
                    i, j = self.value(BASIC["int"], 1), self.value(BASIC["int"], 1)
                    self.declare(t, f"{v}[idx({i}, len({v})+1):len({v}):cap({v})]" if self.chance(0.7) else f"{v}[{i}:{j}]")
        elif k == 27:
            found = [(v, m) for v, vt in self.of_kind("struct") + self.of_kind("iface") for m in vt.methods]
            if found:
                v, (m, params, result) = self.pick(found)
                self.declare(Type("func", f"func({', '.join(p.name for p in params)}) {result}", params=params, result=result), f"{v}.{m}")
        elif k == 28 and self.ifaces:
            found = self.of_kind("iface")
            if found:
                v, t = self.pick(found)
                s = self.pick(self.structs)
                if s in t.impls:
                    x, ok = self.fresh(), self.fresh("ok")
                    if self.chance(0.6):
                        self.line(f"{x}, {ok} := {v}.({s})")
                        self.line(f"show({ok})")
                    else:
                        self.line(f"{x} := {v}.({s})")
                    self.line(f"_ = {x}")
                    self.scopes[-1].append((x, s, True))
                if t.impls_compare():
                    self.line(f"show({v} == {self.value(t, 1)})")
        elif k == 29:
            found = [f for f in self.multi]
            if found:
                name, params, results = self.pick(found)
                names = [self.fresh() for _ in results]
                self.line(f"{', '.join(names)} := {name}({', '.join(self.arg(p, 2) for p in params)})")
                self.line(f"{', '.join('_' for _ in names)} = {', '.join(names)}")
                self.scopes[-1].extend((n, t, True) for n, t in zip(names, results))
        elif k == 30 and self.variadic:
            name, t = self.pick(self.variadic)
            slices = self.variables(Type("slice", f"[]{t}", elem=t))
            if slices and self.chance(0.5):
                self.line(f"show({name}({self.value(BASIC['int'], 2)}, {self.pick(slices)}...))")
            else:
                self.line(f"show({name}({', '.join([self.value(BASIC['int'], 2)] + [self.arg(t, 2) for _ in range(self.r.randint(0, 3))])}))")
        elif k == 31:
            found = self.of_kind("map")
            if found:
                m, t = self.pick(found)
                x, ok = self.fresh(), self.fresh("ok")
                self.line(f"{x}, {ok} := {m}[{self.value(t.key, 2)}]")
                self.line(f"_, _ = {x}, {ok}")
                self.scopes[-1].extend([(x, t.elem, True), (ok, BASIC["bool"], True)])
        elif k == 32 and depth > 0:
            a, b = self.fresh("ch"), self.fresh("ch")
            self.line(f"{a}, {b} := make(chan int, 1), make(chan string, 1)")
            self.line(f"if {self.value(BASIC['bool'], 2)} {{ {a} <- {self.value(BASIC['int'], 2)} }} else {{ {b} <- {self.value(BASIC['string'], 2)} }}")
            x, y = self.fresh("x"), self.fresh("y")
            loops, self.loops = self.loops, [l for l in self.loops if l[1]]
            self.line(f"select {{")
            self.line(f"case {x} := <-{a}:")
            self.scopes.append([(x, BASIC["int"], True)])
            self.line(f"\t_ = {x}")
            self.block(1, depth - 1)
            self.scopes.pop()
            self.line(f"case {y}, ok := <-{b}:")
            self.scopes.append([(y, BASIC["string"], True)])
            self.line(f"\tshow({y}, ok)")
            self.block(1, depth - 1)
            self.scopes.pop()
            self.line("}")
            self.loops = loops
        elif k == 33:
            # A variable of each iteration that closures keep.
            fs, i = self.fresh("fs"), self.fresh("i")
            self.line(f"var {fs} []func() int")
            self.line(f"for {i} := 0; {i} < 3; {i}++ {{")
            self.line(f"\t{fs} = append({fs}, func() int {{ {i} += {self.value(BASIC['int'], 1)}; return {i} }})")
            self.line(f"\tif {i} > 3 {{ break }}")
            self.line("}")
            self.line(f"for _, f := range {fs} {{ show(f(), f()) }}")

    def closure_block(self, depth):
        saved, self.result, loops, self.loops = self.result, None, self.loops, []
        self.in_closure += 1
        self.block(self.r.randint(1, 3), depth - 1)
        self.in_closure -= 1
        self.result, self.loops = saved, loops

    def loop(self, depth):
        k = self.r.randint(0, 6)
        label = self.fresh("L")
        at = len(self.out)
        v = self.fresh("i")
        scope = []
        if k == 0:
            self.line(f"for {v} := 0; {v} < {self.r.randint(1, 6)}; {v}++ {{")
            scope = [(v, BASIC["int"], False)]
        elif k == 1:
            self.line(f"for {v} := range {self.r.randint(1, 5)} {{")
            scope = [(v, BASIC["int"], False)]
        elif k == 2:
            self.line(f"for {self.value(BASIC['bool'], 2)} {{")
        elif k == 3:
            found = self.of_kind("slice") + self.of_kind("array")
            if not found:
                return
            s, t = self.pick(found)
            x = self.fresh("e")
            self.line(f"for {v}, {x} := range {s} {{")
            scope = [(v, BASIC["int"], False), (x, t.elem, True)]
        elif k == 4:
            x = self.fresh("c")
            self.line(f"for {v}, {x} := range {self.value(BASIC['string'], 2)} {{")
            scope = [(v, BASIC["int"], False), (x, BASIC["int32"], True)]
        elif k == 5:
            x = self.fresh("y")
            self.line(f"for {v}, {x} := range pairs{self.s}({self.r.randint(0, 4)}) {{")
            scope = [(v, BASIC["int"], False), (x, BASIC["string"], True)]
        else:
            x = self.fresh("ch")
            self.line(f"{x} := make(chan int, {self.r.randint(0, 3)})")
            self.line(f"go func() {{ defer close({x}); for n := range {self.r.randint(1, 4)} {{ {x} <- n }} }}()")
            at = len(self.out)
            self.line(f"for {v} := range {x} {{")
            scope = [(v, BASIC["int"], False)]
        self.scopes.append(scope)
        self.line(f"\tburn{self.s}()")
        for name, _, _ in scope:
            self.line(f"\t_ = {name}")
        use_label = self.chance(0.3)
        self.loops.append((label, use_label))
        self.block(self.r.randint(1, 4), depth - 1)
        self.loops.pop()
        self.scopes.pop()
        self.line("}")
        if use_label and any(line.strip() in (f"break {label}", f"continue {label}") for line in self.out[at:]):
            self.out.insert(at, "\t" * max(self.indent - 1, 0) + label + ":")

    def switch(self, depth):
        # A break in a switch would leave the switch: plain breaks are only made for loops around closures.
        loops, self.loops = self.loops, [l for l in self.loops if l[1]]
        t = BASIC[self.pick(["int", "string", "uint8", "bool"])]
        if self.chance(0.7):
            self.line(f"switch {self.value(t, 3)} {{")
            cases = sorted({self.literal(t) for _ in range(self.r.randint(1, 4))})
            for n, c in enumerate(cases):
                self.line(f"case {c}:")
                self.block(self.r.randint(1, 2), depth - 1)
                if n + 1 < len(cases) and self.chance(0.15):
                    self.line("\tfallthrough")
        else:
            self.line("switch {")
            for _ in range(self.r.randint(1, 3)):
                self.line(f"case {self.value(BASIC['bool'], 2)}:")
                self.block(self.r.randint(1, 2), depth - 1)
        if self.chance(0.6):
            self.line("default:")
            self.block(self.r.randint(1, 2), depth - 1)
        self.line("}")
        self.loops = loops

    # ---- declarations ----
    def declare_types(self):
        for _ in range(self.r.randint(1, 3)):
            name = self.fresh("S") + self.s
            fields = [(f"{self.fresh('f')}", self.type(1)) for i in range(self.r.randint(1, 4))]
            t = Type("struct", name, fields=fields)
            text = '; '.join(f'{f} {ft}' for f, ft in fields)
            if self.structs and self.chance(0.3):
                # Its fields are promoted; literals set it by name.
                inner = self.pick(self.structs)
                text += f"; {inner}"
                t.embedded = inner
                t.fields = fields + [(inner.name, inner)] + [f for f in inner.fields if f[0] not in inner.promoted]
                t.promoted = {f for f, _ in inner.fields}
            t.comparable = all(comparable(ft) for _, ft in t.fields)
            self.line(f"type {name} struct {{ {text} }}")
            self.structs.append(t)
        for _ in range(self.r.randint(0, 2)):
            name = self.fresh("I") + self.s
            t = Type("iface", name)
            m = (self.fresh("M"), [self.basic() for _ in range(self.r.randint(0, 2))], self.basic())
            t.methods = [m]
            t.impls = self.r.sample(self.structs, self.r.randint(1, len(self.structs)))
            self.line(f"type {name} interface {{ {m[0]}({', '.join(p.name for p in m[1])}) {m[2]} }}")
            for s in t.impls:
                s.methods.append(m)
            self.ifaces.append(t)
        for _ in range(self.r.randint(0, 2)):
            name = self.fresh("g") + self.s
            n = self.r.randint(1, 3)
            names = [f"p{i}" for i in range(n)]
            ops = self.pick([(INTS, ["+", "-", "*", "^", "&"]), (INTS + FLOATS, ["+", "-", "*"])])
            bound = " | ".join("~" + b for b in ops[0])
            body = " ".join(f"{self.pick(ops[1])} {p}" for p in names[1:] + [self.pick(names)])
            self.line(f"func {name}[T {bound}]({', '.join(names)} T) T {{ burn{self.s}(); if {names[0]} > {names[-1]} {{ return {names[-1]} }}; return {names[0]} {body} }}")
            self.generics.append((name, ops[0], n))

    def function(self, header, scope, result, size):
        self.line(header + " {")
        self.line(f"\tburn{self.s}()")
        self.scopes.append(scope)
        self.result = result
        self.block_with_result(size, result)
        self.scopes.pop()
        self.result = None
        self.line("}")
        self.line("")

    def multi_function(self):
        """Several named results, which a deferred function may change on the way out of a panic."""
        name = self.fresh("m") + self.s
        params = [(self.fresh("a"), self.type(1)) for _ in range(self.r.randint(0, 2))]
        results = [(self.fresh("r"), self.type(1)) for _ in range(self.r.randint(2, 4))]
        sig = f"func {name}({', '.join(f'{n} {t}' for n, t in params)}) ({', '.join(f'{n} {t}' for n, t in results)})"
        self.line(sig + " {")
        self.line(f"\tburn{self.s}()")
        self.scopes.append([(n, t, True) for n, t in params + results])
        self.indent += 1
        if self.chance(0.7):
            n, t = self.pick(results)
            self.line(f"defer func() {{ caught(recover()); {n} = {self.value(t, 2)} }}()")
        self.scopes.append([])
        for _ in range(self.r.randint(1, 4)):
            self.statement(1)
        if self.chance(0.5):
            self.line("return")
        else:
            self.line(f"return {', '.join(self.value(t, 2) for _, t in results)}")
        self.scopes.pop()
        self.indent -= 1
        self.scopes.pop()
        self.line("}")
        self.line("")
        self.multi.append((name, [t for _, t in params], [t for _, t in results]))

    def block_with_result(self, size, result):
        self.scopes.append([])
        self.indent += 1
        for _ in range(size):
            self.statement(2)
        if result is not None:
            self.line(f"return {self.value(result, 3)}")
        self.indent -= 1
        self.scopes.pop()

    def run(self):
        s = self.s
        self.line(f"var fuel{s} = 300")
        self.line(f"func burn{s}() {{ fuel{s}--; if fuel{s} < 0 {{ panic(\"out of fuel\") }} }}")
        self.line(f"func cut{s}(x string) string {{ if len(x) > 60 {{ return x[:60] }}; return x }}")
        self.line(f"func pairs{s}(n int) func(yield func(int, string) bool) {{")
        self.line(f"\treturn func(yield func(int, string) bool) {{ defer show(\"end\", n); for i := range n {{ if !yield(i, \"k\") {{ return }} }} }}")
        self.line("}")
        self.declare_types()
        self.scopes.append([])
        for _ in range(self.r.randint(1, 4)):
            t = self.type()
            v = self.fresh("G") + s
            self.line(f"var {v} {t} = {self.made(t, 1)}")
            self.globals.append((v, t))
            self.scopes[-1].append((v, t, True))
        for t in self.structs:
            for name, params, result in t.methods:
                ps = [(self.fresh("a"), p) for p in params]
                recv = self.fresh("r")
                header = f"func ({recv} {t}) {name}({', '.join(f'{n} {p}' for n, p in ps)}) {result}"
                self.function(header, [(recv, t, True)] + [(n, p, True) for n, p in ps], result, self.r.randint(1, 3))
        for _ in range(self.r.randint(0, 2)):
            self.multi_function()
        if self.chance(0.5):
            t, name = self.basic(), self.fresh("f") + s
            if t.name in INTS + FLOATS + ["string"]:
                self.line(f"func {name}(n int, xs ...{t}) (sum {t}) {{ burn{s}(); for i, x := range xs {{ if i < n {{ sum += x }} }}; return }}")
                self.variadic.append((name, t))
        for _ in range(self.r.randint(2, 5)):
            name = self.fresh("f") + s
            params = [self.type(1) for _ in range(self.r.randint(0, 3))]
            result = self.type(1)
            ps = [(self.fresh("a"), p) for p in params]
            if self.chance(0.4):
                self.line("//go:noinline")
            self.function(f"func {name}({', '.join(f'{n} {p}' for n, p in ps)}) {result}", [(n, p, True) for n, p in ps], result, self.r.randint(2, 7))
            self.funcs.append((name, params, result))
        self.line(f"func entry{s}() {{")
        self.line("\tdefer func() { caught(recover()) }()")
        self.line(f"\tdefer func() {{ show(\"globals\"{''.join(', ' + v for v, t in self.globals if printable(t))}) }}()")
        self.block(self.r.randint(4, 12), 3)
        self.line("}")
        return "\n".join(self.out) + "\n", f"entry{s}"


def comparable(t):
    if t.kind == "struct":
        return t.comparable
    if t.kind == "array":
        return comparable(t.elem)
    return t.kind == "basic"


def printable(t):
    """Without addresses; maps are printed in order of their keys."""
    if t.kind in ("slice", "array", "map"):
        return printable(t.elem)
    if t.kind == "struct":
        return all(printable(f) for _, f in t.fields)
    return t.kind == "basic"


PRELUDE = """package main

import "fmt"

func idx(i, n int) int {
	if n <= 0 {
		return i
	}
	if i %= n; i < 0 {
		i += n
	}
	return i
}

// A value that is not a constant.
func of[T any](x T) T { return x }

func show(values ...any) { fmt.Println(values...) }

func caught(v any) {
	if v != nil {
		fmt.Println("caught:", v)
	}
}
"""


def program(seed, suffix):
    return Program(seed, suffix).run()


if __name__ == "__main__":
    import sys

    text, entry = program(int(sys.argv[1]), "_0")
    print(PRELUDE + f"\nfunc main() {{ {entry}() }}\n\n" + text)

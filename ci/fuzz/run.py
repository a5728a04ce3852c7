#!/usr/bin/env python3
"""Random programs compiled by gorc (optimised and not) and by the reference: what they print has to be the same.

    ci/fuzz/run.py --go GO [--gorc target/release/gorc] [-n 1000] [--seed 1] [--batch 50] [-j 2] [--stress] [--keep DIR]

Programs are built in batches, each batch one executable. With `--stress` the optimised one runs also with a collection at every
allocation and with a stack move at every check. A difference is printed with the seed and kept in DIR (default `target/fuzz`):
`programs.py SEED` prints the program alone. Exit status 1 if there was one. The last line is `N passed, N failed`.
"""
import argparse, concurrent.futures, os, pathlib, re, shutil, subprocess, sys, tempfile
import programs

MARK = "== program "
# Which of two operands of one expression fails first is not defined, and gc's choice depends on its passes: the kind of error counts.
INDEX = re.compile(r"index out of range \[-?\d+\]( with length \d+)?")


def run(command, timeout, **kw):
    try:
        p = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, timeout=timeout, **kw)
        return p.returncode, INDEX.sub("index out of range", p.stdout.decode(errors="replace"))
    except subprocess.TimeoutExpired as e:
        return "timeout", (e.stdout or b"").decode(errors="replace")


def write_batch(folder, seeds):
    (folder / "go.mod").write_text("module fuzz\n\ngo 1.27\n")
    entries = []
    for seed in seeds:
        text, entry = programs.program(seed, f"_{seed}")
        entries.append((seed, entry))
        imports = "package main\n\n"
        (folder / f"p{seed}.go").write_text(imports + text)
    cases = "".join(f"\t{{{seed}, {entry}}},\n" for seed, entry in entries)
    main = programs.PRELUDE.replace('import "fmt"', 'import (\n\t"fmt"\n\t"os"\n\t"strconv"\n)')
    main += f"""
var all = []struct {{
	seed int
	run  func()
}}{{
{cases}}}

func main() {{
	for _, p := range all {{
		if len(os.Args) > 1 && os.Args[1] != strconv.Itoa(p.seed) {{
			continue
		}}
		fmt.Println("{MARK.strip()}", p.seed)
		p.run()
	}}
}}
"""
    (folder / "main.go").write_text(main)


def batch(args, seeds):
    """The failures of a batch: (seed, variant, text)."""
    failures = []
    with tempfile.TemporaryDirectory() as tmp:
        folder = pathlib.Path(tmp)
        write_batch(folder, seeds)
        env = dict(os.environ, GOTOOLCHAIN="local", GOFLAGS="-mod=mod", GOPROXY="off")
        builds = {
            "go": [args.go, "build", "-o", "go.exe", "."],
            "gorc": [args.gorc, "build", "-o", "gorc.exe", "."],
            "gorc -N": [args.gorc, "build", "-N", "-o", "gorcN.exe", "."],
        }
        for name, command in builds.items():
            status, text = run(command, 300, cwd=folder, env=env)
            if status != 0:
                if len(seeds) == 1:
                    return [(seeds[0], f"build by {name}", text)]
                half = len(seeds) // 2
                return batch(args, seeds[:half]) + batch(args, seeds[half:])
        runs = {"gorc": ("./gorc.exe", {}), "gorc -N": ("./gorcN.exe", {})}
        if args.stress:
            runs["gcstress"] = ("./gorc.exe", {"GORC_RT": "gcstress=7"})
            runs["stackstress"] = ("./gorc.exe", {"GORC_RT": "stackstress=1"})
        want = run(["./go.exe"], 120, cwd=folder)
        for name, (exe, extra) in runs.items():
            limit = 600 if extra else 120
            if run([exe], limit, cwd=folder, env={**os.environ, **extra}) == want:
                continue
            for seed in seeds:
                one = run(["./go.exe", str(seed)], 60, cwd=folder)
                got = run([exe, str(seed)], 60, cwd=folder, env={**os.environ, **extra})
                if got != one:
                    failures.append((seed, name, f"--- go (status {one[0]})\n{one[1][-1500:]}\n--- {name} (status {got[0]})\n{got[1][-1500:]}"))
    return failures


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--gorc", default="target/release/gorc")
    parser.add_argument("--go", required=True)
    parser.add_argument("-n", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--batch", type=int, default=50)
    parser.add_argument("-j", type=int, default=os.cpu_count())
    parser.add_argument("--stress", action="store_true")
    parser.add_argument("--keep", default="target/fuzz")
    args = parser.parse_args()
    args.gorc = shutil.which(args.gorc) or os.path.abspath(args.gorc)
    seeds = list(range(args.seed, args.seed + args.n))
    batches = [seeds[i : i + args.batch] for i in range(0, len(seeds), args.batch)]
    failed, done = set(), 0
    with concurrent.futures.ThreadPoolExecutor(args.j) as pool:
        for part, failures in zip(batches, pool.map(lambda b: batch(args, b), batches)):
            done += len(part)
            for seed, name, text in failures:
                failed.add(seed)
                print(f"seed {seed}, {name}:\n{text}\n", flush=True)
                keep = pathlib.Path(args.keep)
                keep.mkdir(parents=True, exist_ok=True)
                body, entry = programs.program(seed, f"_{seed}")
                (keep / f"{seed}.go").write_text(programs.PRELUDE + f"\nfunc main() {{ {entry}() }}\n\n" + body)
            print(f"{done} of {len(seeds)}, {len(failed)} failed", file=sys.stderr, flush=True)
    print(f"{len(seeds) - len(failed)} passed, {len(failed)} failed")
    sys.exit(bool(failed))


main()

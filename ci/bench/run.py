#!/usr/bin/env python3
"""Programs compiled by gorc and by the reference, run in turns: ratios of minima.

    ci/bench/run.py --go GO [--gorc target/release/gorc] [-n 5] [--build] [--json F] [NAME ...]

Columns: user + system CPU seconds, peak resident memory, size of the executable. `--build` also measures `gorc build` of hello
(nothing is cached) against `go build` with its cache warm and cold. Needs GNU time (Debian package `time`): what a process
forks from counts as its peak memory too, and Python is larger than most of these programs. Exit status 1 only if a program fails or the outputs differ: times are never tested.
"""
import argparse, json, os, pathlib, shutil, subprocess, sys, tempfile, time

TIME = shutil.which("time") or sys.exit("needs GNU time (Debian package time)")
here = pathlib.Path(__file__).resolve().parent


def measure(command, env=None):
    """Runs once: (output, CPU seconds, peak KiB, wall seconds)."""
    start = time.perf_counter()
    with tempfile.TemporaryFile() as out, tempfile.NamedTemporaryFile("r") as peak:
        pid = subprocess.Popen([TIME, "-f", "%M", "-o", peak.name, *command], stdout=out, stderr=subprocess.STDOUT, env=env, stdin=subprocess.DEVNULL)
        _, status, usage = os.wait4(pid.pid, 0)
        pid.returncode = os.waitstatus_to_exitcode(status)
        wall = time.perf_counter() - start
        out.seek(0)
        text = out.read().decode(errors="replace")
        lines = peak.read().split()
    if pid.returncode != 0:
        raise RuntimeError(f"{command[0]}: exit status {pid.returncode}\n{text[-2000:]}")
    return text, usage.ru_utime + usage.ru_stime, int(lines[-1]), wall


def start_up(program):
    """Wall seconds of a program that does next to nothing."""
    start = time.perf_counter()
    subprocess.run([program], stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--gorc", default="target/release/gorc")
    parser.add_argument("--go", required=True)
    parser.add_argument("-n", type=int, default=5)
    parser.add_argument("--build", action="store_true")
    parser.add_argument("--json")
    parser.add_argument("names", nargs="*")
    args = parser.parse_args()
    env = dict(os.environ, GOTOOLCHAIN="local", GOFLAGS="", GO111MODULE="")
    failed = False
    results = {}
    with tempfile.TemporaryDirectory() as tmp:
        print(f"{'program':18} {'cpu go':>8} {'cpu gorc':>8} {'ratio':>6}   {'MB go':>7} {'MB gorc':>7} {'ratio':>6}   {'KB go':>6} {'KB gorc':>7} {'ratio':>6}")
        for source in sorted((here / "programs").glob("*.go")):
            name = source.stem
            if args.names and name not in args.names:
                continue
            try:
                ours, theirs = f"{tmp}/{name}.gorc", f"{tmp}/{name}.go"
                measure([args.gorc, "build", "-o", ours, str(source)])
                measure([args.go, "build", "-o", theirs, str(source)], env)
                runs = {"go": [], "gorc": []}
                for _ in range(args.n):
                    a = measure([theirs])
                    b = measure([ours])
                    if a[0] != b[0]:
                        raise RuntimeError(f"{name}: outputs differ: {a[0]!r} {b[0]!r}")
                    runs["go"].append(a)
                    runs["gorc"].append(b)
                cpu = {k: min(r[1] for r in v) for k, v in runs.items()}
                rss = {k: min(r[2] for r in v) / 1024 for k, v in runs.items()}
                wall = {k: min(r[3] for r in v) for k, v in runs.items()}
                size = {"go": os.path.getsize(theirs) / 1024, "gorc": os.path.getsize(ours) / 1024}
                ratio = lambda d: d["gorc"] / max(d["go"], 1e-9)
                results[name] = {"cpu": cpu, "rss_mb": rss, "wall": wall, "size_kb": size}
                print(f"{name:18} {cpu['go']:8.3f} {cpu['gorc']:8.3f} {ratio(cpu):6.2f}   {rss['go']:7.1f} {rss['gorc']:7.1f} {ratio(rss):6.2f}   {size['go']:6.0f} {size['gorc']:7.0f} {ratio(size):6.2f}", flush=True)
            except RuntimeError as e:
                failed = True
                print(f"{name:18} FAILED {e}", flush=True)
        if args.build:
            hello = str(here / "programs" / "hello.go")
            ours = [measure([args.gorc, "build", "-o", f"{tmp}/h1", hello])[1] for _ in range(args.n)]
            warm = [measure([args.go, "build", "-o", f"{tmp}/h2", hello], env)[1] for _ in range(args.n)]
            cold = measure([args.go, "build", "-a", "-o", f"{tmp}/h2", hello], env)[1]
            start = {k: min(start_up(f"{tmp}/{v}") for _ in range(200)) for k, v in (("go", "h2"), ("gorc", "h1"))}
            results["build_hello"] = {"gorc": min(ours), "go_warm": min(warm), "go_cold": cold, "start": start}
            print(f"build of hello, CPU s: gorc {min(ours):.2f}, go warm {min(warm):.2f}, go cold {cold:.2f}")
            print(f"start of hello, ms: go {start['go'] * 1e3:.2f}, gorc {start['gorc'] * 1e3:.2f}")
    if args.json:
        pathlib.Path(args.json).write_text(json.dumps(results, indent=1))
    sys.exit(failed)


main()

"""Change the metrics in every small way that a test should notice, one at a time, and see whether one does.

    python benchmarks/mutation_testing.py --processes 2 --results mutants.jsonl
    python benchmarks/mutation_testing.py --files plan.py issues.py --sample 50 --seed 1 --minutes 20
    python benchmarks/mutation_testing.py --resume mutants.jsonl [--again]

Each mutant is tried in a process forked for it (POSIX only), in a random order, so that a run that is ended early has
tried a sample. Results are written as lines of JSON as they come; with ``--resume`` those of the file are kept and only
the rest is tried, with ``--again`` also what has survived, after tests were added. Before the first mutant the
unchanged code must pass all the tests and a mutant that is wrong must die. The exit code is 1 where fewer than the
wanted share were killed.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from pathlib import Path
from typing import Any

import mutation_trials
from mutants import Mutant, mutants_of
from mutation_killers import killers_of
from mutation_trials import METRICS, Trial, results

#: At least this share of the mutants should be killed.
WANTED = 0.9
#: A mutant hangs when it takes this many times what the tests of its file take on the unchanged code, and a minute.
PATIENCE, GRACE = 5, 60
KILLED = ("killed", "timed out", "crashed")


def options() -> argparse.Namespace:
    """What the command was asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--files", nargs="+", metavar="FILE", help="names in metrics/; without it all of them"
    )
    parser.add_argument("--sample", type=int, help="so many of the mutants, drawn at random")
    parser.add_argument("--seed", type=int, default=0, help="of the draw and of the order")
    parser.add_argument("--minutes", type=float, default=float("inf"), help="start no mutant after so long")
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--results", type=Path, default=Path("mutants.jsonl"), help="a new file of results")
    parser.add_argument("--resume", type=Path, help="a file of results to go on with, in place of --results")
    parser.add_argument("--again", action="store_true", help="with --resume: try those that survived again")
    return parser.parse_args()


def chosen(files: list[str] | None, sample: int | None, seed: int) -> list[Mutant]:
    """The mutants to try, of the files asked for, in the order of the code."""
    names = sorted(path.name for path in METRICS.glob("*.py")) if files is None else files
    found = [mutant for name in names for mutant in mutants_of(METRICS / name)]
    if sample is None or sample >= len(found):
        return found
    kept = set(random.Random(seed).sample(range(len(found)), sample))
    return [mutant for at, mutant in enumerate(found) if at in kept]


def told(path: Path | None) -> dict[Mutant, dict[str, Any]]:
    """The results that a file holds, the last of each mutant."""
    if path is None or not path.exists():
        return {}
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return {Mutant(**line.pop("mutant")): line for line in lines}


def checked(files: list[str], processes: int) -> dict[str, float]:
    """The seconds of each test on the unchanged code; ends the command where the trials cannot be trusted."""
    killers = dict.fromkeys(killer for file in files for killer in killers_of(file))
    unchanged = (Trial(files[0], None, (killer,), limit=3600) for killer in killers)
    spent: dict[str, float] = {}
    for trial, alive in results(unchanged, processes):
        if alive["outcome"] != "survived":
            sys.exit(f"{trial.printed()}\nThe unchanged code does not pass: {alive['by']}.")
        spent |= alive["spent"]
    wrong = next(mutant for mutant in mutants_of(METRICS / "formulas.py") if mutant.original == "ev - ac")
    for trial, dead in results([Trial(wrong.file, wrong, killers_of(wrong.file), limit=600)], 1):
        if dead["outcome"] != "killed":
            sys.exit(f"{trial.printed()}\n{wrong} should have been killed: {dead}.")
        print(
            f"the unchanged code passes in {sum(spent.values()):.0f} s; a wrong one is killed by {dead['by']}"
        )
    return spent


def summary(mutants: list[Mutant], found: dict[Mutant, dict[str, Any]]) -> str:
    """A table fit for a page, with a line for each file and one for all: mutants, tried, killed, survived, share."""
    lines = ["| file | mutants | tried | killed | survived | share |", "|---|---:|---:|---:|---:|---:|"]
    for name in [*sorted({mutant.file for mutant in mutants}), "all"]:
        here = [mutant for mutant in mutants if name in (mutant.file, "all")]
        outcomes = [found[mutant]["outcome"] for mutant in here if mutant in found]
        killed = sum(outcome in KILLED for outcome in outcomes)
        share = f"{killed / len(outcomes):.1%}" if outcomes else ""
        figures = (len(here), len(outcomes), killed, len(outcomes) - killed, share)
        lines.append(f"| {' | '.join([name, *map(str, figures)])} |")
    return "\n".join(lines)


def tried(work: list[Mutant], spent: dict[str, float], path: Path, *, processes: int, minutes: float) -> None:
    """Try mutants, as many as can be started in time, and add a line for each to the file of results."""
    end = time.monotonic() + 60 * minutes
    trials = (
        Trial(one.file, one, killers, GRACE + PATIENCE * sum(spent[killer] for killer in killers))
        for one in work
        for killers in [killers_of(one.file)]
        if time.monotonic() < end
    )
    with path.open("a", encoding="utf-8") as lines:
        for at, (trial, found) in enumerate(results(trials, processes), start=1):
            one = trial.mutant
            assert one is not None  # noqa: S101 - the unchanged code is tried elsewhere
            line = {"mutant": {name: getattr(one, name) for name in Mutant.__slots__}, **found}
            print(json.dumps(line, ensure_ascii=False), file=lines, flush=True)
            if found["outcome"] != "killed":
                print(f"{at}/{len(work)} {found['outcome']}: {told_shortly(one)}", flush=True)


def told_shortly(mutant: Mutant) -> str:
    """A mutant in one line."""
    return f"{mutant.file}:{mutant.line} {mutant.kind}: {mutant.original} → {mutant.mutated}"


def main() -> int:
    """Try the mutants asked for and print what became of them; 1 where too few were killed."""
    asked = options()
    mutation_trials.prepare()
    mutants = chosen(asked.files, asked.sample, asked.seed)
    path = asked.resume or asked.results
    if not asked.resume:
        path.unlink(missing_ok=True)
    known = told(asked.resume)
    done = {m for m, line in known.items() if line["outcome"] in KILLED or not asked.again}
    work = [mutant for mutant in mutants if mutant not in done]
    random.Random(asked.seed).shuffle(work)
    if work:
        spent = checked(list(dict.fromkeys(mutant.file for mutant in work)), asked.processes)
        tried(work, spent, path, processes=asked.processes, minutes=asked.minutes)
    found = told(path)
    print(summary(mutants, found))
    outcomes = [found[mutant]["outcome"] for mutant in mutants if mutant in found]
    return 0 if sum(outcome in KILLED for outcome in outcomes) >= WANTED * len(outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())

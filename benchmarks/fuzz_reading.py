"""Damage files at random and read them, for as long as asked: every one must end in a book or in one typed error.

    python benchmarks/fuzz_reading.py SEEDS --seconds 300 --keep FINDS

SEEDS is a folder of workbooks and text files, searched with its subfolders. Bytes are flipped, cut out, doubled and
spliced from another seed; of workbooks the parts inside the zip archive are damaged too, so that the damage gets
past the checksums. A file whose reading raised anything but a FileError, took longer than its limit or made the reader
fail is kept in FINDS. The exit code is 1 where something was raised that has no type.
"""

from __future__ import annotations

import argparse
import collections
import io
import random
import sys
import tempfile
import time
import warnings
import zipfile
from pathlib import Path

from pmo_analytics.errors import FileError
from pmo_analytics.loading.files.raw_sheet import RawBook
from pmo_analytics.loading.files.reading import read_books
from pmo_analytics.schemas.limits import Limits

LIMITS = Limits(seconds=20, memory_mb=1024, unzipped_mb=128)
LARGEST_SEED = 300_000
BATCH = 100


def damaged(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """The bytes with one to eight faults in them."""
    content = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 8))):
        place = chance.randrange(len(content) + 1)
        length = chance.choice((1, 2, 8, 64, 1024))
        kind = chance.randrange(5)
        if kind == 0 and place < len(content):
            content[place] ^= 1 << chance.randrange(8)
        elif kind == 1:
            content[place : place + length] = chance.randbytes(min(length, 8))
        elif kind == 2:
            del content[place : place + length]
        elif kind == 3:
            start = chance.randrange(len(other) + 1)
            content[place:place] = other[start : start + length]
        else:
            content[place:place] = content[place : place + length] * chance.choice((1, 2, 50))
    return bytes(content)


def damaged_inside(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """The archive with one of its parts damaged, its directory and checksums right."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        names = source.namelist()
        chosen = chance.choice(names)
        for name in names:
            content = source.read(name)
            target.writestr(name, damaged(content, other, chance) if name == chosen else content)
    return file.getvalue()


def faulty(seeds: list[bytes], chance: random.Random) -> bytes:
    """A seed with faults, of an archive mostly inside it."""
    data, other = chance.choice(seeds), chance.choice(seeds)
    if data.startswith(b"PK\x03\x04") and chance.random() < 0.8:
        try:
            return damaged_inside(data, other, chance)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError):
            return damaged(data, other, chance)
    return damaged(data, other, chance)


def outcome(result: object) -> str:
    """A name for what became of a file; that of a failing reader has its message."""
    if isinstance(result, RawBook):
        return f"loaded as {result.format}"
    if isinstance(result, FileError):
        said = result.message if result.code == "READER_FAILED" or "longer than" in result.message else ""
        return f"{result.code} {said[:110]}".strip()
    return f"UNTYPED {type(result).__name__}"


def run(seeds: list[bytes], seconds: float, keep: Path, seed: int) -> collections.Counter[str]:
    """How many files ended in which way."""
    chance = random.Random(seed)
    counts: collections.Counter[str] = collections.Counter()
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with tempfile.TemporaryDirectory() as folder:
            paths = [Path(folder) / f"{number}.bin" for number in range(BATCH)]
            for path in paths:
                path.write_bytes(faulty(seeds, chance))
            for path, result in zip(paths, read_books(paths, LIMITS), strict=True):
                told = outcome(result)
                counts[told] += 1
                if (
                    told.startswith(("UNTYPED", "READER_FAILED", "FILE_TOO_LARGE reading"))
                    and counts[told] <= 3
                ):
                    keep.mkdir(parents=True, exist_ok=True)
                    (keep / f"{sum(counts.values())}-{seed}.bin").write_bytes(path.read_bytes())
    return counts


def main() -> int:
    """Run as asked, print the outcomes."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("seeds", type=Path)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--keep", type=Path, default=Path("fuzz-finds"))
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    warnings.simplefilter("ignore")  # a seed may have a name twice, which is what is wanted
    files = sorted(path for path in asked.seeds.rglob("*") if path.is_file())
    seeds = [data for path in files if 0 < len(data := path.read_bytes()) <= LARGEST_SEED]
    counts = run(seeds, asked.seconds, asked.keep, asked.seed)
    print(f"{sum(counts.values()):,} files from {len(seeds):,} seeds")
    for told, number in counts.most_common():
        print(f"{number:8,}  {told}")
    return int(any(told.startswith("UNTYPED") for told in counts))


if __name__ == "__main__":
    sys.exit(main())

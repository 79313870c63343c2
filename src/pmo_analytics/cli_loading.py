"""What the commands load, and what they tell people meanwhile, on stderr."""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pmo_analytics.portfolio import Portfolio


def say(words: str) -> None:
    """Words for people, on stderr."""
    typer.echo(words, err=True)


def loaded(inputs: list[str], *, password_file: Path | None = None, **options: Any) -> Portfolio:
    """The portfolio of files and folders; says meanwhile what is read and what cannot be."""
    from pmo_analytics import load
    from pmo_analytics.loading.password_file import read_password

    say(f"reading {inputs[0]}" + (f" and {len(inputs) - 1} more" if len(inputs) > 1 else ""))
    with contextlib.ExitStack() as shown:
        portfolio = load(inputs, progress=_bar(shown), password=read_password(password_file), **options)
    for file in portfolio.files:
        if file.error is not None:
            say(f"not loaded: {file.path}: {file.error['message']}")
    well = sum(file.error is None for file in portfolio.files)
    say(f"{well} of {len(portfolio.files)} files loaded, {len(portfolio.project_ids)} projects")
    return portfolio


def _bar(shown: contextlib.ExitStack) -> Callable[[int, int, str], None] | None:
    """What draws how many files are read, or None where nobody looks at a terminal."""
    if not sys.stderr.isatty():
        return None
    bars: list[Any] = []

    def draw(done: int, total: int, _name: str) -> None:
        if total > 1 and not bars:
            bars.append(shown.enter_context(typer.progressbar(length=total, label="files", file=sys.stderr)))
        for bar in bars:
            bar.update(done - bar.pos)

    return draw

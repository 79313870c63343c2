"""Looks: how cells look, beside what they hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping


@dataclass(frozen=True, slots=True)
class Looks:
    """How the cells of one column look, as arrays: number formats, fills, and whether a fill runs on.

    ``formats`` and ``fills`` are empty texts where there is none. ``runs_on`` says that a cell of the same row
    that holds no colour has the same fill: a row marked as a whole, or a band of the table's style.
    """

    formats: np.ndarray
    fills: np.ndarray
    runs_on: np.ndarray

    @classmethod
    def plain(cls, many: int) -> Self:
        """The looks of cells without fill and format."""
        nothing = np.full(many, "", dtype=object)
        return cls(nothing, nothing, np.zeros(many, dtype=bool))


def looks_of(
    fills: Mapping[tuple[int, int], str],
    formats: Mapping[tuple[int, int], str],
    labels: pd.Index,
    *,
    positions: Iterable[int],
    coloured: Collection[int] = (),
) -> dict[int, Looks]:
    """The looks of the columns at the positions given, for the rows with these labels.

    ``fills`` and ``formats`` are keyed by row label and column position; ``coloured`` are the positions of the
    columns that hold colours.

    >>> looks = looks_of({(2, 0): "FF0000", (2, 1): "FF0000"}, {}, pd.Index([2]), positions=[1], coloured=[1])
    >>> looks[1].fills.tolist(), looks[1].runs_on.tolist()
    (['FF0000'], [True])
    """
    fill, form = _by_position(fills, labels), _by_position(formats, labels)
    plain = [fill[at] for at in fill if at not in coloured]
    nothing = np.full(len(labels), "", dtype=object)
    looks = {}
    for at in positions:
        mine = fill.get(at, nothing)
        runs_on = np.zeros(len(labels), dtype=bool)
        if at in coloured and at in fill:
            for other in plain:
                runs_on |= (other == mine) & (mine != "")
        looks[at] = Looks(form.get(at, nothing), mine, runs_on)
    return looks


def _by_position(facts: Mapping[tuple[int, int], str], labels: pd.Index) -> dict[int, np.ndarray]:
    if not facts:
        return {}
    keys = pd.MultiIndex.from_tuples(list(facts))
    long = pd.Series(list(facts.values()), index=keys, dtype=object)
    known = long[keys.get_level_values(0).isin(labels)]
    wide = known.unstack(level=1).reindex(labels).fillna("").astype(object)
    return dict(zip(wide.columns.astype("int64").tolist(), wide.to_numpy(dtype=object).T, strict=True))

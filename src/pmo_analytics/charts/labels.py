"""Labels: where they stand so that none covers another."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


#: Width and height of a label in pixels, the width of a further sign of it, and its distance from its mark in
#: parts of the size of that.
_WIDTH, _HEIGHT, _SIGN, _OFF = 44, 12, 5.5, 0.62
#: A mark fills its box only in part: that much of it must stay free of the labels of others.
_FILLED = 0.7


def beside(
    marks: pd.DataFrame,
    sizes: pd.Series,
    *,
    order: pd.Index,
    pixel: tuple[float, float],
    always: pd.Series,
    longer: pd.Series | float = 0.0,
) -> pd.DataFrame:
    """The middle of the label of each mark that has room for one: above it, else below it.

    ``marks`` has ``x`` and ``y``, ``sizes`` are in pixels, ``pixel`` is what one measures on either axis. The
    first of ``order`` have the first choice; those of ``always`` choose before them, and lie on the marks of
    others where there is no other place. ``longer`` is by how many signs a label is longer than an identifier.

    >>> marks = pd.DataFrame({"x": [0.0, 0.0, 0.0], "y": [0.0, 15.0, 70.0]})
    >>> each, always = pd.Series([10.0, 10.0, 10.0]), pd.Series([False, False, False])
    >>> beside(marks, each, order=marks.index, pixel=(1.0, 1.0), always=always)["y"].round().tolist()
    [24.0, 79.0, -9.0]
    """
    off = (_OFF * sizes + _HEIGHT / 4) * pixel[1]
    long = pd.Series(_WIDTH + _SIGN * longer, index=marks.index, dtype="float64") * pixel[0]
    width, height = (_FILLED * sizes / 2 * pixel[0], (_FILLED * sizes + _HEIGHT) / 2 * pixel[1])
    shown = pd.DataFrame({"x": [], "y": []}, dtype="float64")
    must = always.to_numpy(dtype="bool")
    # What must be shown takes a free place if there is one, and its place before all others.
    tries = ((must, False), (must, True), (~must, False))
    for (among, forced), side in product(tries, (1, -1)):
        places = marks.assign(y=marks["y"] + side * off)
        free = among & (forced | clear(places.assign(half=long / 2), marks, width=width, height=height))
        left = order[free[marks.index.get_indexer(order)]].difference(shown.index, sort=False)
        tried = pd.concat([shown, places.loc[left]])
        room = uncrowded(tried["x"], tried["y"], width=long.loc[tried.index], height=_HEIGHT * pixel[1])
        shown = tried[room]
    return shown


def apart(places: Sequence[float], gap: float) -> list[float]:
    """The places of a few labels, moved so that neighbours are at least ``gap`` apart; the order stays.

    >>> apart([1.0, 1.0, 5.0], 1.0)
    [0.5, 1.5, 5.0]
    """
    order = np.argsort(places, kind="stable")
    steps = gap * np.arange(len(places))
    # Taking the steps off turns "at least a gap apart" into "never falling"; the mean of the two running
    # bounds is such a line, and stays in the middle of what it replaces.
    level = np.asarray(places, dtype="float64")[order] - steps
    if not len(level):
        return []
    rising = np.maximum.accumulate(level)
    falling = np.minimum.accumulate(level[::-1])[::-1]
    moved = np.empty(len(level))
    moved[order] = (rising + falling) / 2 + steps
    return [float(place) for place in moved]


def uncrowded(x: pd.Series, y: pd.Series, *, width: pd.Series | float, height: float) -> NDArray[np.bool_]:
    """Which labels have room: those with no earlier one within a width, theirs or each its own, and a height.

    >>> uncrowded(pd.Series([0.0, 0.1, 3.0]), pd.Series([0.0, 0.0, 0.0]), width=1, height=1).tolist()
    [True, False, True]
    """
    half = np.broadcast_to(np.asarray(width, dtype="float64"), x.shape) / 2
    across = np.abs(x.to_numpy()[:, None] - x.to_numpy()[None, :]) < half[:, None] + half[None, :]
    along = np.abs(y.to_numpy()[:, None] - y.to_numpy()[None, :]) < height
    room: NDArray[np.bool_] = ~np.tril(across & along, k=-1).any(axis=1)
    return room


def clear(
    labels: pd.DataFrame, marks: pd.DataFrame, *, width: pd.Series, height: pd.Series
) -> NDArray[np.bool_]:
    """Which labels lie on no mark but their own: row by row ``x``, ``y`` and ``half`` of the width of the label.

    ``width`` and ``height`` are how far each mark reaches, upwards with half the height of a label in it.

    >>> marks, reach = pd.DataFrame({"x": [0.0, 5.0], "y": [0.0, 1.0]}), pd.Series([2.0, 2.0])
    >>> labels = pd.DataFrame({"x": [0.0, 0.0], "y": [1.0, 1.0], "half": [1.0, 1.0]})
    >>> clear(labels, marks, width=reach, height=reach).tolist()
    [True, False]
    """
    reach = np.add.outer(labels["half"].to_numpy(), width.to_numpy())
    across = np.abs(np.subtract.outer(labels["x"].to_numpy(), marks["x"].to_numpy())) < reach
    along = np.abs(np.subtract.outer(labels["y"].to_numpy(), marks["y"].to_numpy())) < height.to_numpy()
    near = across & along
    np.fill_diagonal(near, val=False)
    room: NDArray[np.bool_] = ~near.any(axis=1)
    return room

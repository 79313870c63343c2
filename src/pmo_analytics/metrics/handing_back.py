"""Handing back: the result as the caller's own kind of frame."""

from __future__ import annotations

from typing import Any

import narwhals as nw

from pmo_analytics.metrics.engine import brought_home


def handed_back(frame: nw.DataFrame[Any] | nw.LazyFrame[Any], *, home: bool = False) -> Any:
    """The native frame, numbered anew where it has an index, and in one piece; ``home``: brought to pandas.

    pandas keeps added columns apart until a frame is copied, and warns whoever adds the next one.
    """
    if home:
        return brought_home(frame)
    whole = frame.clone() if isinstance(frame, nw.DataFrame) else frame
    return nw.maybe_reset_index(whole).to_native()

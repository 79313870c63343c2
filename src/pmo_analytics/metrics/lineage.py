"""Which columns stand behind a figure."""

from __future__ import annotations

from pmo_analytics.metrics.catalogue import MEASURES, metric, sources_of


def inputs(metric_name: str) -> tuple[tuple[str, str], ...]:
    """The (table, column) pairs behind a metric, through its measures; raises ``UnknownName``.

    A column that both ``status`` and ``projects`` can hold comes twice, the one that counts first.

    >>> inputs("cpi")
    (('status', 'ev'), ('status', 'ac'))
    """
    pairs = [pair for name in metric(metric_name).measures for pair in sources_of(MEASURES[name])]
    return tuple(dict.fromkeys(pairs))

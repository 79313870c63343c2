"""Roll-up rules: which figures are asked for, and that none is rolled up in a way that it cannot be."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from pmo_analytics.errors import InvalidTable, RollUpRefused, UnknownName
from pmo_analytics.metrics.catalogue import CATALOGUE, metric
from pmo_analytics.metrics.measure import Metric, RollUp

if TYPE_CHECKING:
    from collections.abc import Iterable

#: What the figure of a group is, for people who have asked for something else.
_MEANING = MappingProxyType(
    {
        RollUp.SUM: "it adds up",
        RollUp.RATIO: "it is a ratio of sums; a mean of ratios would give a small project the weight of a large one",
        RollUp.SHARE: "it is a share of all rows; a mean of shares would give a small group the weight of a large one",
        RollUp.RECOMPUTED: "it is computed anew from the rows of the whole group, and parts of it cannot be combined",
        RollUp.WORST: "the worst of the group stands for it; a mean would hide it",
        RollUp.DISTRIBUTION: "it is the middle of all rows of the group, and middles of parts cannot be combined",
        RollUp.NONE: "it is of one project, and groups have none",
    }
)


def metrics_asked(
    asked: Iterable[str] | Mapping[str, str] | None, known: Iterable[str] = CATALOGUE
) -> tuple[str, ...]:
    """The names of the metrics asked for, in the order of the catalogue; without a wish all of those ``known``.

    A mapping says of each how it is to be rolled up: by its own rule, as the catalogue names it. Raises
    ``UnknownName`` for an unknown metric, ``InvalidTable`` for none at all and ``RollUpRefused`` for another rule.

    >>> metrics_asked({"spi": "ratio of sums", "ev": "sum"})
    ('ev', 'spi')
    """
    known = tuple(known)
    if asked is None:
        return known
    wanted = {name: metric(name) for name in ([asked] if isinstance(asked, str) else asked)}
    if not wanted:
        raise InvalidTable("metrics= names no metric; leave it out for all of them.")
    for name in wanted:
        if name not in known:
            raise UnknownName("metric of these rows", name, known)
    if isinstance(asked, Mapping):
        for name, rule in asked.items():
            _check(wanted[name], rule)
    return tuple(name for name in CATALOGUE if name in wanted)


def _check(wanted: Metric, rule: str) -> None:
    if rule != wanted.roll_up:
        raise RollUpRefused(
            f"{wanted.name} cannot be rolled up as {rule!r}: {_MEANING[wanted.roll_up]}. "
            f"Formula: {wanted.formula}. Ask for {str(wanted.roll_up)!r}, or give the name of the metric alone."
        )

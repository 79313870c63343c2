"""Rule sets: which figure turns which dimension amber or red, and how dimensions make the overall colour."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import asdict, dataclass
from math import ceil, isfinite
from typing import TYPE_CHECKING, Any

from pmo_analytics.errors import ConfigurationError, UnknownName
from pmo_analytics.metrics.catalogue import CATALOGUE
from pmo_analytics.metrics.measure import Reason

if TYPE_CHECKING:
    from collections.abc import Iterable

GREEN, AMBER, RED = "green", "amber", "red"
ABOVE, BELOW = "above", "below"
CRITICAL, ANY = "critical", "any"
#: The name that stands in place of an overall rule where too few required dimensions have a colour.
GUARD = "GUARD"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule: a metric and either limits in a direction, or a reason for which the metric is undefined.

    ``title`` is the subject of the sentence that explains the colour; without one it is the title of the
    metric. A ``hard`` rule that turns red decides the overall colour, whatever else is unknown. Raises
    ``UnknownName`` or ``ConfigurationError`` where it says something impossible.
    """

    id: str
    dimension: str
    metric: str
    direction: str | None = None
    amber: float | None = None
    red: float | None = None
    reason: str | None = None
    colour: str | None = None
    hard: bool = False
    title: str = ""
    advice: str = ""
    source: str = ""

    def __post_init__(self) -> None:
        _member(f"metric in rule {self.id}", self.metric, CATALOGUE)
        if self.reason is None:
            _check_limits(self)
        else:
            _check_reason(self)
        if self.hard and RED not in self.colours:
            raise ConfigurationError(f"rule {self.id}: hard = true needs a red limit or colour.")

    @property
    def subject(self) -> str:
        """What the rule looks at, in words."""
        return self.title or CATALOGUE[self.metric].title

    @property
    def colours(self) -> tuple[str, ...]:
        """The colours it can give, worst first."""
        if self.reason is not None:
            return (str(self.colour),)
        return tuple(colour for colour in (RED, AMBER) if self.limit(colour) is not None)

    def limit(self, colour: str | None) -> float | None:
        """The limit behind a colour; that of green is the first on the way to worse."""
        if colour == GREEN:
            return self.red if self.amber is None else self.amber
        return {AMBER: self.amber, RED: self.red}.get(colour or "")


@dataclass(frozen=True, slots=True, kw_only=True)
class OverallRule:
    """One overall rule: the colour, if at least so many dimensions of a kind have a certain colour."""

    id: str
    colour: str
    at_least: int
    of: str
    are: str

    def __post_init__(self) -> None:
        _member(f"colour in overall rule {self.id}", self.colour, (GREEN, AMBER, RED))
        _member(f"are in overall rule {self.id}", self.are, (AMBER, RED))
        _member(f"of in overall rule {self.id}", self.of, (CRITICAL, ANY))
        if type(self.at_least) is not int or self.at_least < 0:
            raise ConfigurationError(f"overall rule {self.id}: at_least must be a whole number, 0 or more.")

    @property
    def words(self) -> str:
        """What it asks for, in words.

        >>> OverallRule(id="X", colour="red", at_least=1, of="critical", are="red").words
        'at least 1 critical dimension is red'
        """
        if self.at_least == 0:
            return "none of the overall rules before it holds"
        kind = f"{self.of} " if self.of == CRITICAL else ""
        verb = "dimension is" if self.at_least == 1 else "dimensions are"
        return f"at least {self.at_least} {kind}{verb} {self.are}"


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSet:
    """A named and versioned set of rules; frozen, checked when made.

    ``guard`` is the share of the required dimensions that must have a colour before the project can have
    one. ``hash`` changes with any change of the content, comments aside. Raises ``UnknownName`` or
    ``ConfigurationError`` where it says something impossible.
    """

    name: str
    version: str
    dimensions: tuple[str, ...]
    required: tuple[str, ...]
    critical: tuple[str, ...]
    rules: tuple[Rule, ...]
    overall: tuple[OverallRule, ...]
    guard: float = 1.0

    def __post_init__(self) -> None:
        _check_identities(self)
        _check_dimensions(self)
        if not 0 < self.guard <= 1:
            raise ConfigurationError(f"guard is {self.guard}; it must be above 0 and at most 1.")
        if not self.overall or self.overall[-1].at_least != 0:
            raise ConfigurationError(
                "the last overall rule must have at_least = 0, so that one always holds."
            )

    @property
    def label(self) -> str:
        """Name and version, as they stand on a report."""
        return f"{self.name} {self.version}"

    @property
    def hash(self) -> str:
        """The first 12 hex digits of the SHA-256 of the content."""
        content = json.dumps(asdict(self), sort_keys=True, ensure_ascii=True)
        return hashlib.sha256(content.encode()).hexdigest()[:12]

    @property
    def needed(self) -> int:
        """How many of the required dimensions must have a colour."""
        return ceil(self.guard * len(self.required) - 1e-9)

    def of(self, dimension: str) -> tuple[Rule, ...]:
        """The rules of a dimension, in order."""
        return tuple(rule for rule in self.rules if rule.dimension == dimension)


def _member(what: str, name: object, known: Iterable[str]) -> None:
    if name not in (names := tuple(str(one) for one in known)):
        raise UnknownName(what, name, names)


def _check_limits(rule: Rule) -> None:
    _member(f"direction in rule {rule.id}", rule.direction, (ABOVE, BELOW))
    if rule.colour is not None:
        raise ConfigurationError(
            f"rule {rule.id}: colour belongs to a rule with a reason; give amber or red."
        )
    if not rule.colours:
        raise ConfigurationError(f"rule {rule.id}: neither an amber nor a red limit is given.")
    for colour in rule.colours:
        limit: Any = rule.limit(colour)
        if isinstance(limit, bool) or not isinstance(limit, int | float) or not isfinite(limit):
            raise ConfigurationError(f"rule {rule.id}: the {colour} limit {limit!r} is not a number.")
    if rule.amber is None or rule.red is None:
        return
    if not (rule.amber < rule.red if rule.direction == ABOVE else rule.amber > rule.red):
        side = ABOVE if rule.direction == ABOVE else BELOW
        raise ConfigurationError(
            f"rule {rule.id}: it fires {side} its limits, so red must lie {side} amber; "
            f"amber is {rule.amber:g} and red is {rule.red:g}."
        )


def _check_reason(rule: Rule) -> None:
    _member(f"reason in rule {rule.id}", rule.reason, Reason)
    _member(f"colour in rule {rule.id}", rule.colour, (AMBER, RED))
    if rule.direction is not None or rule.amber is not None or rule.red is not None:
        raise ConfigurationError(f"rule {rule.id}: a rule on a reason has no direction and no limits.")


def _check_identities(rules: RuleSet) -> None:
    named = [rule.id for rule in rules.rules] + [rule.id for rule in rules.overall] + [GUARD]
    twice = [name for name, times in Counter(named).items() if times > 1]
    if twice:
        raise ConfigurationError(
            f"rule id {twice[0]} stands twice; every rule needs its own ({GUARD} is taken)."
        )
    if not rules.name or not rules.version:
        raise ConfigurationError("a rule set needs a name and a version.")


def _check_dimensions(rules: RuleSet) -> None:
    for name in rules.dimensions:
        if not (isinstance(name, str) and name.isidentifier() and name == name.lower()):
            raise ConfigurationError(f"dimension {name!r}: write it as one lower-case word.")
    if not rules.dimensions or len(set(rules.dimensions)) < len(rules.dimensions):
        raise ConfigurationError("dimensions must name each dimension once, and at least one.")
    for rule in rules.rules:
        _member(f"dimension in rule {rule.id}", rule.dimension, rules.dimensions)
    for what, names in (("required", rules.required), ("critical", rules.critical)):
        for name in names:
            _member(f"{what} dimension", name, rules.dimensions)
    for name in rules.required:
        if not rules.of(name):
            raise ConfigurationError(
                f"dimension {name} is required but has no rule; no project could be rated."
            )

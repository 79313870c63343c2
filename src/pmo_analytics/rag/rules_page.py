"""The page about the default rule set, made from the rule set itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmo_analytics.metrics.catalogue import CATALOGUE
from pmo_analytics.rag.comparing import TOLERANCE
from pmo_analytics.rag.reading import load_rules
from pmo_analytics.rag.wording import colour_word, limit_as_text

if TYPE_CHECKING:
    from pmo_analytics.rag.rule_sets import Rule, RuleSet

_HEAD = """# Rules of the colours

This page is generated from `src/pmo_analytics/rag/rules/default.toml`; a test holds
`docs/rules.md` to it. To use other rules, copy that file, change name, version and limits, and pass it
with `rules=` or `--rules`. Name, version and hash of the rule set stand on every result.
"""

_HOW = """## How a colour is found

- **A rule** looks at one metric. It fires where the figure lies beyond its limit; exactly at the limit it
  does not. "Exactly" allows for rounding: figures within {tolerance:g} of a limit, relative to the limit
  (absolute below 1), count as at it.
- **A dimension** has the worst colour among its rules; green, if at least one of them has a figure and none
  fired; no colour, if none has a figure. Undefined is never green.
- **The project**: first, a hard rule that fired makes it red. Then the guard: while fewer than {needed} of
  the required dimensions ({required}) have a colour, it has none (`GUARD`). Then the overall rules, from
  the top; the first that holds decides.
- **Agreement** compares severities (green 1, amber/green 2, amber 3, amber/red 4, red 5), computed less
  reported: 3 or more is `watermelon`, 1 or 2 `optimistic`, 0 `agrees`, less `pessimistic`; `unknown` where
  either is missing. Reported is the owner's colour where there is one, else the headline.
"""

_ADDING = """
## To add a rule

1. `src/pmo_analytics/rag/rules/default.toml`, or a rule set of your own: a `[[rule]]` with id, dimension, metric,
   direction and limits, title, source.
2. `tests/rag/test_rating.py`: its limits in the table of edges, with a figure that just breaks each.
3. Generate this page anew: `python -m pmo_analytics.rag.rules_page > docs/rules.md`.
4. `CHANGELOG.md`: the limits before and after.
"""


def rules_page() -> str:
    """The text of ``docs/rules.md``: the default rules as tables, and how they make a colour."""
    rules = load_rules()
    how = _HOW.format(tolerance=TOLERANCE, needed=rules.needed, required=", ".join(rules.required))
    title = f"## Rule set {rules.label}\n\nHash `{rules.hash}`.\n"
    return "\n".join([_HEAD, how, title, _dimension_rules(rules), _overall_rules(rules) + _ADDING])


def _dimension_rules(rules: RuleSet) -> str:
    head = "| dimension | rule | metric | amber | red | note | source |\n|---|---|---|---|---|---|---|\n"
    rows = [_row(rule) for dimension in rules.dimensions for rule in rules.of(dimension)]
    bare = [dimension for dimension in rules.dimensions if not rules.of(dimension)]
    note = f"\nWithout rules so far: {', '.join(bare)}.\n" if bare else ""
    return head + "\n".join(rows) + "\n" + note


def _row(rule: Rule) -> str:
    fired = {colour: _condition(rule, colour) for colour in rule.colours}
    note = "; ".join(filter(None, ["hard" if rule.hard else "", rule.advice]))
    cells = (
        *(rule.dimension, f"`{rule.id}`", f"`{rule.metric}` ({rule.subject})"),
        *(fired.get(colour, "") for colour in ("amber", "red")),
        *(note, rule.source),
    )
    return "| " + " | ".join(cells) + " |"


def _condition(rule: Rule, colour: str) -> str:
    limit = rule.limit(colour)
    if limit is None:
        return f"undefined: {rule.reason}"
    unit = CATALOGUE[rule.metric].unit
    days = " days" if unit == "days" else ""
    return f"{rule.direction} {limit_as_text(limit, unit)}{days}"


def _overall_rules(rules: RuleSet) -> str:
    critical = f"Critical dimensions: {', '.join(rules.critical)}.\n\n"
    head = f"{critical}| overall rule | colour | if |\n|---|---|---|\n"
    rows = [f"| `{rule.id}` | {colour_word(rule.colour)} | {rule.words} |" for rule in rules.overall]
    return head + "\n".join(rows) + "\n"


if __name__ == "__main__":
    import sys

    sys.stdout.write(rules_page())

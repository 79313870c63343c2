"""The names of the columns that rating adds; they are made here and nowhere else."""

from __future__ import annotations

RAG_COMPUTED = "rag_computed"
RAG_COMPUTED_RULE = "rag_computed_rule"
RAG_COMPUTED_FROM = "rag_computed_from"
RAG_AGREEMENT = "rag_agreement"
RULE_SET = "rule_set"
RULE_SET_HASH = "rule_set_hash"

#: The columns of the overall colour, in order.
OVERALL = (RAG_COMPUTED, RAG_COMPUTED_RULE, RAG_COMPUTED_FROM, RAG_AGREEMENT, RULE_SET, RULE_SET_HASH)

_COMPUTED = "computed_"


def computed(dimension: str) -> str:
    """The column with the computed colour of a dimension.

    >>> computed("cost")
    'computed_cost'
    """
    return f"{_COMPUTED}{dimension}"


def rule_of(dimension: str) -> str:
    """The column with the rule that decided the colour of a dimension."""
    return f"{computed(dimension)}_rule"


def figure_of(dimension: str) -> str:
    """The column with the figure that the deciding rule looked at."""
    return f"{computed(dimension)}_figure"


def threshold_of(dimension: str) -> str:
    """The column with the limit that the deciding rule compared the figure with."""
    return f"{computed(dimension)}_threshold"


def is_rated(column: str) -> bool:
    """Whether rating adds a column of that name."""
    return column in OVERALL or column.startswith(_COMPUTED)

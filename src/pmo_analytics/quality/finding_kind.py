"""What a kind of finding is: code, severity, sentence, what to do.

In the sentences ``{value}`` is the cell as written, ``{column}`` its column, ``{key}`` the key of the row and
``{detail}`` what the check adds.
"""

from __future__ import annotations

from dataclasses import dataclass

ERROR, WARNING, INFO = "error", "warning", "info"

#: From worst to least.
SEVERITIES = (ERROR, WARNING, INFO)


@dataclass(frozen=True, slots=True)
class FindingKind:
    """One kind of finding.

    ``dimension`` is the dimension of data quality that it counts in (see ``dimensions.py``); none where it says
    nothing about the data of a project. ``rule`` is its place in the minimum set of rules, such as ``K1``.
    """

    code: str
    severity: str
    sentence: str
    advice: str = ""
    dimension: str = ""
    rule: str = ""

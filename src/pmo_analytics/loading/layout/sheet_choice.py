"""Sheet choice: which sheets of a workbook a profile reads, and which it leaves out by their names."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from pmo_analytics.errors import ConfigurationError, UnknownName


@dataclass(frozen=True, slots=True)
class SheetChoice:
    """Patterns of sheet names: where ``only`` has some, a sheet must fit one of them; none of ``skip`` may fit.

    ``*`` stands for any letters, ``?`` for one, ``[12]`` for one of them; capitals make no difference.
    """

    only: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()

    def left_out(self, sheet: str | None) -> str:
        """Why a sheet is left out, in words; nothing where it is read. The sheet of a text file has no name.

        >>> SheetChoice(skip=("Q1*",)).left_out("Q1 FY25")
        'skip = "Q1*"'
        """
        if sheet is None:
            return ""
        fitting = (pattern for pattern in self.skip if fnmatchcase(sheet.casefold(), pattern.casefold()))
        skipped = next(fitting, None)
        if skipped is not None:
            return f'skip = "{skipped}"'
        wanted = any(fnmatchcase(sheet.casefold(), pattern.casefold()) for pattern in self.only)
        return "" if wanted or not self.only else "only = " + ", ".join(f'"{one}"' for one in self.only)


EVERY_SHEET = SheetChoice()


def sheet_choice(raw: dict[str, Any], where: str) -> SheetChoice:
    """The choice that the table ``[sheets]`` of a profile makes.

    Raises ``UnknownName`` for another key than ``only`` and ``skip``, ``ConfigurationError`` for what is no list of
    texts.
    """
    for key, patterns in raw.items():
        if key not in ("only", "skip"):
            raise UnknownName(f"key of [sheets] in profile {where}", key, ("only", "skip"))
        listed = patterns if isinstance(patterns, list) else [patterns]
        if not all(isinstance(pattern, str) and pattern for pattern in listed):
            raise ConfigurationError(
                f'{where}: {key} of [sheets] is {patterns!r}; write names of sheets, such as ["Q1*"].'
            )
    given = {key: (one,) if isinstance(one, str) else tuple(one) for key, one in raw.items()}
    return SheetChoice(**given)

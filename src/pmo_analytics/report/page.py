"""The page: what the contents say, as one HTML file that needs no network."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from pmo_analytics.charts.embedding import plotly_script
from pmo_analytics.report.contents import contents as report_contents
from pmo_analytics.report.listings import names
from pmo_analytics.report.listings.every import listings
from pmo_analytics.report.listings.front import amounts, front, standing
from pmo_analytics.report.pages.cells import html
from pmo_analytics.report.pages.figures import figures
from pmo_analytics.report.pages.filters import filters
from pmo_analytics.report.pages.tables import places, plain, table
from pmo_analytics.report.saving import check_target, save
from pmo_analytics.report.sentences import (
    foot_sentence,
    month_sentence,
    reporting_sentence,
    sentences,
    stamp_words,
)
from pmo_analytics.schemas.decisions import Decision
from pmo_analytics.schemas.milestones import Milestone
from pmo_analytics.schemas.paints import PAINTS, STATES
from pmo_analytics.schemas.projects import Project

if TYPE_CHECKING:
    from pathlib import Path

    from pmo_analytics.portfolio import Portfolio
    from pmo_analytics.rag.rule_sets import RuleSet
    from pmo_analytics.report.contents import Contents

_FOLDER = "pages"
#: The column by which the rows of a listing are found.
_KEYS = {
    names.PROJECTS: Project.project_id,
    names.REASONS: Project.project_id,
    names.MILESTONES: Milestone.milestone_id,
    names.DECISIONS: Decision.decision_id,
}
#: The order of the sections below the charts.
_ORDER = (
    names.PROJECTS,
    names.MATRIX,
    names.REASONS,
    names.GROUPS,
    names.DEPARTMENTS,
    names.MILESTONES,
    names.RISKS,
    names.ISSUES,
    names.DECISIONS,
    names.CHANGES,
    names.DEPENDENCIES,
    names.BENEFITS,
    names.SCORES,
    names.QUALITY,
    names.QUARANTINE,
    names.FILES,
    names.SOURCES,
    names.DEFINITIONS,
)


def write_page(
    portfolio: Portfolio,
    path: str | Path,
    *,
    rules: str | Path | RuleSet | None = None,
    title: str | None = None,
    signed_off: str | None = None,
) -> Path:
    """The path of the page written: the first page, charts with their tables, and the listings with filters.

    ``path`` ends in ``.html``; the arguments are those of ``write_report``, and so are the figures; tables that are
    listed as they were delivered stand in the workbook alone. The file
    holds everything it needs, and asks no network for anything. Text from data is always text. Raises
    ``ReportError`` where the file cannot be written, and what rating raises for rules that say something
    impossible.

    >>> import pandas as pd, pathlib, tempfile
    >>> from pmo_analytics.portfolio import Portfolio
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     empty = Portfolio(tables={}, as_of=pd.Timestamp("2026-06-30"))
    ...     write_page(empty, pathlib.Path(folder) / "june.html").name
    'june.html'
    """
    check_target(path, suffix=".html")
    return write_page_of(report_contents(portfolio, rules=rules, title=title, signed_off=signed_off), path)


def write_page_of(contents: Contents, path: str | Path) -> Path:
    """The path of the page written from contents that are computed already; raises ``ReportError``."""
    target = check_target(path, suffix=".html")
    return save(target, page_text(contents).encode("utf-8"))


def page_text(contents: Contents) -> str:
    """The page as the text of an .html file."""
    scripts = [plotly_script(), _part("page.js")]
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    template = environment.from_string(_part("page.html"))
    return template.render(
        **_words(contents),
        **_sections(contents),
        style=Markup(_style()),  # noqa: S704 - our own file
        scripts=[Markup(script) for script in scripts],  # noqa: S704 - plotly's file and our own
        hashes=Markup(" ".join(f"'sha256-{_digest(script)}'" for script in scripts)),  # noqa: S704
    )


def _words(contents: Contents) -> dict[str, Any]:
    """The words at the top and at the foot."""
    return {
        "title": html(contents.title),
        "stamp": html(stamp_words(contents)),
        "draft": contents.signed_off is None,
        "month": html(month_sentence(contents)),
        "reporting": html(reporting_sentence(contents)),
        "sentences": [html(sentence) for sentence in sentences(contents)],
        "foot": html(foot_sentence(contents)),
        "projects": len(contents.projects),
    }


def _sections(contents: Contents) -> dict[str, Any]:
    """The tables of the first page, the figures with theirs, the listings and the filters."""
    choices, made = filters(contents), listings(contents)
    listed = {f"s{at}": made[name] for at, name in enumerate(name for name in _ORDER if name in made)}
    targets = places(listed, _KEYS)
    top = [standing(contents), amounts(contents), *front(contents).values()]
    drawn = figures(contents)
    return {
        "front": [table(listing, f"f{at}", None, targets) for at, listing in enumerate(top)],
        "figures": [
            (figure, table(plain(figure.title, figure.alt, figure.table), f"g{at}", None, {}))
            for at, figure in enumerate(drawn)
        ],
        "tables": [table(listing, anchor, choices, targets) for anchor, listing in listed.items()],
        "filters": choices.choices,
    }


@cache
def _part(name: str) -> str:
    return files(__package__).joinpath(_FOLDER, name).read_text(encoding="utf-8")


def _style() -> str:
    """The style sheet, with the paints of the house."""
    rules = [
        f".c-{state}{{background:{PAINTS[state].fill};color:{PAINTS[state].ink}}}" for state in STATES[:-1]
    ]
    return "\n".join([_part("page.css"), *rules])


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")

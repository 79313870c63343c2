"""pmo_analytics: from spreadsheet exports of project status to figures, colours and reports.

    import pmo_analytics as pmo

    portfolio = pmo.load("exports/2026-06/")           # every workbook and CSV in the folder
    portfolio.findings                                  # one row per fault, with file, sheet and cell

    measured = pmo.measure(portfolio)                   # one row per project, every metric in the catalogue
    rated = pmo.rate(measured)                          # colour per dimension and overall
    print(pmo.explain(rated, "PRJ-014", portfolio=portfolio))
    programmes = pmo.roll_up(portfolio, by="programme_id")

    pmo.write_report(portfolio, "june-board.xlsx")

The contract: tables in, tables out; inputs are never changed; the day that figures refer to comes in as
``as_of`` and no clock is read; an undefined figure is null with a reason beside it, never 0; every
public name is in ``__all__``. Names are loaded when first used, so that the import costs next to nothing.
"""

import importlib as _importlib
import typing as _typing

_HOMES = {
    "Portfolio": "portfolio",
    "PmoError": "errors",
    "Settings": "schemas.settings",
    "amount_movement": "trends",
    "charts": "charts",
    "compare_findings": "quality.following",
    "convert": "metrics.currencies",
    "count_colours": "rollups",
    "data_dictionary": "schemas.dictionary",
    "explain": "rag.explaining",
    "from_frames": "loading.frames",
    "items": "metrics.items",
    "load": "loading.load",
    "measure": "metrics.measuring",
    "measure_by_period": "metrics.measuring",
    "metric_catalogue": "metrics.catalogue",
    "movement": "trends",
    "overbooked_people": "rollups",
    "rate": "rag.rating",
    "read_accepted": "quality.following",
    "read_findings": "quality.following",
    "roll_up": "rollups",
    "roll_up_items": "rollups",
    "roll_up_objectives": "rollups",
    "roll_up_quality": "metrics.data_quality",
    "sample_data": "sample",
    "sample_settings": "sample",
    "score_quality": "metrics.data_quality",
    "weigh_colours": "rollups",
    "write_corrections": "report.corrections",
    "write_page": "report.page",
    "write_report": "report.workbook",
    "write_template": "report.template",
}
_MODULES = frozenset({"charts"})

__all__ = [*sorted(_HOMES), "__version__"]

if _typing.TYPE_CHECKING:
    from pmo_analytics import charts as charts
    from pmo_analytics.errors import PmoError as PmoError
    from pmo_analytics.loading.frames import from_frames as from_frames
    from pmo_analytics.loading.load import load as load
    from pmo_analytics.metrics.catalogue import metric_catalogue as metric_catalogue
    from pmo_analytics.metrics.currencies import convert as convert
    from pmo_analytics.metrics.data_quality import roll_up_quality as roll_up_quality
    from pmo_analytics.metrics.data_quality import score_quality as score_quality
    from pmo_analytics.metrics.items import items as items
    from pmo_analytics.metrics.measuring import measure as measure
    from pmo_analytics.metrics.measuring import measure_by_period as measure_by_period
    from pmo_analytics.portfolio import Portfolio as Portfolio
    from pmo_analytics.quality.following import compare_findings as compare_findings
    from pmo_analytics.quality.following import read_accepted as read_accepted
    from pmo_analytics.quality.following import read_findings as read_findings
    from pmo_analytics.rag.explaining import explain as explain
    from pmo_analytics.rag.rating import rate as rate
    from pmo_analytics.report.corrections import write_corrections as write_corrections
    from pmo_analytics.report.page import write_page as write_page
    from pmo_analytics.report.template import write_template as write_template
    from pmo_analytics.report.workbook import write_report as write_report
    from pmo_analytics.rollups import count_colours as count_colours
    from pmo_analytics.rollups import overbooked_people as overbooked_people
    from pmo_analytics.rollups import roll_up as roll_up
    from pmo_analytics.rollups import roll_up_items as roll_up_items
    from pmo_analytics.rollups import roll_up_objectives as roll_up_objectives
    from pmo_analytics.rollups import weigh_colours as weigh_colours
    from pmo_analytics.sample import sample_data as sample_data
    from pmo_analytics.sample import sample_settings as sample_settings
    from pmo_analytics.schemas.dictionary import data_dictionary as data_dictionary
    from pmo_analytics.schemas.settings import Settings as Settings
    from pmo_analytics.trends import amount_movement as amount_movement
    from pmo_analytics.trends import movement as movement

    __version__: str


def __getattr__(name: str) -> _typing.Any:
    if name == "__version__":
        return _importlib.import_module("importlib.metadata").version("pmo-analytics")
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}; it has {', '.join(__all__)}")
    module = _importlib.import_module(f"{__name__}.{_HOMES[name]}")
    value = module if name in _MODULES else getattr(module, name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})

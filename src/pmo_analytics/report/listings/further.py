"""Changes, dependencies and benefits: registers that a report lists where they were delivered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pmo_analytics.report.listings import names
from pmo_analytics.report.listings.listing import DATE, WRAPPED, Field
from pmo_analytics.report.listings.registers import ENTITY, register_listing
from pmo_analytics.report.registers import BENEFIT_REGISTER, CHANGE_LOG, DELAY, DEPENDENCY_LOG, STATE
from pmo_analytics.schemas.benefits import Benefit
from pmo_analytics.schemas.changes import Change
from pmo_analytics.schemas.dependencies import Dependency

if TYPE_CHECKING:
    from pmo_analytics.report.contents import Contents
    from pmo_analytics.report.listings.listing import Listing

_CHANGES = (
    Field(Change.cr_id, "Change ID", width=11),
    *ENTITY,
    Field(Change.title, "Change requested", WRAPPED, 44),
    Field(Change.type, "Type", width=12),
    Field(STATE, "State", width=10),
    Field(Change.status, "Status", width=12),
    Field(Change.raised, "Raised", DATE, 13),
    Field(Change.decided, "Decided", DATE, 13),
    Field(Change.cost_impact, "Cost impact (+ costs more)", "money", 13),
    Field(Change.currency, "Currency", width=9),
    Field(Change.schedule_impact_days, "Schedule impact (days, + later)", "days", 13),
    Field(Change.funded_from, "Funded from", WRAPPED, 18),
    Field(Change.approver, "Approver", WRAPPED, 22),
)
_DEPENDENCIES = (
    Field(Dependency.dep_id, "Dependency ID", width=13),
    *ENTITY,
    Field(Dependency.from_project, "Needs it of", WRAPPED, 18, link=names.PROJECTS),
    Field(Dependency.description, "Dependency", WRAPPED, 44),
    Field(STATE, "State", width=10),
    Field(Dependency.need_by, "Needed by", DATE, 13),
    Field(Dependency.forecast_date, "Forecast", DATE, 13),
    Field(Dependency.delivered_date, "Delivered", DATE, 13),
    Field(DELAY, "Delay (days, + late)", "days", 10),
    Field(Dependency.giver_owner, "Giver's owner", WRAPPED, 22),
    Field(Dependency.receiver_owner, "Receiver's owner", WRAPPED, 22),
)
_BENEFITS = (
    Field(Benefit.benefit_id, "Benefit ID", width=11),
    *ENTITY,
    Field(Benefit.name, "Benefit", WRAPPED, 40),
    Field(Benefit.type, "Type", width=14),
    Field(Benefit.for_period, "Month", DATE, 13),
    Field(Benefit.planned, "Planned", "money", 12),
    Field(Benefit.forecast, "Forecast", "money", 12),
    Field(Benefit.realised, "Realised", "money", 12),
    Field(Benefit.currency, "Currency", width=9),
    Field(Benefit.owner, "Owner", WRAPPED, 22),
    Field(Benefit.verified_by, "Verified by", WRAPPED, 20),
    Field(Benefit.verified_date, "Verified on", DATE, 13),
)


def changes(contents: Contents) -> Listing:
    """The change requests, those that wait first."""
    told = "Waiting: submitted or deferred, and not decided. Open: a draft."
    return register_listing(names.CHANGES, told, _CHANGES, contents.further[CHANGE_LOG])


def dependencies(contents: Contents) -> Listing:
    """The dependencies, those at risk first; each stands with the project that waits."""
    told = "At risk: not delivered, and forecast after the day of need. Delay: forecast less day of need."
    return register_listing(names.DEPENDENCIES, told, _DEPENDENCIES, contents.further[DEPENDENCY_LOG])


def benefits(contents: Contents) -> Listing:
    """The benefits month by month, cashable and other ones never added."""
    told = "Money of the month; disbenefits are negative."
    return register_listing(names.BENEFITS, told, _BENEFITS, contents.further[BENEFIT_REGISTER])

"""Likeness: ids and names that are nearly the same (rule K3). It only suggests; nothing is taken for anything.

Ids are alike where they differ in what people mistype: O for 0, l or I for 1, a hyphen, a blank, leading noughts.
Names are alike at a ratio of 0.92 or more over their words in any order, *if* the numbers, single letters and "non"
in them are equal: phase 1 and phase 2 are near in letters and far in meaning.
"""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
from rapidfuzz import fuzz, process

from pmo_analytics.quality.findings import faults, gather
from pmo_analytics.quality.keys import is_blank, match_key
from pmo_analytics.quality.rules import Rule, Tables
from pmo_analytics.schemas.identities import Identity
from pmo_analytics.schemas.projects import Project

#: Ratio, in per cent, from which two names of projects are nearly the same, and from which one is suggested.
NEAR, SUGGESTED = 92, 80
#: How many names are compared with all others at once: a bound on memory, not on the comparison.
BLOCK = 1000

_WORD = re.compile(r"[^\W_]+")
_NUMBERED = re.compile(r"\d|^[ivx]+$|^\w$|^non$|^not$")
#: A number in which letters may stand for figures; those of a word are no figures.
_FIGURES = re.compile(r"(?<![^\W\d_])[\doli]*\d[\doli]*(?![^\W\d_])")
_MISTYPED = str.maketrans("oli", "011")
_DIGITS_APART = re.compile(r"(?<=\d)[\s_-]+(?=\d)")
_SEPARATORS = re.compile(r"[\s_-]+")
_NOUGHTS = re.compile(r"(?<!\d)0+(?=\d)")


def in_time(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows by project and period, with ids in the form in which they match."""
    by = [Project.project_id, Project.period]
    return rows.assign(**{by[0]: match_key(rows[by[0]])}).sort_values(by, kind="stable")


def folded(ids: pd.Series) -> pd.Series:
    """The form in which ids are alike that differ only in what people mistype.

    >>> folded(pd.Series(["PRJ-007", "prj 7", "PRJ-OO7", "P1-1", "P11", "AI-1"])).tolist()
    ['prj7', 'prj7', 'prj7', 'p1~1', 'p11', 'ai1']
    """
    keys = match_key(ids)
    return keys.map({key: _fold(key) for key in keys.dropna().unique()})


def _fold(key: str) -> str:
    figures = _FIGURES.sub(lambda run: run.group().translate(_MISTYPED), key)
    joined = _SEPARATORS.sub("", _DIGITS_APART.sub("~", figures))
    return _NOUGHTS.sub("", joined)


def _latest(projects: pd.DataFrame) -> pd.DataFrame:
    return in_time(projects).drop_duplicates(Project.project_id, keep="last")


def _compared(tables: Tables) -> pd.Series:
    projects = tables["projects"]
    return pd.Series(projects.index.isin(_latest(projects).index), index=projects.index)


def _near_duplicates(tables: Tables) -> pd.DataFrame:
    latest = _latest(tables["projects"])
    ids = folded(tables["projects"].loc[latest.index, Project.project_id])
    return gather(
        [
            _told(tables, latest, _same_form(ids), Project.project_id),
            _told(tables, latest, _alike(latest[Project.project_name]), Project.project_name),
        ]
    )


def _told(tables: Tables, latest: pd.DataFrame, pairs: pd.DataFrame, column: str) -> pd.DataFrame:
    """One fault for each pair that the crosswalk does not explain, at the later of the two."""
    ids = latest[Project.project_id]
    pairs = pairs[~_related(ids.loc[pairs["one"]], ids.loc[pairs["other"]], tables["identities"])]
    rows = tables["projects"].loc[pairs["other"]]
    first = tables["projects"].loc[pairs["one"]].set_axis(rows.index)
    beside = first[Project.project_id]
    if column == Project.project_name:
        beside = first[Project.project_name] + " (" + beside + ")"
    return faults(
        "NEAR_DUPLICATE", rows, table_name="projects", column=column, value=rows[column], detail=beside
    )


def _related(one: pd.Series, other: pd.Series, identities: pd.DataFrame) -> np.ndarray:
    ends = (match_key(identities[Identity.source_id]), match_key(identities[Identity.project_id]))
    known = pd.MultiIndex.from_arrays(ends).append(pd.MultiIndex.from_arrays(ends[::-1]))
    related: np.ndarray = pd.MultiIndex.from_arrays([one, other]).isin(known)
    return related


def _same_form(ids: pd.Series) -> pd.DataFrame:
    first = ids.index.to_series().groupby(ids).transform("first")
    again = first != ids.index
    return pd.DataFrame({"one": first[again], "other": ids.index[again]})


def _alike(names: pd.Series) -> pd.DataFrame:
    """Pairs of rows whose names are nearly the same: the labels of both.

    Of equal names each is paired with the first alone: four hundred projects ``To be named`` are one matter.
    """
    said = names[~is_blank(names)]
    every = sorted_words(said)
    equal = _same_form(every)
    words = every[~every.duplicated()]
    said = said.loc[words.index]
    pairs = [_block(words, start) for start in range(0, len(words), BLOCK)]
    found = np.concatenate(pairs) if pairs else np.empty((0, 2), dtype="int64")
    numbers = words.map(_numbers).to_numpy()
    found = found[numbers[found[:, 0]] == numbers[found[:, 1]]]
    near = pd.DataFrame({"one": said.index[found[:, 0]], "other": said.index[found[:, 1]]})
    return pd.concat([equal, near], ignore_index=True)


def _block(words: pd.Series, start: int) -> np.ndarray:
    """The places of alike names whose first stands in a block, each pair once."""
    texts = words.tolist()
    ratios = process.cdist(
        texts[start : start + BLOCK], texts[start:], scorer=fuzz.ratio, score_cutoff=NEAR, dtype=np.uint8
    )
    return np.argwhere(np.triu(ratios, 1) > 0) + start


def sorted_words(names: pd.Series) -> pd.Series:
    """Names as their words in order of the alphabet, so that another order of words is no difference."""
    distinct = match_key(names).drop_duplicates()
    ordered = {name: " ".join(sorted(_WORD.findall(name))) for name in distinct.dropna()}
    return match_key(names).map(ordered)


def _numbers(words: str) -> str:
    return " ".join(word for word in words.split() if _NUMBERED.search(word))


def suggestions(values: pd.Series, listed: pd.DataFrame) -> pd.Series:
    """For ids that nobody knows, which project listed may be meant: ``" (did you mean P-017?)"``, or nothing."""
    known = listed.reindex(columns=[Project.project_id, Project.project_name]).astype("str").drop_duplicates()
    asked = values.drop_duplicates()
    if known.empty or asked.empty:
        return pd.Series("", index=values.index, dtype="str")
    forms = known[Project.project_id].groupby(folded(known[Project.project_id])).agg(_listed)
    bearers = known[Project.project_id].groupby(match_key(known[Project.project_name])).agg(_listed)
    guesses = (folded(asked).map(forms), match_key(asked).map(bearers), _nearest(asked, known))
    meant = pd.Series(pd.NA, index=asked.index, dtype="str")
    for guess in guesses:
        meant = meant.fillna(guess.astype("str"))
    told = (" (did you mean " + meant + "?)").fillna("").set_axis(asked)
    return values.map(told).fillna("").astype("str")


def _listed(ids: pd.Series) -> str:
    return " or ".join(ids.drop_duplicates())


def _nearest(asked: pd.Series, known: pd.DataFrame) -> pd.Series:
    """The id whose own text or whose name is nearest, with the same numbers in it; null where none is near."""
    text = pd.concat([known[Project.project_id], known[Project.project_name]], ignore_index=True)
    of = pd.concat([known[Project.project_id]] * 2, ignore_index=True)[text.notna()]
    words, wanted = sorted_words(text.dropna()), sorted_words(asked)
    ratios = process.cdist(
        wanted.tolist(), words.tolist(), scorer=fuzz.ratio, score_cutoff=SUGGESTED, dtype=np.uint8
    )
    numbers, own = words.map(_numbers).to_numpy(), wanted.map(_numbers).to_numpy()
    ratios = np.where(own[:, None] == numbers[None, :], ratios, 0)
    best = ratios.argmax(axis=1)
    nearest = pd.Series(of.to_numpy()[best], index=asked.index, dtype="str")
    return nearest.where(ratios.max(axis=1) > 0)


LIKE = (
    Rule(
        "NEAR_DUPLICATE",
        "projects",
        _near_duplicates,
        (("projects", Project.project_id),),
        applies=_compared,
    ),
)

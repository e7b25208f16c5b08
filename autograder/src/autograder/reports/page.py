"""The report as one HTML page that stands alone: no script, no address, pictures inside."""

import base64
import io
import math
import os
import statistics
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from autograder.records import ItemScore
from autograder.reports.report import Report
from autograder.reports.templates import render

__all__ = ["as_html"]


def as_html(report: Report, feedback: dict[str, Path], beside: Path) -> str:
    """The page; it links to each student's `feedback` page as seen from the file `beside`, where it will be."""
    totals = [row.score for row in report.rows]
    return render(
        "report.html",
        report=report,
        feedback={student: os.path.relpath(path, beside.absolute().parent) for student, path in feedback.items()},
        mean=statistics.fmean(totals) if totals else 0.0,
        median=statistics.median(totals) if totals else 0.0,
        attention=[row for row in report.rows if row.state != "graded"],
        pictures=[_as_image(figure) for figure in _figures(report)] if report.rows else [],
    )


def _figures(report: Report) -> Iterator[tuple[str, Figure]]:
    yield "How many students reached how many points", _totals(report)
    yield "Share of the points, by student and exercise; grey is still to be marked by hand", _matrix(report)


def _totals(report: Report) -> Figure:
    figure = Figure(figsize=(9.6, 2.6), layout="constrained")
    axes = figure.add_subplot()
    span = (0.0, report.max_score or 1.0)
    axes.hist([row.score for row in report.rows], bins=20, range=span, color="#3b6ea8", rwidth=0.92)
    axes.set(xlabel="points", ylabel="students", xlim=span)
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.spines[["top", "right"]].set_visible(False)
    return figure


def _matrix(report: Report) -> Figure:
    rows = sorted(report.rows, key=lambda row: row.score, reverse=True)
    shares = np.ma.masked_invalid([[_share(item) for item in row.items] for row in rows])
    labelled = len(rows) <= 60
    height = 1.6 + (0.24 * len(rows) if labelled else 8.0)
    figure = Figure(figsize=(9.6, height), layout="constrained")
    axes = figure.add_subplot()
    axes.set_facecolor("#e3e6ea")  # what a person has still to mark
    colours = LinearSegmentedColormap.from_list("points", ["#fbe3d6", "#f6f1d5", "#3b6ea8"])
    image = axes.imshow(shares, vmin=0, vmax=1, cmap=colours, aspect="auto", interpolation="nearest")
    names = [item.title for item in report.items]
    axes.set_xticks(range(len(names)), names, rotation=40, ha="right", rotation_mode="anchor", fontsize=8)
    axes.set_yticks(range(len(rows)) if labelled else [], [row.student for row in rows] if labelled else [], fontsize=8)
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    figure.colorbar(image, ax=axes, shrink=0.6, pad=0.02, format=lambda share, _: f"{share:.0%}")
    return figure


def _share(item: ItemScore) -> float:
    """Points as a share of what could be had; NaN for what a person has still to decide."""
    if item.needs_marking:
        return math.nan
    return item.score / item.max_score if item.max_score else 0.0


def _as_image(titled: tuple[str, Figure]) -> dict[str, str]:
    title, figure = titled
    buffer = io.BytesIO()
    figure.savefig(buffer, format="svg", metadata={"Date": None})
    return {"title": title, "data": base64.b64encode(buffer.getvalue()).decode()}

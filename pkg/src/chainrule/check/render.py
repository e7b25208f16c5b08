"""A score as text and as HTML. Pure functions; colours are set inline so that they survive in exported feedback."""

from html import escape

from chainrule.check.heatmap import heatmap
from chainrule.check.language import catalogue
from chainrule.check.record import N_, Outcome, Score

__all__ = ["as_html", "as_text"]

_GOOD, _BAD, _IDLE = "#1a7f37", "#b42318", "#8a6d00"


def as_text(score: Score, lang: str) -> str:
    """The score in plain text, a line for each property and an indented reason for each failure."""
    head = f"{score.exercise}: {_headline(score, lang)}"
    if score.untouched:
        return head
    lines = [head]
    for outcome, reason in zip(score.outcomes, _reasons(score, lang), strict=True):
        lines.append(f"  {'+' if outcome.passed else '-'} {_title(outcome, lang)}")
        lines += [f"      {line}" for _kind, line in reason]
    return "\n".join(lines)


def as_html(score: Score, lang: str) -> str:
    """The score as a small card: points, then a line for each property, with reason and picture where one fails."""
    full = score.points == score.max_points
    colour = _GOOD if full else (_IDLE if score.untouched else _BAD)
    head = (
        f'<div><b style="color:{colour}">{_mark(full, score.untouched)} {escape(_headline(score, lang))}</b>'
        f' &nbsp;<code style="background:none">{escape(score.exercise)}</code></div>'
    )
    pairs = zip(score.outcomes, _reasons(score, lang), strict=True)
    body = "" if score.untouched else "".join(_item(outcome, reason, lang) for outcome, reason in pairs)
    listing = f'<ul style="list-style:none;margin:.35em 0 0;padding:0">{body}</ul>' if body else ""
    return (
        f'<div lang="{lang}" style="border-left:4px solid {colour};padding:.45em .9em;margin:.2em 0;'
        f'line-height:1.45;max-width:60em">{head}{listing}</div>'
    )


def _headline(score: Score, lang: str) -> str:
    _ = catalogue(lang).gettext
    if score.untouched:
        return _(N_("not done yet: fill in the cell above (and what it calls), run it, then this one again"))
    gaps = {"points": f"{score.points:g}", "max": f"{score.max_points:g}"}
    if score.points == score.max_points:
        return _(N_("all right, {points} of {max} points")).format(**gaps)
    return _(N_("{points} of {max} points")).format(**gaps)


def _mark(full: bool, untouched: bool) -> str:
    return "✓" if full else ("…" if untouched else "✗")


def _title(outcome: Outcome, lang: str) -> str:
    _ = catalogue(lang).gettext
    return outcome.name(lang) + (_(N_(" (hidden)")) if outcome.hidden else "")


def _reasons(score: Score, lang: str) -> list[list[tuple[str, str]]]:
    """For each property, why it fails: (kind, line), most useful first, each line only once.

    Of a hidden property, nothing that betrays its inputs or values.
    """
    shown: set[tuple[str, str]] = set()
    reasons = []
    for outcome in score.outcomes:
        fresh = [line for line in _lines(outcome, lang) if line not in shown]
        shown.update(line for line in fresh if line[0] != "message")
        reasons.append(fresh)
    return reasons


def _lines(outcome: Outcome, lang: str) -> list[tuple[str, str]]:
    finding = outcome.finding
    if finding is None:
        return []
    hint = [("hint", finding.hint.text(lang))] if finding.hint else []
    if outcome.hidden:
        return hint
    lines = [*hint, ("message", finding.message.text(lang))]
    if outcome.call and finding.stage != "done":
        lines.append(("call", outcome.call))
    if outcome.printed:
        text = catalogue(lang).gettext(N_("it printed: {text}")).format(text=outcome.printed.strip())
        lines.append(("printed", text))
    return lines


def _item(outcome: Outcome, lines: list[tuple[str, str]], lang: str) -> str:
    colour = _GOOD if outcome.passed else _BAD
    first = f'<span style="color:{colour}">{_mark(outcome.passed, False)}</span> {escape(_title(outcome, lang))}'
    finding = outcome.finding
    if finding is None or not lines:
        return f"<li>{first}</li>"
    tags = {"hint": "b", "call": "code", "message": "span", "printed": "span"}
    rows = "<br>".join(f"<{tags[kind]}>{escape(line)}</{tags[kind]}>" for kind, line in lines)
    picture = "" if outcome.hidden else heatmap(finding.got, finding.expected, lang)
    return f'<li>{first}<div style="margin:.1em 0 .5em 1.3em">{rows}{picture}</div></li>'

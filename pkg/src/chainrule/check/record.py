"""Records of a check; they carry their sentences untranslated, so that one report speaks both languages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from numpy.typing import NDArray

from chainrule.check.language import bilingual, catalogue

__all__ = ["N_", "Finding", "Message", "Outcome", "Score"]


def N_(message: str) -> str:  # noqa: N802 - gettext's usual mark for a text that is translated later
    """Mark a message for the catalogue; it is translated when it is shown."""
    return message


@dataclass(frozen=True)
class Message:
    """A sentence in English with named gaps, and what goes into them.

    >>> Message("got {got}", {"got": 3}).text("en")
    'got 3'
    """

    template: str
    gaps: dict[str, Any] = field(default_factory=dict)

    def text(self, lang: str) -> str:
        """The sentence in a language."""
        words = {key: value.text(lang) if isinstance(value, Message) else value for key, value in self.gaps.items()}
        return catalogue(lang).gettext(self.template).format(**words)


@dataclass(frozen=True)
class Finding:
    """The reason why one property does not hold.

    `stage` says how far the check came: "done", "call", "structure", "arguments", "values", "gradient" or "repeat".
    `suspects` are the mistakes that fit, by identifier; `diagnosis` is the likeliest, `hint` its sentence. `got` and
    `expected` belong to the returned value `label`.
    """

    stage: str
    message: Message
    diagnosis: str | None = None
    hint: Message | None = None
    got: NDArray[Any] | None = None
    expected: NDArray[Any] | None = None
    label: str = ""
    suspects: Mapping[str, Message] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """One property of an answer: its name in both languages, its weight, and the finding if it does not hold."""

    title: str
    weight: float
    hidden: bool = False
    finding: Finding | None = None
    call: str = ""
    printed: str = ""

    @property
    def passed(self) -> bool:
        """Whether the property holds."""
        return self.finding is None

    def name(self, lang: str) -> str:
        """The property's name in a language."""
        return bilingual(self.title, lang)


@dataclass(frozen=True)
class Score:
    """Outcomes of one exercise, and the points they earn.

    >>> Score("f", 2, (Outcome("a", 1), Outcome("b", 1))).points
    2.0
    """

    exercise: str
    max_points: float
    outcomes: tuple[Outcome, ...]

    @property
    def points(self) -> float:
        """Points earned, to two decimals, in proportion to the weights of what holds; full only if all holds."""
        total = sum(outcome.weight for outcome in self.outcomes)
        earned = sum(outcome.weight for outcome in self.outcomes if outcome.passed)
        if earned == total:
            return float(self.max_points) if total else 0.0
        # Cut off, not rounded: a tiny share that is missing must not round up to everything.
        return int(100 * self.max_points * earned / total) / 100

    @property
    def untouched(self) -> bool:
        """Whether the stub was not filled in."""
        return bool(self.outcomes) and all(o.finding is not None and o.finding.stage == "done" for o in self.outcomes)

    @property
    def diagnoses(self) -> tuple[str, ...]:
        """Identifiers of the mistakes that were recognised, in order, each once."""
        recognised = [o.finding.diagnosis for o in self.outcomes if o.finding is not None and o.finding.diagnosis]
        return tuple(dict.fromkeys(recognised))

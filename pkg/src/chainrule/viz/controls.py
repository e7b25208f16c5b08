"""Sliders and menus under a figure. The figure is a pure function of their values; here is only the wiring."""

import base64
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from matplotlib.figure import Figure

from chainrule.check.language import bilingual, language
from chainrule.viz.canvas import png

__all__ = ["Explorer", "explore"]

Range = tuple[float, float, float, float] | tuple[int, int, int, int]
Choices = Mapping[str, str]


class Explorer:
    """A figure with sliders: a widget where a notebook can move it, the picture alone everywhere else.

    `widget` is the ipywidgets box; `sliders` its controls by argument name; `figure()` draws for their values.

    Args:
        draw: makes the figure; takes the sliders' values as keyword arguments.
        labels: text of each slider, "English | 中文", by argument name.
        ranges: (lowest, highest, step, start) of each slider, or the choices of a menu with their labels.

    >>> from chainrule.viz import curves
    >>> Explorer(lambda n: curves({"n": list(range(n))}), {}, {"n": (1, 9, 1, 3)}).sliders["n"].value
    3
    """

    def __init__(
        self, draw: Callable[..., Figure], labels: Mapping[str, str], ranges: Mapping[str, Range | Choices]
    ) -> None:
        import ipywidgets  # takes half a second, and only notebooks need it

        self._draw = draw
        lang = language()
        self.sliders: dict[str, Any] = {}
        for name, values in ranges.items():
            kind, settings = _control(values, lang)
            self.sliders[name] = getattr(ipywidgets, kind)(
                description=bilingual(labels.get(name, name), lang),
                style={"description_width": "9em"},
                layout={"width": "30em"},
                **settings,
            )
        first = self.figure()
        self._picture = ipywidgets.Image(value=png(first), format="png", width=int(100 * first.get_figwidth()))
        for slider in self.sliders.values():
            slider.observe(self._refresh, names="value")
        self.widget = ipywidgets.VBox([self._picture, *self.sliders.values()])

    def figure(self) -> Figure:
        """The figure for the sliders' present values."""
        return self._draw(**{name: slider.value for name, slider in self.sliders.items()})

    def _refresh(self, change: object) -> None:
        del change
        self._picture.value = png(self.figure())

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        """The widget, and the picture for pages that cannot run one."""
        del include, exclude
        picture = base64.b64encode(self._picture.value).decode()
        size = {"image/png": {"width": int(self._picture.width)}}
        return {**self.widget._repr_mimebundle_(), "image/png": picture}, size


def _control(values: Range | Choices, lang: str) -> tuple[str, dict[str, Any]]:
    """Name and settings of the ipywidgets control for an argument."""
    if isinstance(values, Mapping):
        return "Dropdown", {"options": [(bilingual(text, lang), name) for name, text in values.items()]}
    low, high, step, value = values
    settings: dict[str, Any] = {"value": value, "min": low, "max": high, "step": step}
    if all(isinstance(number, int) for number in (low, high, step)):
        return "IntSlider", settings
    # ipywidgets shows two decimals, so that steps of 0.002 would seem to change nothing
    exponent = Decimal(str(step)).normalize().as_tuple().exponent
    return "FloatSlider", settings | {"readout_format": f".{max(0, -int(exponent))}f"}


def explore(
    draw: Callable[..., Figure], labels: Mapping[str, str] | None = None, **ranges: Range | Choices
) -> Explorer:
    """Sliders for the arguments of a figure function.

    Args:
        draw: takes the sliders' values by name, returns a figure.
        labels: what to write beside a slider, "English | 中文"; its name if missing.
        ranges: for each argument (lowest, highest, step, first value); four integers make an integer slider. Or a
            menu: {value: "its name | 它的名字"}, the first one chosen.

    >>> from chainrule.viz import curves
    >>> explorer = explore(lambda n: curves({"n": list(range(n))}), n=(1, 9, 1, 3))
    >>> explorer.sliders["n"].value = 5
    >>> len(explorer.figure().axes[0].lines[0].get_ydata())
    5
    """
    return Explorer(draw, labels or {}, ranges)

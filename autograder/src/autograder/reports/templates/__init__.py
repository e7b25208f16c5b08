"""Pages: what they look like, apart from what they say."""

from typing import Any

import jinja2

__all__ = ["render"]


def render(template: str, **values: Any) -> str:
    """A page from its template; every value is escaped unless it is Markup, and none may be missing."""
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("autograder.reports"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters["points"] = lambda points: f"{round(points, 2):g}"
    return environment.get_template(template).render(**values)

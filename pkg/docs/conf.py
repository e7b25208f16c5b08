"""How the reference is built: pages name modules, everything else comes from their docstrings. `make docs`."""

import re
from collections.abc import Iterator

import chainrule
from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.nodes import make_refnode

project = "chainrule"
author = "the chainrule course kit contributors"
project_copyright = f"2026, {author}"
version = release = chainrule.__version__

extensions = ["sphinx.ext.autodoc", "sphinx.ext.autosummary", "sphinx.ext.napoleon", "sphinx.ext.viewcode"]
# A name in single backticks is a name of Python's; `py:obj` links it if there is a page for it.
default_role = "py:obj"
autodoc_default_options = {"members": True, "member-order": "groupwise"}
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
python_maximum_signature_line_length = 88
add_module_names = False
toc_object_entries_show_parents = "hide"
nitpicky = False

html_theme = "furo"
html_title = f"chainrule {version}"
html_static_path = ["static"]
html_css_files = ["reference.css"]
html_show_sphinx = False
html_copy_source = False


def plain_docstring(_app: Sphinx, what: str, _name: str, obj: object, _options: object, lines: list[str]) -> None:
    """Docstrings are written to be read in a terminal; the few things that RST reads otherwise are turned here."""
    text = "\n".join(escaped(lines))
    text = re.sub(r"(?:^\|.*\|$\n?)+", lambda table: list_table(table.group().splitlines()), text, flags=re.MULTILINE)
    text = re.sub(r"^Source: ", ":Source: ", text, flags=re.MULTILINE)
    text = re.sub(r"(^:Source: .*\n)((?:\S.*\n?)+)", continuation, text, flags=re.MULTILINE)
    lines[:] = text.split("\n")
    if what == "module":
        lines += ["", ".. autosummary::", "   :nosignatures:", "", *(f"   {name}" for name in documented(obj)), ""]


def documented(module: object) -> list[str]:
    """Public classes and functions; what is only another name of a type has no docstring of its own."""
    return [name for name in module.__all__ if getattr(module, name).__module__.startswith("chainrule")]


def short_signature(
    _app: Sphinx, _what: str, _name: str, _obj: object, _options: object, signature: str | None, result: str | None
) -> tuple[str | None, str | None]:
    """`Array` for an array of floats, as the source has it, and not NumPy's five nested names."""
    return shortened(signature), shortened(result)


def shortened(text: str | None) -> str | None:
    """NumPy's unions by the names that the source has for them, and defaults that can be read as Python."""
    if text is None:
        return None
    text = DTYPE_LIKE.sub("DTypeLike", ARRAY_LIKE.sub("ArrayLike", text))
    text = re.sub(r"<(?:class '|function )(?:\w+\.)*(\w+)'?>", r"\1", text).replace("<factory>", "...")
    return ARRAY.sub(array_name, text)


DTYPE_LIKE = re.compile(r"type\[~?(?:typing\.)?Any\] \| [^=]*?_DTypeDict \| str")
ARRAY_LIKE = re.compile(r"~?[\w.]*_Buffer \| .*?_NestedSequence\[complex \| bytes \| str\]")
ARRAY = re.compile(
    r"~?(?:numpy\.)?ndarray\[tuple\[~?(?:typing\.)?Any, \.\.\.\], "
    r"~?(?:numpy\.)?dtype\[~?([\w.]+)(?:\[~?[\w.]+\])?\]\]"
)


def array_name(match: re.Match[str]) -> str:
    """From the dtype."""
    kind = match.group(1).rpartition(".")[2]
    return "Array" if kind == "floating" else "NDArray" if kind == "Any" else f"NDArray[{kind}]"


def continuation(match: re.Match[str]) -> str:
    """A field goes on in indented lines only."""
    return match.group(1) + "".join(f"    {line}\n" for line in match.group(2).splitlines())


def escaped(lines: list[str]) -> Iterator[str]:
    """Everything but examples, literal blocks and tables, where each character stands for itself."""
    literal: int | None = None
    example = False
    for line in lines:
        indent = len(line) - len(line.lstrip())
        if literal is not None and line.strip() and indent <= literal:
            literal = None
        example = bool(line.strip()) and (example or line.lstrip().startswith(">>>"))
        yield line if example or literal is not None or line.startswith("|") else escape(line)
        if literal is None and line.rstrip().endswith("::"):
            literal = indent


def escape(line: str) -> str:
    r"""Keep |x| from naming a substitution and 2 * x from opening an emphasis; bullets and backticks stay."""
    bullet, rest = re.match(r"( *\* )?(.*)", line).groups()
    parts = re.split(r"(`[^`]*`|\*\*[^*]+\*\*)", rest)
    return (bullet or "") + "".join(part if i % 2 else re.sub(r"([|*])", r"\\\1", part) for i, part in enumerate(parts))


def list_table(rows: list[str]) -> str:
    """A Markdown table, head and rule first, as RST's list-table."""
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]
    out = ["", ".. list-table::", "   :header-rows: 1", ""]
    for row in [cells[0], *cells[2:]]:
        out += [f"   {'* -' if i == 0 else '  -'} {cell}" for i, cell in enumerate(row)]
    return "\n".join([*out, "", ""])


def by_last_name(
    app: Sphinx, env: BuildEnvironment, node: pending_xref, content: nodes.Element
) -> nodes.Element | None:
    """Link `conv2d` to chainrule.ops.conv2d from any page, where only one object has that name."""
    target = node.get("reftarget", "")
    if node.get("refdomain") != "py" or not target:
        return None
    found = [
        (name, entry)
        for name, entry in env.domains.python_domain.objects.items()
        if name.endswith(f".{target.removeprefix('chainrule.')}") and not entry.aliased
    ]
    if len(found) != 1:
        return None
    name, entry = found[0]
    return make_refnode(app.builder, node["refdoc"], entry.docname, entry.node_id, content, name)


def setup(app: Sphinx) -> None:
    """Called by Sphinx."""
    # Before napoleon, which has priority 500.
    app.connect("autodoc-process-docstring", plain_docstring, priority=400)
    app.connect("autodoc-process-signature", short_signature)
    app.connect("missing-reference", by_last_name)

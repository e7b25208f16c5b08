"""`autograder release`: solutions/ -> course/."""

from pathlib import Path

import click

from autograder.commands.options import course_option, subcommand
from autograder.course.folder import Course
from autograder.course.release import release, stale
from autograder.course.source import find_source, load_source, sources_in
from autograder.log import keep_log

__all__ = ["command"]


@subcommand("release")
@click.argument("notebooks", nargs=-1, metavar="[NOTEBOOK]...")
@click.option(
    "--solutions",
    default=None,
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of the sources.  [default: solutions/ in the course folder]",
)
@click.option("--check", is_flag=True, help="Write nothing; fail if course/ is not what the sources make.")
@course_option
def command(notebooks: tuple[str, ...], solutions: Path | None, check: bool, course: Course) -> None:
    """Make the students' notebooks from their sources, all of them unless some are named.

    Solutions, hidden tests and marking schemes stay behind; the gradebook learns exercises and points.
    """
    solutions = solutions or course.root / "solutions"
    paths = [find_source(solutions, name) for name in notebooks] or list(sources_in(solutions).values())
    sources = [load_source(path) for path in paths]
    if check:
        old = [path for source in sources for path in stale(course.root / "course", source)]
        if old:
            raise click.ClickException(
                f"these are not what {solutions} makes today: {', '.join(map(str, old))}. "
                "To fix it: run autograder release and commit course/."
            )
        click.echo(f"course/ is up to date: {len(sources)} notebooks")
        return
    course.root.mkdir(parents=True, exist_ok=True)
    keep_log(course.root)
    for source in sources:
        made = release(course, source)
        click.echo(f"{made.assignment}: {made.exercises} graded cells, {made.points:g} points")
        for path in made.notebooks:
            click.echo(f"  {path}")

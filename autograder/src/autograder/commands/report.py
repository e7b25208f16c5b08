"""`autograder report`: how the class did."""

import json
from pathlib import Path

import click

from autograder.commands.options import console, course_option, json_option, subcommand
from autograder.course.folder import Course
from autograder.course.gradebook import find_assignment, notebook_name
from autograder.files import write_whole
from autograder.reports.report import as_csv, as_json, as_table, report_on

__all__ = ["command"]


@subcommand("report")
@click.argument("notebook")
@click.option("--csv", "csv_path", type=click.Path(path_type=Path), help="Write the table as CSV, too.")
@click.option("--html", "html_path", type=click.Path(path_type=Path), help="Write a page with pictures, too.")
@course_option
@json_option
def command(notebook: str, csv_path: Path | None, html_path: Path | None, course: Course, machine: bool) -> None:
    """Show points by student and by exercise, with mean and distribution."""
    assignment = find_assignment(course, notebook)
    report = report_on(course, assignment)
    if csv_path:
        write_whole(csv_path, as_csv(report))
    if html_path:
        from autograder.reports.page import as_html  # matplotlib takes longer to import than all the rest

        pages = {row.student: course.step("feedback", row.student, assignment) for row in report.rows}
        name = f"{notebook_name(course, assignment)}.html"
        there = {student: folder / name for student, folder in pages.items() if (folder / name).is_file()}
        write_whole(html_path, as_html(report, there, beside=html_path))
    if machine:
        click.echo(json.dumps(as_json(report)))
    else:
        console().print(as_table(report))

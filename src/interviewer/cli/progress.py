"""`interviewer progress`: how practice goes, in the terminal, as a page or as data."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from ..report.trends import progress
from . import options, past
from .delivering import deliver, json_text, show_page
from .desk import Desk
from .plain import sheet_width


@click.command("progress")
@options.html
@options.open_it
@options.as_json
def command(html: Path | None, open_it: bool, as_json: bool) -> None:
    """Show each dimension's level over time with how sure it is, by kind and company, and what to practise next."""
    desk = Desk.open()
    with desk.store() as store:
        record = past.record(store, desk.bank)
    found = progress(record, desk.bank.scale(), date.today())
    following = past.upcoming(record, desk.bank)
    if as_json:
        from ..report.progress_document import progress_document

        click.echo(json_text(progress_document(found, following)))
    elif html or open_it:
        from ..report import progress_page

        page = progress_page.render(found, following, desk.bank)
        if open_it:
            show_page(page, html or desk.paths.page_file("progress"))
        else:
            deliver(page, html)
    else:
        from ..report import progress_text

        click.echo(progress_text.render(found, following, desk.bank, sheet_width()), nl=False)

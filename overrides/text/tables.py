"""Tables (step 1): headings and rows in, HTML out that a phone shows as cards. It knows no page."""

from collections.abc import Iterable

COLUMNS_BESIDE_EACH_OTHER = 4  # more do not fit in the text's column; such a table stays cards


def table(
    headings: list[str], rows: Iterable[tuple[str, list[str]]], *, quiet: bool = False
) -> str:
    """A table that the style sheet turns into cards on a phone; a row is its id and its cells.

    `quiet` leaves the headings out of the cards, where they would only repeat themselves.
    """
    head = "".join(f'<th role="columnheader" scope="col">{text}</th>' for text in headings)
    # HTML already, but for the quote, which would end an attribute.
    labels = ["" if quiet else text.replace('"', "&quot;") for text in headings]
    wide = ' class="wide"' if len(headings) > COLUMNS_BESIDE_EACH_OTHER else ""
    body = "".join(_row(labels, row_id, cells) for row_id, cells in rows)
    return (
        f'<table role="table"{wide}><thead><tr role="row">{head}</tr></thead>'
        f"<tbody>{body}</tbody></table>"
    )


def _row(labels: list[str], row_id: str, cells: list[str]) -> str:
    inside = "".join(
        f'<td role="cell" data-label="{label}">{cell}</td>'
        for label, cell in zip(labels, cells, strict=True)
    )
    name = f' id="{row_id}"' if row_id else ""
    return f'<tr role="row"{name}>{inside}</tr>'

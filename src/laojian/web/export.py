"""A list as an Excel workbook, as shown on the screen; text that a spreadsheet would run as a formula stays text."""

from collections.abc import Iterable
from io import BytesIO
from urllib.parse import quote

from django.http import HttpResponse
from openpyxl import Workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(title: str, headings: list[str], rows: Iterable[list]) -> HttpResponse:
    """The response that saves the rows under `title`."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:30])
    sheet.append(headings)
    for row in rows:
        sheet.append([harmless(value) for value in row])
    made = BytesIO()
    book.save(made)
    response = HttpResponse(made.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(title)}.xlsx"
    return response


def harmless(value):
    """A cell that is never read as a formula."""
    return f"'{value}" if isinstance(value, str) and value[:1] in "=+-@\t\r" else value

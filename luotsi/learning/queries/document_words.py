"""The words of what keeps a document of study data from being read, in the active language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

FAULTS: dict[str, _StrPromise] = {
    "contradicts": _("“%(found)s” was told before with other contents: %(before)s. Which one holds cannot be known."),
    "empty": _("There is nothing in the file."),
    "foreign": _("This is neither a right to study of KOSKI nor a personal plan of eHOKS."),
    "locked": _("The file in the archive is locked with a password."),
    "missing": _("A value that must be there is missing."),
    "more": _("Something stands after the end of the document."),
    "named_twice": _("A name stands twice in one object. Which of its values holds cannot be known."),
    "not_code": _("A value of a code list is expected; here stands: %(found)s."),
    "not_day": _("A day such as 2026-11-26 is expected; here stands: %(found)s."),
    "not_flag": _("True or false is expected; here stands: %(found)s."),
    "not_json": _("This is no JSON."),
    "not_list": _("A list is expected; here stands: %(found)s."),
    "not_number": _("A number is expected; here stands: %(found)s."),
    "not_object": _("An object is expected; here stands: %(found)s."),
    "not_signs": _("A text holds signs that no text can have: a null, or half of a sign."),
    "not_table": _("This row does not have what its table must have."),
    "not_text": _("A text is expected; here stands: %(found)s."),
    "not_utf8": _("The text is not in UTF-8."),
    "not_zip": _("The archive cannot be opened or is broken."),
    "renamed": _("This is an archive or a workbook under another name. Send the file that was meant."),
    "swells": _("Unpacked the archive would be far larger than study data are. It was not opened."),
    "table_alone": _("Tables of a mass transfer belong together: send all of them in one archive."),
    "too_deep": _("Values stand in each other too deep."),
    "too_large": _("The document is too large."),
    "twice": _("“%(found)s” was told before, the same: %(before)s."),
    "unknown_file": _("Only files of JSON, JSON lines, tables of a mass transfer and archives of them are read."),
    "workbook": _("This is a workbook of a spreadsheet program. Save its sheet as CSV, or ask the register for JSON."),
}


def sentence(code: str, found: str = "", before: str = "") -> str:
    """Return what a fault says."""
    return str(FAULTS[code]) % {"found": found, "before": before}

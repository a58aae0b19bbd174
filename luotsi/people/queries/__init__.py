"""What the pages of the people room show; other rooms come in by the names listed here."""

from luotsi.people.queries.menu import menu_entry, scope_options, second_level
from luotsi.people.queries.overview import Overview, overview_of
from luotsi.people.queries.search import found_by

__all__ = ["Overview", "found_by", "menu_entry", "overview_of", "scope_options", "second_level"]

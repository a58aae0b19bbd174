"""A page of a response as its template draws it."""

from luotsi.questionnaires.queries.shown.page import ShownPage, page_of

__all__ = ["ShownPage", "page_of"]

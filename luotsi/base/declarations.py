"""The form in which a room declares the personal data it holds; free of Django, so that rules can use it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PersonalData:
    """One declaration: which fields of which model ("people.Person") hold data of persons, and the terms.

    `title` and `what` tell the reader of the privacy page what is kept; `model` and `fields` are checked by tests.
    """

    title: str
    what: str
    model: str
    fields: tuple[str, ...]
    purpose: str
    basis: str
    retention: str


def marked(text: str) -> str:
    """Return the text itself; imported as `_`, it marks a declaration for the message catalogues without Django."""
    return text

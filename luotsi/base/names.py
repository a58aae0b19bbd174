"""Names that a provider keeps in one to three languages; a missing one is shown as missing, never faked."""

from dataclasses import dataclass

from django.utils.translation import get_language

ORDER = ("fi", "sv", "en")


@dataclass(frozen=True)
class Names:
    """A name in Finnish, Swedish and English; empty string = not given."""

    fi: str = ""
    sv: str = ""
    en: str = ""

    def best(self, language: str | None = None) -> tuple[str, str]:
        """Return (text, language code): the asked language (default: the active one) or the first given."""
        wanted = (language or get_language() or "fi")[:2]
        for code in (wanted, *ORDER):
            if text := str(getattr(self, code, "")):
                return text, code
        return "", wanted

    @property
    def text(self) -> str:
        """The name in the active language, or in the first language it has."""
        return self.best()[0]

    @property
    def lang(self) -> str:
        """The language that `text` is in, for the lang attribute."""
        return self.best()[1]

    @property
    def missing(self) -> tuple[str, ...]:
        """Languages in which the name has not been given."""
        return tuple(code for code in ORDER if not getattr(self, code))

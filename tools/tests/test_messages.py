"""Catalogues compile without gettext."""

import gettext
from pathlib import Path

from tools.messages import compile_catalogue

CATALOGUE = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\nLanguage: fi\\nPlural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "School"
msgstr "Koulu"

#, fuzzy
msgid "Teacher"
msgstr "Koulu"

msgid "%(count)s school"
msgid_plural "%(count)s schools"
msgstr[0] "%(count)s koulu"
msgstr[1] "%(count)s koulua"
"""


class TestCompiling:
    def test_gettext_reads_what_was_compiled_without_guesses(self, tmp_path: Path) -> None:
        source = tmp_path / "fi/LC_MESSAGES/django.po"
        source.parent.mkdir(parents=True)
        source.write_text(CATALOGUE)
        compile_catalogue(source)
        finnish = gettext.translation("django", localedir=tmp_path, languages=["fi"])
        assert [finnish.gettext("School"), finnish.gettext("Teacher")] == ["Koulu", "Teacher"]
        assert finnish.ngettext("%(count)s school", "%(count)s schools", 2) == "%(count)s koulua"

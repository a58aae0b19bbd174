"""What several tests of the room stand on."""

import pytest

from luotsi.people.tests.cast import Cast
from luotsi.questionnaires.actions import drafts
from luotsi.questionnaires.actions.surveys import letters, publishing, settling
from luotsi.questionnaires.models import QuestionnaireVersion
from luotsi.questionnaires.tests import ticking
from luotsi.questionnaires.tests.answered import SMALL
from luotsi.questionnaires.tests.drafted import NAMES


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse to run tests of differences from SurveyJS when the list in the docs is another one."""
    tests = [item.module for item in items if isinstance(item, pytest.Function)]
    modules = {module for module in tests if module.__name__.startswith(f"{__package__}.test_differences")}
    page = ticking.PAGE.read_text(encoding="utf-8")
    found = [fault for module in modules for fault in ticking.faults_of(module, page)]
    if found:
        raise pytest.UsageError("docs/questionnaires.md and its tests differ: " + "; ".join(found))


@pytest.fixture
def draft(cast: Cast, db: None) -> QuestionnaireVersion:
    """A draft of the region with what the small form asks."""
    return drafts.make_questionnaire(owner=cast.tampere, key="survey", names=NAMES, definition=SMALL, by=cast.aino)


@pytest.fixture
def few_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let work go to the background that would be done at once, five letters and four answers at a time."""
    monkeypatch.setattr(letters, "AT_ONCE", 0)
    monkeypatch.setattr(letters, "BATCH", 5)
    monkeypatch.setattr(settling, "AT_ONCE", 0)
    monkeypatch.setattr(publishing, "PORTION", 4)

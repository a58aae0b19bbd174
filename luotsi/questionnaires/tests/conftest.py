"""What several tests of the room stand on."""

import pytest

from luotsi.people.tests.cast import Cast
from luotsi.questionnaires.actions import drafts
from luotsi.questionnaires.models import QuestionnaireVersion
from luotsi.questionnaires.tests.answered import SMALL
from luotsi.questionnaires.tests.drafted import NAMES


@pytest.fixture
def draft(cast: Cast, db: None) -> QuestionnaireVersion:
    """A draft of the region with what the small form asks."""
    return drafts.make_questionnaire(owner=cast.tampere, key="survey", names=NAMES, definition=SMALL, by=cast.aino)

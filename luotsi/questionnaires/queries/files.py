"""The bytes of files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.files.storage import default_storage
from django.http import Http404
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from luotsi.questionnaires.models import Attachment


def bytes_of(attachment: Attachment) -> Any:
    """Return the open file of an attachment. Raises Http404 where its bytes are not in the data folder."""
    try:
        return default_storage.open(attachment.stored)
    except FileNotFoundError:
        raise Http404(_("The file is not in its place.")) from None

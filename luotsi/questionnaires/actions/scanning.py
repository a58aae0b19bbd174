"""The hook that looks at files before they are kept: a program of the installation, named in `LUOTSI_SCANNER`."""

from __future__ import annotations

import shlex
import subprocess
import tempfile
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from luotsi.base.errors import Reason
from luotsi.questionnaires.actions.refusals import AnswerRefused

PATIENCE = 60  # seconds


def scan(data: bytes) -> str:
    """Give a file to the scanner, as the last argument of its command line; return the scanner's name.

    Exit code 0 means clean, 1 that something was found; anything else means that the file could not be looked at,
    and then it is not taken. Without a scanner nothing is done and "" is returned.

    Raises:
        AnswerRefused: the scanner found something, or did not work.
    """
    command = shlex.split(settings.SCANNER)
    if not command:
        return ""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        path.write_bytes(data)
        try:
            done = subprocess.run([*command, str(path)], capture_output=True, timeout=PATIENCE, check=False)  # noqa: S603
        except (OSError, subprocess.TimeoutExpired):
            raise AnswerRefused(Reason(_("The file could not be scanned for harm now. Try again later."))) from None
    if done.returncode == 1:
        raise AnswerRefused(Reason(_("The scanner found something harmful in the file. It was not kept.")))
    if done.returncode:
        raise AnswerRefused(Reason(_("The file could not be scanned for harm now. Try again later.")))
    return Path(command[0]).name[:100]

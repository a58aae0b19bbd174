"""A process of its own that reads the words of one PDF from standard input and answers in JSON.

It holds itself to little time and memory, and opens nothing but what it is given. The answer is {"text": …}, or
{"fault": "locked" | "long" | "broken"}.
"""

from __future__ import annotations

import contextlib
import io
import json
import logging
import sys

MOST_PAGES = 80
MOST_SIGNS = 500_000
SECONDS = 15
MEMORY = 1024 * 1024 * 1024


def limit() -> None:
    """Let the system end this process when it takes more than a PDF is worth; where it can."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def words_in(data: bytes) -> dict[str, str]:
    """Return the words of a PDF, or why there are none."""
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, PyPdfError

    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            return {"fault": "locked"}
        if len(reader.pages) > MOST_PAGES:
            return {"fault": "long"}
        found: list[str] = []
        for page in reader.pages:
            found.append(page.extract_text() or "")
            if sum(map(len, found)) > MOST_SIGNS:
                break
    except DependencyError:
        return {"fault": "locked"}
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, MemoryError):
        return {"fault": "broken"}
    return {"text": "\n".join(found)}


if __name__ == "__main__":
    limit()
    logging.disable(logging.CRITICAL)
    json.dump(words_in(sys.stdin.buffer.read()), sys.stdout)

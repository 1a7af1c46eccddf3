"""What may go wrong at the edges: files, the model, the knowledge, the store. Reading a text never fails.

Each message names the thing, what was found, and the remedy.
"""

from __future__ import annotations

import os


class DragomanError(Exception):
    """The base of all that dragoman raises on its own."""


class NotFoundError(DragomanError, FileNotFoundError):
    """No such file or folder."""


class UnreadableError(DragomanError, OSError):
    """It is there but can't be read: a folder, no permission, an I/O error."""


class UnwritableError(DragomanError, OSError):
    """It can't be written: full disk, read-only."""


class MalformedError(DragomanError, ValueError):
    """The bytes are not of the form they should be."""


class UnsupportedVersionError(DragomanError):
    """The format is known, this version of it is not."""


class ChecksumMismatchError(DragomanError):
    """The bytes are damaged."""


class OverLimitError(DragomanError, ValueError):
    """Larger than a stated limit."""


class BusyError(DragomanError):
    """Someone else holds it."""


class MisuseError(DragomanError, ValueError):
    """The caller's words don't make sense."""


def of_file(path: "str | os.PathLike[str]", error: OSError) -> DragomanError:
    """What to raise for a file that could not be opened."""
    kind = NotFoundError if isinstance(error, FileNotFoundError) else UnreadableError
    return kind(f"{os.fspath(path)}: {error.strerror}")

"""Tables of interval values."""

from energo_cabinet.formats.content import FileContent, FormatError, Notice
from energo_cabinet.formats.options import ReadOptions


def read_intervals(data: bytes, name: str, options: ReadOptions) -> FileContent:
    """Not read yet: every table is refused."""
    raise FormatError(Notice("unknown_format"))

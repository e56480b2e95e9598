"""What every rule of the linter hands back."""

from typing import NamedTuple

from studytool.errors import Where


class Broken(NamedTuple):
    """A rule that a statement breaks, before it is known where the statement stands."""

    code: str
    field: str  # of the statement file
    message: str
    error: bool = False  # errors keep a deck from being built, warnings do not


class Finding(NamedTuple):
    """One rule broken by one statement."""

    code: str
    message: str
    where: Where
    statement: str  # <source>/<id>
    error: bool

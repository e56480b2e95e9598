"""The claims as they are read: by topic, then in the order in which they were said, as far as the reader wants them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from studytool.quiz.book import Claim

Field = Literal["topic", "source", "speaker", "kind", "said"]
FIELDS: tuple[Field, ...] = ("topic", "source", "speaker", "kind", "said")


class Filter(Struct, frozen=True):
    """What a claim must be, "" for anything; `said` is a day, a month or a year."""

    topic: str = ""
    source: str = ""
    speaker: str = ""
    kind: str = ""
    said: str = ""

    def passes(self, claim: Claim) -> bool:
        """Whether a claim is so."""
        return (
            self.topic in ("", claim.topic)
            and self.source in ("", claim.source)
            and self.speaker in ("", claim.speaker)
            and self.kind in ("", claim.kind)
            and claim.said.startswith(self.said)
        )


def ordered(claims: Iterable[Claim], topics: Iterable[str]) -> list[Claim]:
    """The claims by topic, in the order of `topics` (ids), then by date and source."""
    order = {topic: nth for nth, topic in enumerate(topics)}
    return sorted(claims, key=lambda claim: (order[claim.topic], claim.said, claim.source))


def choices(claims: Sequence[Claim], wanted: Filter, field: Field) -> Mapping[str, int]:
    """What a field could be set to, the other fields as they are, and how many claims that would show. Dates by month."""
    free = replace(wanted, **{field: ""})
    values = (getattr(claim, field) for claim in claims if free.passes(claim))
    found = Counter(value[:7] if field == "said" else value for value in values)
    return {value: found[value] for value in (sorted(found) if field == "said" else found) if value}

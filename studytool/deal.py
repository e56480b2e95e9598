"""How cards are dealt: what a learner sets for all topics, or for one of them. Handed down as arguments, never looked up."""

from msgspec import Struct


class Deal(Struct, frozen=True):
    """The scheduling of a topic. The names are those of config.toml; what they may be stands in `LIMITS`."""

    new_per_day: int = 20  # cards never seen before that are met on a study day
    reviews_per_day: int = 9999  # cards seen on an earlier day that are shown on a study day
    retention: float = 0.9  # the share of reviews that should succeed
    learning_steps: tuple[float, ...] = (1, 10)  # minutes until a new card is shown again; none: it waits for days at once
    relearning_steps: tuple[float, ...] = (10,)  # minutes, after a lapse
    bury_siblings: bool = True  # whether a day shows one card of a statement only
    fuzz: bool = True  # whether intervals vary a little, so that what was learned together does not stay together
    balance: bool = True  # whether fuzz looks for the day with the fewest cards due


LIMITS: dict[str, tuple[float, float]] = {
    "new_per_day": (0, 9999),
    "reviews_per_day": (0, 9999),
    "retention": (0.7, 0.99),
    # A step of a day or more would be FSRS's business; Anki's manual advises against such steps too.
    "learning_steps": (0.1, 1439),
    "relearning_steps": (0.1, 1439),
}

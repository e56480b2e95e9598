"""What tests of the quiz's screens share: what stands on them."""

from textual.pilot import Pilot

from studytool.quiz.ui.card import CardScreen
from studytool.quiz.ui.page import Block, Page
from studytool.quiz.ui.widgets import Prose


def shown(pilot: Pilot[None]) -> str:
    """All text on the screen, blanks and line breaks dropped."""
    app = pilot.app
    _width, height = app.size
    strips = app.screen._compositor.render_strips()
    assert len(strips) == height
    return "".join("".join(segment.text for segment in strip) for strip in strips).replace(" ", "")


def prose(pilot: Pilot[None], name: str) -> str:
    """A text of the screen, "" where it is not on show."""
    texts = [block.spans for block in blocks(pilot) if block.name == name]
    texts += [widget._spans for widget in pilot.app.screen.query(Prose) if widget.id == name and widget.display]
    return "".join(span.text for spans in texts for span in spans)


def blocks(pilot: Pilot[None]) -> list[Block]:
    """What stands on the card, in its order."""
    return [block for page in pilot.app.screen.query(Page) if page.display for block in page.blocks]


async def ready(pilot: Pilot[None]) -> CardScreen:
    """The card screen, once all of it is there."""
    screen = pilot.app.screen
    assert isinstance(screen, CardScreen)
    while not screen._complete:
        await pilot.pause()
    await pilot.pause()
    return screen


async def worked(pilot: Pilot[None]) -> None:
    """Wait for what threads do, and for what is shown of it."""
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    await pilot.pause()

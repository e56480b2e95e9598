"""The keys of the card screen, and what its help says. Ids are for ever: users name them in config.toml."""

from textual.binding import Binding, BindingType

from studytool.quiz.schedule import GRADES

GRADE_NAMES = ("Again", "Hard", "Good", "Easy")
HELP = """
Recall what is hidden, then press **space** and say how it went. The figure below each grade is when the card comes back.

* **Again**: not recalled.  **Hard**: recalled with trouble.  **Good**: recalled.  **Easy**: at once.
* **g** shows or hides the other language: before you answer with the same blank. **p** pinyin, **w** the words one by one.
  All three stay as you leave them; on the front nothing of them tells the answer.
* **h** gives a hint, then a better one.
* **t** lets you type the answer, **m** choose one of four (**a** to **d**); the same key again: recall. What you type is judged:
  struck out is too much, underlined is missing; **esc** leaves the line. **space** takes the grade suggested (▸), any other is as
  good.
* **e** edits the card, **o** shows its source. **b** buries it until tomorrow, **S** suspends it, **\\*** marks it.
* **u** takes the last grade back, or a burying, as often as you like.
* Every grade is saved at once; leave whenever you want.
"""


def _hidden(key: str, action: str, name: str, id: str, tooltip: str) -> Binding:  # noqa: A002
    return Binding(key, action, name, id=f"card.{id}", show=False, tooltip=tooltip)


BINDINGS: list[BindingType] = [
    Binding("space,enter", "answer", "Answer", id="card.answer", tooltip="Show the answer; then: the grade suggested, or Good"),
    *(_hidden(str(g), f"grade({g})", name, f"grade{g}", f"Grade: {name}") for g, name in zip(GRADES, GRADE_NAMES, strict=True)),
    *(
        _hidden(key, f"choose({nth})", f"Option {key}", f"option{nth + 1}", f"Choose option {key}")
        for nth, key in enumerate("abcd")
    ),
    Binding("g", "gloss('English')", "English", id="card.english", tooltip="Show or hide the English"),
    Binding("g", "gloss('Chinese')", "Chinese", id="card.chinese", tooltip="Show or hide the Chinese"),
    Binding("p", "switch('pinyin')", "Pinyin", id="card.pinyin", tooltip="Show or hide the pinyin under the Chinese"),
    Binding("w", "switch('words')", "Words", id="card.words", tooltip="Show or hide the Chinese words with their English"),
    Binding("h", "hint", "Hint", id="card.hint", tooltip="Give a hint, then a better one"),
    _hidden("t", "way('type')", "Type", "type", "Type the answers, or no longer"),
    _hidden("m", "way('choose')", "Choose", "choose", "Choose among four answers, or no longer"),
    Binding("o", "source", "Source", id="card.source", tooltip="Show where this was said, and what else was said of it"),
    _hidden("e", "edit", "Edit", "edit", "Edit the texts of this card"),
    _hidden("b", "bury", "Bury", "bury", "Leave this card out until tomorrow"),
    _hidden("exclamation_mark,S", "suspend", "Suspend", "suspend", "Leave this card out for good"),
    _hidden("asterisk", "mark", "Mark", "mark", "Mark this card with a star, or no longer"),
    _hidden("down,j", "scroll(1)", "Scroll down", "down", "Scroll down"),
    _hidden("up,k", "scroll(-1)", "Scroll up", "up", "Scroll up"),
    Binding("u", "undo", "Undo", id="card.undo", tooltip="Take the last grade or burying back"),
    Binding("q,escape", "leave", "Leave", id="card.leave", tooltip="End the session; all grades are kept"),
]

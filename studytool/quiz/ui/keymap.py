"""Keys as the user's config sets them: which bindings there are, and which keys they may have. Imported where any is set."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from importlib import import_module
from pkgutil import iter_modules

from textual.binding import Binding, BindingsMap
from textual.dom import DOMNode
from textual.keys import Keys

from studytool.errors import StudytoolError
from studytool.quiz import ui

_FIRST = ("app", "card", "home")  # modules with the bindings that are set most: others are imported only where these lack one
_MODIFIERS = ("ctrl", "shift", "alt", "meta", "super", "hyper")
_NAMED = frozenset(
    key.value for key in Keys if len(key.value) > 1 and not key.value.startswith("<") and "ignore" not in key.value
)
_TAKEN = {"ctrl+p": "the command palette", "ctrl+q": "quit", "ctrl+c": "the terminal"}


class BindingError(StudytoolError):
    """What is wrong with a binding of the config."""

    def __init__(self, binding: str, message: str, hint: str) -> None:
        super().__init__(message, hint=hint)
        self.binding = binding


def keymap(wanted: Mapping[str, str]) -> dict[str, str]:
    """The keymap for `App.set_keymap`: what the user wants, and what else must be said so that no key is lost.

    Raises BindingError where an id is unknown, a key is none, or two bindings that may be wanted at once have the same key.
    """
    known = _bindings(frozenset(wanted))
    found: dict[str, str] = {}
    for name, text in wanted.items():
        if name not in known:
            raise BindingError(name, f"unknown binding {name!r}", _nearest(name, known))
        found[name] = ",".join(_key(name, key.strip()) for key in text.split(","))
    shared = _sharing(known)
    for name in list(found):
        # Textual drops the old key of a binding altogether: those that have it too must say so.
        for other in shared.get(name, ()):
            found.setdefault(other, ",".join(known[other]))
    after = {name: found[name].split(",") if name in found else keys for name, keys in known.items()}
    for name in wanted:
        for other, keys in after.items():
            near = other.split(".")[0] in (name.split(".")[0], "app") or name.startswith("app.")
            clash = set(keys) & set(after[name])
            if other != name and near and clash and other not in shared.get(name, ()):
                key = min(clash)
                raise BindingError(
                    name, f"{name} = {key!r}: that is the key of {other}", f"give {other} another, or take another"
                )
    return found


def _nearest(name: str, known: Iterable[str]) -> str:
    same = sorted(one for one in known if one.startswith(f"{name}."))
    near = same or get_close_matches(name, known, 1) or sorted(one for one in known if one.startswith(f"{name.split('.')[0]}."))
    return f"did you mean {near[0]!r}?" if len(near) == 1 else f"known are {', '.join(near or sorted(known))}"


def _key(name: str, key: str) -> str:
    """A key as Textual names it."""
    *held, last = key.split("+") if len(key) > 1 else [key]
    if not (last.isprintable() and not last.isspace() if len(last) == 1 else last in _NAMED or last in _PUNCTUATION):
        raise BindingError(name, f"{name} = {key!r} is no key", 'write it as "x", "f2", "ctrl+x" or "question_mark"')
    if any(one not in _MODIFIERS for one in held):
        raise BindingError(name, f"{name} = {key!r} is no key", f"{'+'.join(held)} is not one of {', '.join(_MODIFIERS)}")
    if key in _TAKEN:
        raise BindingError(name, f"{name} = {key!r} is taken by {_TAKEN[key]}", "take another")
    (made,) = Binding.make_bindings([Binding(key, "")])
    return made.key


def _bindings(wanted: frozenset[str] | None) -> dict[str, list[str]]:
    """The bindings that have an id, with their keys: of as many screens as it takes to find those wanted, or of all (None)."""
    known: dict[str, list[str]] = {}
    modules = [*_FIRST, *(module.name for module in iter_modules(ui.__path__) if module.name not in _FIRST)]
    for module in modules:
        if wanted is not None and wanted <= known.keys():
            break
        for node in vars(import_module(f"{ui.__name__}.{module}")).values():
            if isinstance(node, type) and issubclass(node, DOMNode) and node.__module__.startswith(ui.__name__):
                for key, binding in BindingsMap(node.__dict__.get("BINDINGS", ())):
                    if binding.id and key not in known.setdefault(binding.id, []):
                        known[binding.id].append(key)
    return known


def _sharing(known: Mapping[str, list[str]]) -> dict[str, set[str]]:
    """The bindings of one screen that share a key as they come: which of them works depends on what is on show."""
    return {
        name: {
            other for other in known if other != name and other.split(".")[0] == name.split(".")[0] and {*known[other]} & {*keys}
        }
        for name, keys in known.items()
    }


def _punctuation() -> frozenset[str]:
    """The names that Textual gives to the printable signs of ASCII."""
    signs = (chr(code) for code in range(33, 127) if not chr(code).isalnum())
    return frozenset(made.key for made in Binding.make_bindings([Binding(sign, "") for sign in signs if sign != ","]))


_PUNCTUATION = _punctuation() | {"comma"}

"""A question, the reader's answer, what is right and why; what follows is closed until then."""

import re

from markupsafe import Markup, escape

from ..template import draw
from .choose import choice

_WRITTEN = re.compile(r"`(?P<code>[^`]+)`|\{(?P<live>=?)(?P<name>[^{}]+)\}")


def ask(pen, /, text, *numbers, choose=None, model=None, because=None, title="Predict", key=None,
        closes="section"):
    """A question. Its right answer is what the sheet's numbers are now, as the reader has put them in.

        net.ask("Work out {z2}.", "z2")                                     a field for each number
        net.ask("Which is larger?", choose=("order", ["the first", "the second"]))
        net.ask("Why?", model="Because …")                                  in the reader's own words

    text      in sentences {z2} is the symbol of a number, {=z2} the number, `code` is code
    choose    a number and the answers to pick from, of which that number is the right one's place, as in `choose`
    model     an answer to compare with, where no rule can judge
    because   why: a text, or a number and the texts of which it chooses one
    title     what the box is called
    key       what `data-question` says; else the first number's name
    closes    what is closed until it is answered: what follows in its "section", or, at the first question of a page
              and for all of them, in later sections too: "page"
    """
    if (choose is not None) + bool(numbers) + (model is not None) != 1:
        raise ValueError("a question has numbers, or choose=(number, answers), or model=…: one of the three")
    if closes not in ("section", "page"):
        raise ValueError(f'a question closes what follows in its "section" or "page", not "{closes}"')
    name, answers = choose or (None, [])
    asked = [name] if choose else numbers
    return draw("ask.html", key=key or (asked[0] if asked else _key(text)), title=title, text=_sentence(pen, text),
                fields=[_field(pen, each) for each in numbers], pick=choose and _pick(pen, name, answers), model=model
                and _sentence(pen, model), because=because and _because(pen, because), digits=pen.digits, closes=closes,
                counts=all(float(pen.value(each)).is_integer() for each in numbers),
                about={"text": _about(pen, text), "told": _about(pen, *_texts(model, because))})


def _texts(model, because):
    """All sentences of an answer."""
    return [model or "", *([because or ""] if isinstance(because or "", str) else because[1])]


def _about(pen, *texts):
    """What the inputs among the live numbers of sentences are about."""
    return pen.about_moved([found["name"] for text in texts for found in _WRITTEN.finditer(text) if found["live"]])


def _field(pen, name):
    return {"name": name, "symbol": pen.maths(name), "text": pen.symbols.text(name), "number": pen.live(name)}


def _pick(pen, name, answers):
    texts = [_sentence(pen, answer) for answer in answers]
    return {"name": name, "texts": texts, "choice": choice(pen, name, texts)}


def _because(pen, because):
    if isinstance(because, str):
        return {"text": _sentence(pen, because)}
    name, texts = because
    return {"choice": choice(pen, name, [_sentence(pen, text) for text in texts])}


def _sentence(pen, text):
    """A text with its symbols, live numbers and code, as HTML."""
    parts, end = [], 0
    for found in _WRITTEN.finditer(text):
        parts += [escape(text[end:found.start()]), _piece(pen, **found.groupdict())]
        end = found.end()
    return Markup("").join([*parts, escape(text[end:])])


def _piece(pen, code, live, name):
    if code:
        return Markup("<code>{}</code>").format(code)
    return Markup(draw("say.html", number=pen.live(name))) if live else pen.maths(name)


def _key(text):
    """What a question without a number is called: its first words."""
    return "-".join(re.findall(r"\w+", text.lower())[:4])

"""One live number, in a sentence."""

from ..template import draw


def say(pen, /, name, digits=None):
    """One live number, for prose: {eval}`net.say("loss")`."""
    return draw("say.html", number=pen.live(name, digits))

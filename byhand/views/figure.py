"""A picture that matplotlib draws, and only a kernel draws anew."""

import io
from urllib.parse import quote

from .. import template

PLAIN = " /:;,=()<>'?!&-._"  # what may stand in an address as it is


def figure(pen, /, draw, alt):
    """What `draw(net)` draws with matplotlib, drawn again by the kernel when a number changes. Where none runs, the
    picture says so when the numbers are no longer the author's.

    alt   the picture in words, for those who do not see it
    """
    return lambda net: template.draw("figure.html", address=_svg(draw, net), alt=alt, owner=pen.owner)


def _svg(draw, net):
    """The figure that `draw(net)` leaves in matplotlib, as an SVG image in an address."""
    from matplotlib import pyplot  # needed for figures only

    with pyplot.ioff():
        draw(net)
        file = io.BytesIO()
        pyplot.gcf().savefig(file, format="svg", bbox_inches="tight", metadata={"Date": None})
        pyplot.close()
    return "data:image/svg+xml," + quote(file.getvalue().decode(), safe=PLAIN)  # a page packs it better than base64

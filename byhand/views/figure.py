"""A picture that matplotlib draws, and only a kernel draws anew."""

import base64
import io

from .. import template


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
        pyplot.gcf().savefig(file, format="svg", bbox_inches="tight")
        pyplot.close()
    return "data:image/svg+xml;base64," + base64.b64encode(file.getvalue()).decode()

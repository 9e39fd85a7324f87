"""Where a page's display formulas stand, asked in any browser."""

# For each: how far its ink is from the middle of its box, how much of it is cut, and by how much a hatted letter
# outgrows the letter.
PLACES = """() => [...document.querySelectorAll("div.math")].map((box) => {
    const edges = (element) => element.getBoundingClientRect();
    const ink = [...box.querySelectorAll("mi, mo, mn, mtext")].map(edges).filter((edge) => edge.width);
    const [left, right] = [Math.min(...ink.map((edge) => edge.left)), Math.max(...ink.map((edge) => edge.right))];
    const number = box.querySelector(".eqno");
    const [from, to] = [edges(box).left, number ? edges(number).left : edges(box).right];
    const hats = [...box.querySelectorAll("mover")]
        .map((hat) => edges(hat).height / edges(hat.firstElementChild).height);
    return {off: (left + right - from - to) / 2, cut: box.scrollWidth - box.clientWidth, hat: Math.max(1, ...hats)};
})"""


def check_formulas(evaluate):
    """Each display formula of the open page is in the middle and whole, and no hat floats above its letter."""
    places = evaluate(PLACES)
    assert places and all(abs(place["off"]) < 2 and place["cut"] <= 0 and place["hat"] < 1.6
                          for place in places), places

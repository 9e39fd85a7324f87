"""What one step of a drag costs: `python bench/drags.py [a built site] [its pages]` prints this table alone, for other
builds of the book too.

A pointer takes hold, and every 60 ms, in a frame of its own, it moves by a step. Counted is the processor's time for
scripts, by the browser itself, from a step to the next: what is drawn later, in idle time, is in it. Other work on the
machine is not.
"""

import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
SLOWER = 4  # times the processor is slowed down, as on a phone
STEPS = 30
RUNS = 3  # of which the middle one counts
PACE = 0.06  # seconds
PIXELS = 14  # a step is 12
GOAL = 4
MEETS = """(element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    return element.contains(document.elementFromPoint(left + width / 2, top + height / 2));
}"""
OUT_OF_DOCK = ":not([data-dock] *)"
DRAGS = {  # what is dragged: how wide the window is, the first of what, and what is in the middle of the window
    "a field": (390, f"input[data-input]:is(:not([type]), [type=text]){OUT_OF_DOCK}", None),
    "a number": (390, "[data-cell][data-handle][tabindex]", None),
    "a slider": (390, "input[data-input][type=range]", None),
    "a mark": (390, "[data-chart] [data-handle]", None),
    "a field, beside the landscape": (1280, "[data-dock] input[data-input='b1[0]']", "[data-landscape]"),
}


def drag_rows(browser, address, names):
    for name in names:
        for what, (width, selector, beside) in DRAGS.items():
            cost = one_drag(browser, f"{address}/{name}", width, selector, beside)
            if cost is not None:
                yield f"{name}: script of a step, dragging {what}, ms ({SLOWER} times slower)", cost, GOAL


def one_drag(browser, address, width, selector, beside):
    """The script time of the middle step in the middle run; None where a page has nothing of the kind."""
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.add_init_script("try { localStorage.setItem('byhand:everything', '1'); } catch {}")
    page.goto(address, wait_until="load")
    if beside and page.locator(beside).count():
        centre(page.locator(beside).first)
    box = next(reached(page, selector, not beside), None)
    cost = statistics.median(runs(page, box)) if box else None
    page.close()
    return cost or None  # nothing was dragged


def reached(page, selector, moves):
    """The boxes of what a pointer in their middle meets."""
    for each in page.locator(selector).all():
        if each.is_visible():
            if moves:
                centre(each)
            if each.evaluate(MEETS):
                yield each.bounding_box()


def centre(element):
    element.evaluate("(element) => element.scrollIntoView({ block: 'center', behavior: 'instant' })")
    time.sleep(0.3)


def runs(page, box):
    devtools = page.context.new_cdp_session(page)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    devtools.send("Performance.enable", {"timeDomain": "threadTicks"})
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def point(kind, away=0, buttons=1):
        devtools.send("Input.dispatchMouseEvent", {
            "type": kind, "x": x + away, "y": y, "button": "left", "buttons": buttons, "clickCount": 1})

    def script():
        figures = devtools.send("Performance.getMetrics")["metrics"]
        return 1000 * next(each["value"] for each in figures if each["name"] == "ScriptDuration")

    for _ in range(RUNS):
        point("mouseMoved", buttons=0)
        point("mousePressed")
        times = list(steps(point, script))
        point("mouseReleased", buttons=0)
        yield statistics.median(times[5:])
        time.sleep(0.5)


def steps(point, script):
    """To and fro within six steps: what is dragged stays within its domain."""
    for k in range(STEPS + 5):
        before = script()
        point("mouseMoved", PIXELS * (1 + min(k % 10, 10 - k % 10)))
        time.sleep(PACE)
        yield script() - before


def main():
    sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
    from playwright.sync_api import sync_playwright

    from conftest import FLAGS, serving
    from find_browser import find_browser
    site = Path(sys.argv[1]) if sys.argv[1:] else ROOT / "_build" / "html"
    names = sys.argv[2:] or [page.name for page in sorted(site.glob("*.html")) if "data-input" in page.read_text()]
    with sync_playwright() as playwright, serving(site) as address:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
        for row, cost, _ in drag_rows(browser, address, names):
            print(f"{row:90} {cost:6.1f}", flush=True)
        browser.close()


if __name__ == "__main__":
    main()

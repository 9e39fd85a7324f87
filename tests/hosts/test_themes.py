"""Colours in the hosts: what a view says in colour can be read on the page that each of them paints, light and dark."""

import pytest

from byhand import bundle
from byhand.writing.role import ROLES

# What each host sets, as far as a view's colours come from it. furo's are on <body>, and no color-scheme tells of them.
FURO_LIGHT = "--color-background-primary: #fff; --color-foreground-primary: #000; --color-foreground-secondary: #5a5c63"
FURO_DARK = ("--color-background-primary: #131416; --color-foreground-primary: #ccc; "
             "--color-foreground-secondary: #9ca0a5")
FURO = f"""<meta name="color-scheme" content="light dark"><style>
    body {{ background: var(--color-background-primary); {FURO_LIGHT} }}
    body[data-theme="dark"] {{ {FURO_DARK} }}
    @media (prefers-color-scheme: dark) {{ body:not([data-theme="light"]) {{ {FURO_DARK} }} }}</style>"""
PYDATA_LIGHT = "--pst-color-background: #fff; --pst-color-text-base: #222832; --pst-color-text-muted: #48566b"
PYDATA_DARK = "--pst-color-background: #14181e; --pst-color-text-base: #ced6dd; --pst-color-text-muted: #9ca4af"
PYDATA = f"""<style>
    html {{ {PYDATA_LIGHT} }} html[data-theme="light"] {{ color-scheme: light }}
    html[data-theme="dark"] {{ color-scheme: dark; {PYDATA_DARK} }}
    body {{ background: var(--pst-color-background); }}</style>"""
LAB_LIGHT = "--jp-layout-color0: #fff; --jp-content-font-color1: #000; --jp-content-font-color2: rgb(0 0 0 / 60%)"
LAB_DARK = "--jp-layout-color0: #111; --jp-content-font-color1: #fff; --jp-content-font-color2: rgb(255 255 255 / 70%)"
LAB = "<style>:root { %s } body { background: var(--jp-layout-color0); }</style>"
SCHEME = "<style>:root { color-scheme: %s; } body { background: Canvas; }</style>"
HOSTS = {
    "furo, dark": ("", FURO, 'data-theme="dark"'),
    "furo, light": ("", FURO, 'data-theme="light"'),
    "furo, as the system": ("", FURO, 'data-theme="auto"'),
    "pydata, dark": ('data-theme="dark"', PYDATA, ""),
    "pydata, light": ('data-theme="light"', PYDATA, ""),
    "pydata, undecided": ('data-theme="auto"', PYDATA, ""),
    "lab, dark": ("", LAB % LAB_DARK, 'data-jp-theme-light="false"'),
    "lab, light": ("", LAB % LAB_LIGHT, 'data-jp-theme-light="true"'),
    "plain, dark": ("", SCHEME % "dark", ""),
    "plain, light": ("", SCHEME % "light", ""),
    "plain, as the system": ("", SCHEME % "light dark", ""),
    "plain, unaware": ("", "", ""),
}
WORDS = """<p style="color: var(--byhand-text)">x = <span class="byhand-say byhand-changed">2</span>
    <span class="byhand-hint">drag</span> <span class="byhand-message">not a number</span>
    <span style="color: var(--byhand-negative)">-1</span> <span style="color: var(--byhand-accent)">here</span>
    """ + " ".join(f'<span data-role="{role}">{role}</span>' for role in ROLES) + "</p>"
CONTRASTS = """(root) => {
    const context = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    const luminance = (color) => {
        context.fillStyle = getComputedStyle(document.body).backgroundColor;
        context.fillRect(0, 0, 1, 1);
        context.fillStyle = color;
        context.fillRect(0, 0, 1, 1);
        const [r, g, b] = [...context.getImageData(0, 0, 1, 1).data].map((x) => x / 255).map(
            (x) => (x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const painted = getComputedStyle(document.body).backgroundColor;
    const behind = luminance(painted === "rgba(0, 0, 0, 0)" ? "#fff" : painted);
    const all = [...(root.shadowRoot ?? root).querySelectorAll("p, p *")];
    return all.map((element) => {
        const ink = luminance(getComputedStyle(element).color);
        return [element.className, (Math.max(ink, behind) + 0.05) / (Math.min(ink, behind) + 0.05)];
    });
}"""


def unreadable(page):
    """The texts of a view with less than 4.5 : 1 on the page behind them."""
    return [(name, contrast) for name, contrast in page.locator("#view").evaluate(CONTRASTS) if contrast < 4.5]


@pytest.fixture(params=[False, True], ids=["light system", "dark system"])
def page(browser, request):
    context = browser.new_context(color_scheme="dark" if request.param else "light")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("host", HOSTS)
def test_every_colour_of_a_view_can_be_read_whatever_the_host_and_the_system_are(page, host):
    html, head, body = HOSTS[host]
    page.set_content(f"""<html {html}><head>{head}<style>{bundle.style()}</style></head>
        <body {body}><div id="view">{WORDS}</div></body></html>""")
    assert unreadable(page) == []


@pytest.mark.parametrize("scheme", ["dark", "light", "light dark", ""])
def test_in_a_shadow_root_too(page, scheme):
    page.set_content(SCHEME % scheme + '<div id="view"></div>')
    page.locator("#view").evaluate("(host, html) => { host.attachShadow({ mode: 'open' }).innerHTML = html; }",
                                   f"<style>{bundle.style()}</style>{WORDS}")
    assert unreadable(page) == []
    changed, text = [page.locator(f"#view {each}").evaluate("(element) => getComputedStyle(element).color")
                     for each in (".byhand-changed", "p")]
    assert changed != text

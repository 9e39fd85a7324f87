"""A light page: one stylesheet with the rules in use, one script, only the icons in use, and a warning above the goal.

The theme is left as it is. Its templates are asked, through Sphinx's own template blocks, for the stylesheets and scripts
that they would load; the site is then looked through once, and what its pages can use of them is written to two files:

    _static/book.css    styles.py, fonts.py
    _static/book.js     scripts.py, menus.js

images.py writes the size of each image beside it, so that nothing moves when it comes.
weigh.py measures every page after each build: an upgrade that brings weight back fails it.
"""

from pathlib import Path

from docutils import nodes

from . import fonts, images, scripts, styles, weigh

HERE = Path(__file__).parent


def setup(app):
    app.connect("config-inited", add_templates)
    app.connect("html-page-context", add_to_page, priority=900)  # after the theme's own
    app.connect("build-finished", write_assets, priority=900)  # the theme writes its last styles then
    app.connect("build-finished", weigh.warn_about_heavy_pages, priority=950)
    return {"parallel_read_safe": True, "parallel_write_safe": False}


def add_templates(app, config):
    config.templates_path.insert(0, str(HERE / "templates"))


def add_to_page(app, page, template, context, doctree):
    """What templates/layout.html uses: `light_styles`, `light_scripts`, `described`."""
    asked = app.__dict__.setdefault("light_asked", {"css": [], "js": []})
    static = context["pathto"]("_static", 1) + "/"
    if "body" in context:
        context["body"] = images.with_sizes(context["body"], app)
    context["light_styles"] = lambda html: styles.replace_links(html, static, asked["css"])
    context["light_scripts"] = lambda html: scripts.replace_tags(html, static, app.outdir, asked["js"])
    context["described"] = described(context.get("metatags", ""), doctree)


def described(metatags, doctree):
    """The page's first sentences, for search engines; nothing where its author has described it."""
    if doctree is None or 'name="description"' in metatags:
        return ""
    first = next(iter(doctree.findall(nodes.paragraph)), None)
    return first.astext().replace("\n", " ")[:160] if first else ""


def write_assets(app, problem):
    asked = app.__dict__.get("light_asked")
    if problem or asked is None:  # no page was written: what is there still fits
        return
    static = Path(app.outdir, "_static")
    pages = [path.read_text(encoding="utf-8") for path in Path(app.outdir).rglob("*.html")]
    script = scripts.bundle(static, asked["js"], pages)
    used = styles.Used.by(pages, [script, *scripts.shrink_alone(static)])
    sheet = styles.bundle(static, asked["css"], used)
    (static / "book.js").write_text(script, encoding="utf-8")
    (static / "book.css").write_text(fonts.embed(sheet, static), encoding="utf-8")

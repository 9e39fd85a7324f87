"""All that this box knows of other people's files: pydata's theme, sphinx-book-theme on top of it, and extensions.

The templates here take the place of the theme's own, for which `menus.js` and `theme.css` are written too.
After an upgrade of the theme, look here first.
"""

from pathlib import Path

HERE = Path(__file__).parent
TEMPLATES = HERE / "templates"
OWN_STYLE = HERE / "theme.css"
OWN_SCRIPT = HERE / "menus.js"

# Scripts, by the names of their files.
DROPPED = {"fontawesome.js"}  # icons are a font: fonts.py
SEARCH = {"searchtools.js", "language_data.js", "searchindex.js"}  # as you type, which is off; its page has its own
WAITING = {"bootstrap.js"}  # menus.js fetches it
INLINE = {"documentation_options.js"}  # small, and scripts in the page need it at once
ALONE = {"searchtools.js"}  # not on every page: a file of its own
NEEDS = {"design-tabs.js": "sd-tab-set"}  # of no use where no page has this class

# What bootstrap.js, which is not looked through, adds to the elements of menus and hints.
MENUS = set("show fade collapsing tooltip tooltip-inner tooltip-arrow bs-tooltip-auto".split())

# What the theme's script builds for parts that it is not told to: a menu of versions, banners above the page, squeezed
# menus, numbers of lines.
PARTS = set("version-switcher__menu version-switcher__button version-switcher__container list-group-item list-group "
            "list-group-item-action bd-header-announcement bd-header-version-warning pst-button-link-to-stable-version "
            "pst-squeeze pst-collapse-sidebar-button pst-expand-sidebar-label navbar-toggler linenos".split())

# The attribute that says whether a page is light or dark: it stays open, "auto", where no script decides.
LIGHT = r'\[data-theme="?light"?\]'
LIGHT_OR_OPEN = ':is([data-theme="light"],[data-theme="auto"])'

ICON_FONTS = "webfonts"  # the folder of those that shrink to the icons in use
ICON = r"\\([ef][0-9a-f]{3})\b|([\ue000-\uf8ff])"  # a sign of one of them, as CSS writes it

"""What is a page of the site before it is rendered, and what may it load?"""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from markupsafe import Markup

from reports.clean import printable

if TYPE_CHECKING:
    from jinja2 import Environment

_NOTHING: Final = "'none'"


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its place in the site, its template (`site_<template>.html.j2`) and the values for it.

    `scripts` are the files of `templates/` that run on it, `data` whether it loads data files besides, `asks`
    whether a form of it leads to another page of the site.
    """

    name: str
    template: str
    given: Mapping[str, Any]
    scripts: tuple[str, ...] = field(default=())
    data: bool = False
    asks: bool = False

    @property
    def up(self) -> str:
        """The way from the page to the top of the site."""
        return "../" * self.name.count("/")


@dataclass(frozen=True, slots=True)
class Look:
    """What all pages share: templates (ours, or the user's own of the same name), style and common values."""

    environment: "Environment"
    common: Mapping[str, Any]

    def file(self, name: str) -> str:
        """A style or script, as it is written."""
        loader = self.environment.loader
        return loader.get_source(self.environment, name)[0] if loader else ""


def render_page(look: Look, page: Page) -> str:
    """The page as HTML, with a policy that lets it run its own scripts and load nothing from elsewhere."""
    style = "".join(look.file(name) for name in ("style.css", "site.css"))
    script = "".join(look.file(name) for name in page.scripts)
    template = look.environment.get_template(f"site_{page.template}.html.j2")
    html = template.render(
        **look.common,
        **page.given,
        up=page.up,
        here=page.name,
        style=Markup(style),  # noqa: S704 - our own file, or the user's own
        script=Markup(script),  # noqa: S704 - likewise
        policy=Markup(_policy(style, script, page)),  # noqa: S704 - made of hashes
    )
    return printable(html)


def _policy(style: str, script: str, page: Page) -> str:
    """The Content Security Policy; `file:` stands for the folder itself where no server gives the pages."""
    run = [*(["'self' file:"] if page.data else []), *([_digest(script)] if script else [])] or [_NOTHING]
    return "; ".join(
        [
            f"default-src {_NOTHING}",
            f"style-src {_digest(style)}",
            f"script-src {' '.join(run)}",
            "img-src 'self' file:" if page.given.get("pictures") else f"img-src {_NOTHING}",
            f"base-uri {_NOTHING}",
            "form-action 'self' file:" if page.asks else f"form-action {_NOTHING}",
        ]
    )


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"

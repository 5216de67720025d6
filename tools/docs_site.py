"""Build the docs site into build/site with zensical, and check each link: `python tools/docs_site.py [serve]`."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

ROOT = Path(__file__).parents[1]
STAGED = ROOT / "build" / "docs"
SITE = ROOT / "build" / "site"
# Pages outside docs/, and the place of each on the site.
OUTSIDE = {
    "CHANGELOG.md": "changelog.md",
    "CONTRIBUTING.md": "contributing.md",
    "SECURITY.md": "security.md",
    "README.md": "readme.md",
    "LICENSE": "license.md",
    "tests/README.md": "tests.md",
    "examples/README.md": "examples/index.md",
}
CODE_BLOCK = re.compile(r"```.*?```", re.DOTALL)
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)(#[^)]*)?\)")
# Hosts that pages may link to; nothing is loaded from them.
LOADING = {"script": "src", "img": "src", "link": "href", "iframe": "src", "source": "src"}
LINK_ONLY = {"canonical", "next", "prev", "alternate"}


def stage() -> None:
    """Collect the pages of the site in build/docs. Links lead to the same pages as in the repository."""
    shutil.rmtree(STAGED, ignore_errors=True)
    pages = site_pages()
    for source, page in pages.items():
        target = STAGED / page
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.suffix == ".md":
            target.write_text(_with_links(source, page, pages))
        elif page.endswith(".md"):
            language = "python" if source.suffix == ".py" else "text"
            target.write_text(f"# {source.name}\n\n```{language}\n{source.read_text().rstrip()}\n```\n")
        else:
            shutil.copyfile(source, target)


def site_pages() -> dict[Path, str]:
    """Return the files of the repository that the site shows, with the path of each on the site."""
    kinds = ("*.md", "*.png")
    found = (path for kind in kinds for path in (ROOT / "docs").rglob(kind))
    pages = {path: str(path.relative_to(ROOT / "docs")) for path in found}
    pages |= {path: f"examples/{path.stem}.md" for path in (ROOT / "examples").glob("*.py")}
    return pages | {ROOT / source: page for source, page in OUTSIDE.items()}


def _with_links(source: Path, page: str, pages: dict[Path, str]) -> str:
    def moved(link: re.Match[str]) -> str:
        found = (source.parent / link[1]).resolve()
        if found not in pages:
            raise SystemExit(
                f"{source.relative_to(ROOT)}: the link to {link[1]} leads to no page of the site"
            )
        return f"]({os.path.relpath(pages[found], Path(page).parent)}{link[2] or ''})"

    text = source.read_text()
    parts: list[str] = []
    end = 0
    for block in CODE_BLOCK.finditer(text):
        parts += [LINK.sub(moved, text[end : block.start()]), block[0]]
        end = block.end()
    return "".join([*parts, LINK.sub(moved, text[end:])])


class Page(HTMLParser):
    """The anchors, links and loaded files of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.anchors: set[str] = set()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.unresolved: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect what a tag names."""
        values = {name: value or "" for name, value in attrs}
        self.anchors |= {values[name] for name in ("id", "name") if name in values}
        if tag == "autoref":
            self.unresolved.append(values.get("identifier", ""))
        if tag == "a" and "href" in values:
            self.links.append(values["href"])
        if tag in LOADING and values.get("rel") not in LINK_ONLY and values.get(LOADING[tag]):
            self.loaded.append(values[LOADING[tag]])


def problems() -> list[str]:
    """Return what is wrong with the built site: broken links and references, and files of other hosts."""
    pages = {path: Page(path.read_text()) for path in SITE.rglob("*.html")}
    found: list[str] = []
    for path, page in pages.items():
        name = path.relative_to(SITE)
        found += [f"{name}: unresolved reference {reference}" for reference in page.unresolved]
        found += [f"{name}: loads {url}" for url in page.loaded if urlsplit(url).netloc]
        for link in [*page.links, *page.loaded]:
            parts = urlsplit(link)
            # The page of missing pages is served at any depth.
            if parts.scheme or parts.netloc or path.name == "404.html":
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            target = target / "index.html" if target.is_dir() else target
            anchor = unquote(parts.fragment)
            if not target.exists():
                found.append(f"{name}: no file for {link}")
            elif anchor and target in pages and anchor not in pages[target].anchors:
                found.append(f"{name}: no anchor for {link}")
    return found


def build() -> None:
    """Build the site; exit with what is wrong if anything is."""
    stage()
    shutil.rmtree(SITE, ignore_errors=True)
    finished = subprocess.run(
        [sys.executable, "-m", "zensical", "build", "--strict", "--clean"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={**os.environ, "NO_COLOR": "1"},
    )
    if finished.returncode:
        raise SystemExit(finished.stdout + finished.stderr)
    if wrong := problems():
        raise SystemExit("\n".join(wrong))
    print(f"{len(list(SITE.rglob('*.html')))} pages in {SITE.relative_to(ROOT)}")


if __name__ == "__main__":
    build()
    if sys.argv[1:] == ["serve"]:
        subprocess.run([sys.executable, "-m", "zensical", "serve"], cwd=ROOT, check=True)

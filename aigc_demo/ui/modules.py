"""The page's scripts as ES modules: what each imports, and where it is served.

A module imports another by its name, "aigc/" and its path in the package, which the page's import
map turns into an address. The address changes with what the file holds, so a browser keeps it for
good and never holds an old one.
"""

import gzip
import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

PACKAGE = Path(__file__).parent.parent
PREFIX = "aigc/"  # of a module's name
FOLDER = "/modules/"  # where they are served
# stand in the page itself: they run before anything can be imported
INLINE = {"ui/head.js", "ui/first_paint.js"}
GENERATED = {"glossary-data.js"}  # by the app: no file of these names
IMPORTED = re.compile(
    rf'^(?:import|export|\}}) ?(?:[^"\n]*? from )?"{PREFIX}([^"]+)";', re.MULTILINE
)


@dataclass(frozen=True)
class Module:
    """A script that others import."""

    name: str  # its path in the package, "ui/sprite.js"
    text: str

    @cached_property
    def address(self) -> str:
        """Return where it is served, from the app's own address:
        "modules/ui/sprite.0123456789.js".
        """
        stem, _, kind = self.name.rpartition(".")
        return f"{FOLDER[1:]}{stem}.{hashlib.sha256(self.text.encode()).hexdigest()[:10]}.{kind}"

    @cached_property
    def gzipped(self) -> bytes:
        """Return what it holds, with gzip."""
        return gzip.compress(self.text.encode())

    @cached_property
    def imports(self) -> list[str]:
        """Return the names of the modules that it imports, in its order."""
        return IMPORTED.findall(self.text)


@cache
def modules() -> dict[str, Module]:
    """Return the package's modules by their names."""
    names = {path.relative_to(PACKAGE).as_posix(): path for path in sorted(PACKAGE.rglob("*.js"))}
    return {
        name: Module(name, path.read_text(encoding="utf-8"))
        for name, path in names.items()
        if name not in INLINE
    }


def with_imports(*names: str) -> list[Module]:
    """Return modules and all that they import, each once, after what it imports."""
    found: dict[str, Module] = {}
    for name in names:
        imports = [each for each in modules()[name].imports if each not in GENERATED]
        for module in [*with_imports(*imports), modules()[name]]:
            found.setdefault(module.name, module)
    return list(found.values())


def import_map(others: Iterable[Module] = ()) -> str:
    """Return the page's import map, of the package's modules and `others`."""
    addresses = {
        PREFIX + module.name: f"./{module.address}" for module in (*modules().values(), *others)
    }
    return json.dumps({"imports": addresses}, separators=(",", ":"))

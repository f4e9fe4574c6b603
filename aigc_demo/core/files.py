"""Files that are not what they seem, and folders that cannot be written: said before the work."""

import tempfile
from pathlib import Path

from aigc_demo.core.errors import DemoError

# how Git LFS begins what it puts in a large file's place
POINTER = b"version https://git-lfs.github.com/spec/"


def is_pointer(path: Path) -> bool:
    """Return whether a file is a pointer of Git LFS, which a clone without LFS leaves in place of
    the file itself.
    """
    try:
        with path.open("rb") as file:
            return file.read(len(POINTER)) == POINTER
    except OSError:
        return False


def check_pointer(path: Path) -> None:
    """Raise DemoError, with the command that fetches the file itself, when a file is a pointer of
    Git LFS.
    """
    if is_pointer(path):
        raise DemoError(
            "{file} is a pointer of Git LFS, not the file itself. To fetch that: {command}",
            file=path,
            command="git lfs pull",
        )


def check_writable(folder: Path, variable: str, *names: str) -> None:
    """Raise DemoError when `folder`, or a file of these names in it, cannot be written; `variable`
    names another folder.

    Nothing is left behind. A folder that is yet to be made is tried where it would lie.
    """
    try:
        place = next(each for each in (folder, *folder.absolute().parents) if each.exists())
        # a try, for what the permissions say is not what root or a read-only disk does
        with tempfile.TemporaryFile(dir=place):
            pass
        for path in (folder / name for name in names):
            if path.exists():
                path.open("ab").close()
    except OSError as error:
        raise DemoError(
            "The folder {folder} cannot be written: {why}. Another is named in {variable}.",
            folder=folder,
            why=error.strerror,
            variable=variable,
        ) from None

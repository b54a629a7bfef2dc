"""Where something is written: built beside its place and moved there at the end, so that nothing half is ever seen."""

import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from graph.errors import FoedusError
from seed.package.form import MANIFEST

_EPOCH = (1980, 1, 1, 0, 0, 0)


class TargetError(FoedusError):
    """A place to write to is taken, or cannot be written to."""

    code = "target_unusable"


@contextmanager
def placed(target: Path, *, replace: bool) -> Iterator[Path]:
    """Give a path beside the target, free to be made a file or a folder; at the end it takes the target's place.

    Raises TargetError when something is there and is not to be replaced, or when it cannot be written to. A folder is
    replaced only if it is a package: whatever else is in one would go with it.
    """
    target = target.expanduser().absolute()
    if target.exists() or target.is_symlink():
        if not replace:
            raise TargetError(f"{target} is there already.", "Name another, or say --replace.")
        if target.is_dir() and not (target / MANIFEST).is_file():
            raise TargetError(f"{target} is a folder and no package, so it is not replaced.", "Name another.")
    try:
        with tempfile.TemporaryDirectory(prefix=f".{target.name}.", dir=target.parent) as beside:
            made = Path(beside) / target.name
            yield made
            before = Path(beside) / "before"
            if target.is_dir():
                target.rename(before)
            try:
                made.replace(target)
            except BaseException:  # Ctrl-C too: the old one would go with the temporary folder
                if before.exists():
                    before.rename(target)
                raise
    except OSError as error:
        raise TargetError(f"{target} cannot be written: {error.strerror or error}.") from None


def pack(folder: Path, file: Path) -> None:
    """Put a folder into a ZIP file, the same bytes for the same content, and remove it."""
    with zipfile.ZipFile(file, "w") as archive:
        for path in sorted(one for one in folder.rglob("*") if one.is_file()):
            told = zipfile.ZipInfo(path.relative_to(folder).as_posix(), _EPOCH)
            told.compress_type = zipfile.ZIP_DEFLATED
            with path.open("rb") as source, archive.open(told, "w", force_zip64=True) as entry:
                shutil.copyfileobj(source, entry)
    shutil.rmtree(folder)

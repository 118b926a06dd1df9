"""Run folders: results appear whole or not at all, and earlier results are never lost.

Everything is written to ``<out>.new-<id>`` and flushed, the manifest last. Then ``<out>``
becomes ``<out>.previous``, and the new folder becomes ``<out>``. Whatever the moment at
which a program is killed, a disk is full or a file is open elsewhere, ``<out>`` is
absent or whole, and :meth:`RunFolder.repair`, which every command calls first, finishes
what can be finished and removes what cannot.
"""

from __future__ import annotations

import errno
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from tfp.errors import OutputError, Place
from tfp.workflow.folders.disk import Disk
from tfp.workflow.folders.folder_state import MANIFEST, files_in, lacks_manifest, state_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

ID_LENGTH = 12


@dataclass(frozen=True)
class Repair:
    """Something that an earlier command had left unfinished.

    Attributes
    ----------
    action : str
        ``"completed"``: results that were ready were put in place; ``"restored"``: the
        previous results were; ``"removed"``: what was half written is gone; ``"left"``:
        it was kept, because somebody has changed it; ``"moved"``: the same, under this name.
    folder : str
        Name of the folder.
    """

    action: Literal["completed", "restored", "removed", "left", "moved"]
    folder: str


@dataclass(frozen=True)
class RunFolder:
    """The folder of a run's results.

    Parameters
    ----------
    out : Path
        Where the results stand.
    disk : Disk
        The file system.
    """

    out: Path
    disk: Disk = field(default_factory=Disk)

    @property
    def previous(self) -> Path:
        """Where the results stand that these replaced."""
        return self.out.with_name(f"{self.out.name}.previous")

    @property
    def _discarded(self) -> Path:
        return self.out.with_name(f"{self.out.name}.discarded")

    def check(self) -> None:
        """Refuse a place that is not ours to write to.

        Raises
        ------
        OutputError
            ``out-parent-missing``, ``out-is-file``, ``out-not-a-run-folder``,
            ``out-without-manifest`` for results of which somebody removed it,
            ``out-name-too-long``.
        """
        code = ""
        try:
            if not self.out.parent.is_dir():
                code = "out-parent-missing"
            elif self.out.is_file():
                code = "out-is-file"
            elif state_of(self.out) == "foreign":
                lacking = lacks_manifest(self.out)
                code = "out-without-manifest" if lacking else "out-not-a-run-folder"
        except OSError as error:
            raise self._not_written(error) from error
        if code:
            raise OutputError(code, places=[Place(file=self.out.name)], folder=self.out.name)

    def put(self, files: Mapping[str, bytes], manifest: bytes, identity: str) -> tuple[Repair, ...]:
        """Write a whole run and put it in place.

        Parameters
        ----------
        files
            Content by name; a name may have one folder before it (``charts/a.svg``).
        manifest
            Content of ``manifest.json``, which holds the hash of each file.
        identity
            Hexadecimal digits that tell this content from any other.

        Returns
        -------
        tuple of Repair
            ``"moved"``: earlier results that somebody had changed, and where they are now.

        Raises
        ------
        OutputError
            ``results-not-written``: earlier results stand as they were.
            ``results-open``: a program holds the earlier ones; the new ones wait, whole.
        """
        self.check()
        stage = self.out.with_name(f"{self.out.name}.new-{identity[:ID_LENGTH]}")
        try:
            if stage.exists():
                self._remove_tree(stage)
            self.disk.write_tree(stage, {**files, MANIFEST: manifest}, last=MANIFEST)
        except OSError as error:
            with suppress(OSError):
                self._remove_tree(stage)
            raise self._not_written(error) from error
        return tuple(self._put_in_place(stage))

    def repair(self) -> tuple[Repair, ...]:
        """Finish or clear away what earlier commands left unfinished.

        Raises
        ------
        OutputError
            ``results-open``, ``results-not-written``: as before, nothing is lost.
        """
        try:
            return tuple(self._repair()) if self.out.parent.is_dir() else ()
        except OSError as error:
            raise self._not_written(error) from error

    def _not_written(self, error: OSError) -> OutputError:
        where, name = [Place(file=self.out.name)], self.out.name
        if error.errno == errno.ENAMETOOLONG:
            return OutputError("out-name-too-long", places=where, folder=name)
        return OutputError("results-not-written", places=where, reason=_reason(error))

    def _put_in_place(self, stage: Path) -> list[Repair]:
        earlier = self.out.exists()
        moved: list[Repair] = []
        try:
            state = state_of(self.out)
            if state == "empty":
                self._remove_tree(self.out)
            elif self.out.exists():
                moved += self._clear_previous()
                self.disk.rename(self.out, self.previous)
                moved += [Repair("moved", self.previous.name)] if state == "changed" else []
            self.disk.rename(stage, self.out)
            self.disk.flush(self.out.parent)
        except PermissionError as error:
            self._move_back(earlier=earlier)
            raise OutputError(
                "results-open",
                places=[Place(file=self.out.name)],
                folder=self.out.name,
                file=self._held_file(),
                waiting=stage.name,
            ) from error
        except OSError as error:
            self._move_back(earlier=earlier)
            raise self._not_written(error) from error
        return moved

    def _move_back(self, *, earlier: bool) -> None:
        if earlier and not self.out.exists() and self.previous.exists():
            with suppress(OSError):
                self.disk.rename(self.previous, self.out)

    def _clear_previous(self) -> list[Repair]:
        """Make room for the earlier results: discard those before them, unless touched."""
        state = state_of(self.previous)
        if state in ("changed", "foreign"):
            kept = self._free_name()
            self.disk.rename(self.previous, kept)
            return [Repair("moved", kept.name)]
        if state != "absent":
            # Renamed first: what is half removed must never be taken for results.
            if self._discarded.exists():
                self._remove_tree(self._discarded)
            self.disk.rename(self.previous, self._discarded)
            self._remove_tree(self._discarded)
        return []

    def _free_name(self) -> Path:
        number = 1
        while (path := self.out.with_name(f"{self.previous.name}-{number}")).exists():
            number += 1
        return path

    def _repair(self) -> list[Repair]:
        ready, done = self._sift_stages()
        if self._discarded.exists():
            self._remove_tree(self._discarded)
        place = state_of(self.out)
        if place == "foreign":
            return done
        if ready is not None:
            done += self._put_in_place(ready)
            done.append(Repair("completed", self.out.name))
        elif place == "absent" and state_of(self.previous) == "intact":
            self.disk.rename(self.previous, self.out)
            done.append(Repair("restored", self.out.name))
        return done

    def _sift_stages(self) -> tuple[Path | None, list[Repair]]:
        """Return the newest stage that is whole; remove the others, save changed ones."""
        ready: list[Path] = []
        done: list[Repair] = []
        for stage in self._stages():
            state = state_of(stage)
            if state == "intact":
                ready.append(stage)
            elif state == "changed":
                done.append(Repair("left", stage.name))
            else:
                self._remove_tree(stage)
                done.append(Repair("removed", stage.name))
        ready.sort(key=lambda stage: (stage / MANIFEST).stat().st_mtime_ns)
        for older in ready[:-1]:
            self._remove_tree(older)
        return (ready[-1] if ready else None), done

    def _stages(self) -> list[Path]:
        start = f"{self.out.name}.new-"
        return sorted(
            path
            for path in self.out.parent.iterdir()
            if path.name.startswith(start) and _is_identity(path.name.removeprefix(start))
        )

    def _remove_tree(self, folder: Path) -> None:
        # Its manifest first: whatever has one is whole.
        self.disk.remove_tree(folder, first=MANIFEST)

    def _held_file(self) -> str:
        """Return the file that another program holds, as well as it can be told."""
        for folder in (self.out, self.previous):
            if not folder.is_dir():
                continue
            # Office programs put such a file beside the one that they have open.
            marks = sorted(path.name[2:] for path in folder.rglob("~$*"))
            held = [name for name in files_in(folder) if self.disk.is_held(folder / name)]
            if held or marks:
                return held[0] if held else marks[0]
        return self.out.name


def _is_identity(name: str) -> bool:
    return len(name) == ID_LENGTH and not set(name) - set("0123456789abcdef")


def _reason(error: OSError) -> str:
    # Without the path, which would carry the user's folders into a report.
    return error.strerror or str(error)

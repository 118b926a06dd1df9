r"""Install tfp from this kit, once, into the user's own folder; then run it.

Started by ``tfp.cmd`` with whatever was dropped on it. Knows nothing but Python's own
library, asks no network and no administrator. Everything goes into one folder
(``%LOCALAPPDATA%\tfp``), which may be deleted at any time: the next start installs again.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import struct
import subprocess
import sys
from pathlib import Path

KIT = Path(__file__).resolve().parents[1]
SUMS = KIT / "SHA256SUMS"
VERSION = "@VERSION@"
PYTHON = "@PYTHON@"
WINDOWS = "@TARGET@".startswith("win")
BROKEN, WRONG_PYTHON, NOT_INSTALLED = 4, 5, 6
COMMAND = "import sys; sys.argv[0] = 'tfp'; from tfp.cli import main; sys.exit(main())"
WORDS = {
    "python": (
        "Cần Python {wanted} 64 bit; đang chạy {found}.",
        "Python {wanted}, 64 bit, is needed; this is {found}.",
    ),
    "broken": (
        "Bộ cài bị thiếu hoặc hỏng tệp: {files}. Hãy chép và giải nén lại cả bộ.",
        "Files of the kit are missing or damaged: {files}. Copy and unpack the whole kit again.",
    ),
    "installing": (
        "Đang cài đặt vào {home} (chỉ lần đầu, vài phút) ...",
        "Installing into {home} (only the first time, some minutes) ...",
    ),
    "failed": (
        "Không cài đặt được. Lời báo lỗi nằm ở {log}.",
        "It could not be installed. What was said stands in {log}.",
    ),
    "installed": ("Đã cài đặt tfp {version}.", "tfp {version} is installed."),
    "use": (
        "Kéo thả thư mục số liệu (có tệp kế hoạch) vào tfp.cmd, hoặc gõ: tfp.cmd demo",
        "Drop the folder of the data, with its plan, on tfp.cmd; or type: tfp.cmd demo",
    ),
    "checking": ("Kiểm tra: {path}", "Checking: {path}"),
    "running": ("Tính toán: {path}", "Running: {path}"),
}


def say(words: str, **fields: object) -> None:
    """Say something in both languages, on any console."""
    for line in WORDS[words]:
        text = line.format(**fields) + "\n"
        encoding = sys.stdout.encoding or "ascii"
        sys.stdout.write(text.encode(encoding, "replace").decode(encoding))
    sys.stdout.flush()


def damaged() -> list[str]:
    """Return the files that are not what the kit was made with."""
    wrong = []
    for line in SUMS.read_text(encoding="utf-8").splitlines():
        digest, _, name = line.partition("  ")
        path = KIT / name
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            wrong.append(name)
    return wrong


def home() -> Path:
    """Return the folder of this very kit among the user's own."""
    chosen = os.environ.get("TFP_HOME") or os.environ.get("LOCALAPPDATA")
    base = Path(chosen) if chosen else Path.home() / ".local" / "share"
    mark = hashlib.sha256(SUMS.read_bytes()).hexdigest()[:12]
    return base / "tfp" / f"{VERSION}-{mark}"


def bundled() -> bool:
    """Tell whether the kit brings its own Python."""
    return (KIT / "python").is_dir()


def python_of(folder: Path) -> Path:
    """Return the Python that runs tfp."""
    if bundled():
        return folder / "python" / "python.exe"
    return folder / "venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def clean_environment() -> dict[str, str]:
    """Return the environment without what would lead Python astray."""
    kept = {k: v for k, v in os.environ.items() if k not in ("PYTHONHOME", "PYTHONPATH")}
    return kept | {"PYTHONUTF8": "1", "PYTHONNOUSERSITE": "1"}


def open_paths(folder: Path) -> None:
    """Let the embedded Python see the packages that are installed into it.

    Its list of paths (``python311._pth``) replaces all others.
    """
    (listed,) = folder.glob("python*._pth")
    lines = [line for line in listed.read_text(encoding="utf-8").splitlines() if line.strip()]
    lines = [line for line in lines if line.lstrip("# ") != "import site"]
    packages = "Lib\\site-packages"
    if packages not in lines:
        lines.append(packages)
    listed.write_text("\n".join([*lines, "import site"]) + "\n", encoding="utf-8")


def install(folder: Path) -> int:
    """Install into the folder; what is half done there is removed first."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    log = folder / "install.log"
    options: list[str] = []
    with log.open("w", encoding="utf-8") as stream:
        if bundled():
            shutil.copytree(KIT / "python", folder / "python")
            open_paths(folder / "python")
            options = ["--target", str(folder / "python" / "Lib" / "site-packages")]
        else:
            make = [sys.executable, "-m", "venv", "--without-pip", str(folder / "venv")]
            if subprocess.run(make, stdout=stream, stderr=stream, check=False).returncode:
                return NOT_INSTALLED
        (pip,) = (KIT / "wheels").glob("pip-*.whl")
        told = [
            *(str(python_of(folder)), str(pip / "pip"), "--isolated", "install", *options),
            *("--no-index", "--find-links", str(KIT / "wheels"), "--no-cache-dir"),
            *("--disable-pip-version-check", "--no-input", "--no-compile"),
            *("--no-warn-script-location", "--only-binary", ":all:"),
            *("--require-hashes", "--requirement", str(KIT / "kit" / "requirements.txt")),
        ]
        done = subprocess.run(
            told, stdout=stream, stderr=stream, env=clean_environment(), check=False
        )
    return NOT_INSTALLED if done.returncode else 0


def prepared() -> tuple[int, Path]:
    """Return the folder with tfp installed in it, and 0; or why there is none."""
    found = ".".join(map(str, sys.version_info[:2]))
    bits = 8 * struct.calcsize("P")
    has_venv = importlib.util.find_spec("venv") is not None
    if (found, bits) != (PYTHON, 64) or not (bundled() or has_venv):
        say("python", wanted=PYTHON, found=f"{found}, {bits} bit, {sys.executable}")
        return WRONG_PYTHON, Path()
    folder = home()
    ready = folder / "READY"
    if ready.is_file() and python_of(folder).exists():
        return 0, folder
    wrong = damaged()
    if wrong:
        say("broken", files=", ".join(wrong[:5]))
        return BROKEN, folder
    say("installing", home=folder)
    code = install(folder)
    if code:
        say("failed", log=folder / "install.log")
        return code, folder
    ready.write_text(f"{VERSION}\n", encoding="utf-8")
    say("installed", version=VERSION)
    return 0, folder


def tfp(folder: Path, *arguments: str) -> int:
    """Run the command, and return its exit code."""
    told = [str(python_of(folder)), "-c", COMMAND, *arguments]
    return subprocess.run(told, env=clean_environment(), check=False).returncode


def main(arguments: list[str]) -> int:
    """Install if need be; check and run what was dropped, or pass the arguments on."""
    code, folder = prepared()
    if code:
        return code
    if not arguments:
        say("use")
        return 0
    # What is dropped comes with its whole path; anything else was typed.
    dropped = [Path(argument) for argument in arguments]
    if not all(path.is_absolute() and path.exists() for path in dropped):
        return tfp(folder, *arguments)
    for path in arguments:
        say("checking", path=path)
        code = tfp(folder, "check", path)
        if code == 0:
            say("running", path=path)
            code = tfp(folder, "run", path)
        if code:
            return code
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

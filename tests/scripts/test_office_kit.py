"""The office kit: nothing lacking, nothing changed on the way, installed without network."""

from __future__ import annotations

import hashlib
import importlib.util
import io
import os
import shutil
import subprocess
import sys
import zipfile
from html.parser import HTMLParser
from pathlib import Path

import pytest
from assembling import START_PAGE, checksums, embedded_python, kit_files, kit_name, zipped
from gathering import requirement_of
from packaging.requirements import Requirement
from wheels import needed, read_wheel, read_wheels, target_named

WINDOWS = target_named("win_amd64")
ASKED = [Requirement("tfp[pdf]==1.0")]
SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "build_office_kit"


def kit(folder, **options):
    return kit_files(read_wheels(folder), WINDOWS, asked=ASKED, **options)


def embedded(folder, **changed):
    """Write a zip with the names of an embedded Python; return it and its sha256."""
    files = {"python.exe": b"MZ", "python311.dll": b"MZ", "python311._pth": b".\n", "LICENSE": b""}
    files |= changed
    path = folder / "python-3.11.9-embed-amd64.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            if content is not None:
                archive.writestr(name, content)
    return path, hashlib.sha256(path.read_bytes()).hexdigest()


def unpacked(files, folder, name="bộ cài"):
    """Unpack a kit, and return its folder."""
    with zipfile.ZipFile(io.BytesIO(zipped(files, name))) as archive:
        archive.extractall(folder)
    return folder / name


def test_a_kit_holds_exactly_what_windows_needs(wheelhouse):
    files = kit(wheelhouse)
    wheels = {name for name in files if name.startswith("wheels/")}
    assert wheels == {f"wheels/{path.name}" for path in wheelhouse.iterdir()}
    assert {"tfp.cmd", START_PAGE, "kit/start.py", "kit/no-python.txt", "LICENCES.txt"} < set(files)
    locked = files["kit/requirements.txt"].decode().splitlines()
    assert [line.split("==")[0] for line in locked] == [
        "click", "colorama", "numpy", "tfp", "typst",
    ]  # fmt: skip
    digest = hashlib.sha256((wheelhouse / "colorama-1.0-py3-none-any.whl").read_bytes())
    assert f"colorama==1.0 --hash=sha256:{digest.hexdigest()}" in locked


@pytest.mark.parametrize("name", ["colorama", "numpy", "click", "typst", "pip", "tfp"])
def test_a_kit_without_one_of_its_wheels_is_not_made(wheelhouse, name):
    (path,) = wheelhouse.glob(f"{name}-*.whl")
    path.unlink()
    with pytest.raises(ValueError, match=f"would lack: .*{name}"):
        kit(wheelhouse)


@pytest.mark.parametrize(
    ("version", "tag", "lines"),
    [
        ("2.4.6", "cp311-cp311-manylinux_2_28_x86_64", []),
        ("2.4.6", "cp312-cp312-win_amd64", []),
        ("1.26.4", "cp311-cp311-win_amd64", []),
        ("2.4.6", "cp311-cp311-win_amd64", ["Requires-Python: >=3.12"]),
    ],
    ids=["other computer", "other interpreter", "too old", "for a later Python"],
)
def test_a_wheel_that_does_not_fit_is_as_good_as_none(wheelhouse, fake_wheel, version, tag, lines):
    (path,) = wheelhouse.glob("numpy-*.whl")
    path.unlink()
    fake_wheel(wheelhouse, "numpy", version, tag=tag, lines=lines)
    _, lacking = needed(read_wheels(wheelhouse), ASKED, WINDOWS)
    assert lacking == ("numpy>=2.0 (for tfp)",)


def test_markers_are_those_of_the_other_computer(wheelhouse):
    used, lacking = needed(read_wheels(wheelhouse), ASKED, target_named("linux_x86_64"))
    # On Linux click wants uvloop, not colorama; and the wheels for Windows do not fit.
    assert set(lacking) == {"uvloop (for click)", "numpy>=2.0 (for tfp)", "typst>=0.13 (for tfp)"}
    assert "colorama" not in {wheel.name for wheel in used}


def test_a_wheel_that_nobody_needs_and_a_second_version_are_refused(wheelhouse, fake_wheel):
    idle = fake_wheel(wheelhouse, "idle")
    with pytest.raises(ValueError, match=r"Nobody needs: idle-1\.0"):
        kit(wheelhouse)
    idle.unlink()
    fake_wheel(wheelhouse, "click", "8.4")
    with pytest.raises(ValueError, match="would lack: click"):
        kit(wheelhouse)


def test_the_start_file_is_ascii_with_the_line_ends_of_windows(wheelhouse):
    files = kit(wheelhouse)
    start = files["tfp.cmd"]
    assert start.isascii()
    assert start.count(b"\r\n") == start.count(b"\n") == len(start.splitlines())
    text = start.decode()
    assert "@PYTHON@" not in text
    assert "py -3.11" in text
    lines = text.split("\r\n")
    assert lines[0] == "@echo off"
    assert lines.index("chcp 65001 >nul") < next(
        i for i, line in enumerate(lines) if "py -" in line
    )
    # Every path in quotation marks: folders have blanks.
    assert all('"%~dp0' in line for line in lines if "%~dp0" in line)
    labels = {line[1:] for line in lines if line.startswith(":")}
    gotos = {line.rpartition("goto ")[2] for line in lines if "goto " in line}
    assert gotos == labels
    without = files["kit/no-python.txt"].decode("utf-8")
    assert "Máy này không có Python 3.11" in without
    assert not without.startswith("\ufeff")
    assert without.count("\r\n") == without.count("\n")


def test_the_start_page_is_vietnamese_and_says_what_was_not_tried(wheelhouse, tmp_path):
    class Reader(HTMLParser):
        opened: list[str] = []  # noqa: RUF012  (a reader of one page)

        def handle_starttag(self, tag, attrs):
            assert not any(name in ("src", "href") for name, _ in attrs)
            self.opened.append(tag)

    path, sha256 = embedded(tmp_path)
    python = embedded_python(path, sha256, WINDOWS)
    plain, brings = (kit(wheelhouse, python=each)[START_PAGE].decode() for each in (None, python))
    for page in (plain, brings):
        Reader().feed(page)
        assert "Bắt đầu từ đây" in page
        assert "chưa được chạy thử trên Windows" in page
        assert "@" not in page.replace("@media", "")
        assert "python:" not in page
    assert "Máy cần có Python 3.11 64 bit" in plain
    assert "kèm Python 3.11; không phải cài gì trước" not in plain
    assert "kèm Python 3.11; không phải cài gì trước" in brings
    assert "Máy cần có Python" not in brings


def test_every_file_has_its_checksum(wheelhouse):
    files = kit(wheelhouse, template={"tfp.toml": b"x", "số liệu.xlsx": b"y"})
    lines = files["SHA256SUMS"].decode().splitlines()
    said = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    assert set(said) == set(files) - {"SHA256SUMS"}
    assert "template/số liệu.xlsx" in said
    assert all(hashlib.sha256(files[name]).hexdigest() == said[name] for name in said)
    assert checksums({"b": b"", "a": b""}).index("  a") < checksums({"b": b"", "a": b""}).index(
        "  b"
    )


def test_the_same_wheels_give_the_same_bytes(wheelhouse):
    made = [zipped(kit(wheelhouse), "kit") for _ in range(2)]
    assert made[0] == made[1]
    with zipfile.ZipFile(io.BytesIO(made[0])) as archive:
        assert archive.namelist() == sorted(archive.namelist())
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.testzip() is None


def test_the_licence_of_every_wheel_is_listed(wheelhouse):
    lines = kit(wheelhouse)["LICENCES.txt"].decode().splitlines()
    found = {line.split()[0]: " ".join(line.split()[2:]) for line in lines[3:]}
    assert found["tfp"] == "BSD-3-Clause"
    assert found["colorama"] == "BSD License"
    assert found["numpy"] == "see the licence file in the wheel"
    assert len(found) == 6


def test_the_python_of_a_kit_is_the_one_that_was_meant(wheelhouse, tmp_path):
    path, sha256 = embedded(tmp_path)
    python = embedded_python(path, sha256.upper(), WINDOWS)
    files = kit(wheelhouse, python=python)
    assert files["python/python.exe"] == b"MZ"
    assert kit_name("1.0", WINDOWS, python) == "tfp-kit-1.0-win_amd64-py311-with-python"
    with pytest.raises(ValueError, match="has sha256"):
        embedded_python(path, "0" * 64, WINDOWS)
    with pytest.raises(ValueError, match=r"lacks python312\._pth, python312\.dll"):
        embedded_python(path, sha256, target_named("win_amd64", "3.12"))
    with pytest.raises(ValueError, match="Windows as target"):
        embedded_python(path, sha256, target_named("linux_x86_64"))


def test_no_file_leaves_the_kit(wheelhouse):
    with pytest.raises(ValueError, match="would leave the kit"):
        kit(wheelhouse, template={"../../evil": b""})


def test_only_the_extras_that_this_version_has_are_asked_for(tmp_path, fake_wheel):
    extra = fake_wheel(tmp_path / "a", "tfp", lines=["Provides-Extra: pdf"])
    plain = fake_wheel(tmp_path / "b", "tfp")
    assert str(requirement_of(read_wheel(extra))) == "tfp[pdf]==1.0"
    assert str(requirement_of(read_wheel(plain))) == "tfp==1.0"


def start(folder, *arguments, home):
    return subprocess.run(
        [sys.executable, str(folder / "kit" / "start.py"), *map(str, arguments)],
        env={**os.environ, "TFP_HOME": str(home), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_a_damaged_kit_is_not_installed(wheelhouse, tmp_path):
    here = ".".join(map(str, sys.version_info[:2]))
    files = kit_files(read_wheels(wheelhouse), target_named("win_amd64"), asked=ASKED)
    files["kit/start.py"] = files["kit/start.py"].replace(b'"3.11"', f'"{here}"'.encode())
    files["SHA256SUMS"] = checksums({n: c for n, c in files.items() if n != "SHA256SUMS"}).encode()
    folder = unpacked(files, tmp_path)
    (folder / "wheels" / "numpy-2.4.6-cp311-cp311-win_amd64.whl").write_bytes(b"x")
    (folder / "LICENCES.txt").unlink()
    told = start(folder, home=tmp_path / "home")
    assert told.returncode == 4
    assert "LICENCES.txt, wheels/numpy-2.4.6" in told.stdout
    assert "Bộ cài bị thiếu hoặc hỏng tệp" in told.stdout
    assert not (tmp_path / "home").exists()


def test_another_python_is_refused_in_words(wheelhouse, tmp_path):
    files = kit(wheelhouse)
    script = files["kit/start.py"].replace(b'"3.11"', b'"3.10"')
    folder = unpacked({**files, "kit/start.py": script}, tmp_path)
    told = start(folder, home=tmp_path / "home")
    assert told.returncode == 5
    assert "Cần Python 3.10 64 bit" in told.stdout


@pytest.fixture
def start_file():
    """Return the start file as a module."""
    path = SCRIPT.with_name("office_kit") / "contents" / "start.py"
    spec = importlib.util.spec_from_file_location("kit_start", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_embedded_python_is_told_where_packages_are(start_file, tmp_path):
    listed = tmp_path / "python311._pth"
    # As it is shipped.
    listed.write_text(
        "python311.zip\n.\n\n# Uncomment to run site.main() automatically\n#import site\n",
        encoding="utf-8",
    )
    for _ in range(2):
        start_file.open_paths(tmp_path)
        lines = listed.read_text(encoding="utf-8").splitlines()
        assert lines[:2] == ["python311.zip", "."]
        assert lines[-2:] == ["Lib\\site-packages", "import site"]
        assert lines.count("import site") == lines.count("Lib\\site-packages") == 1


@pytest.mark.parametrize(
    ("codes", "called"),
    [((0, 0), ["check", "run"]), ((1,), ["check"]), ((0, 3), ["check", "run"])],
    ids=["sound", "to be settled", "not written"],
)
def test_a_dropped_folder_is_checked_and_then_run(start_file, tmp_path, monkeypatch, codes, called):
    folder = tmp_path / "số liệu Hưng Yên"
    folder.mkdir()
    told, left = [], list(codes)
    monkeypatch.setattr(start_file, "prepared", lambda: (0, tmp_path))
    monkeypatch.setattr(start_file, "tfp", lambda _, *a: (told.append(a), left.pop(0))[1])
    assert start_file.main([str(folder)]) == codes[-1]
    assert told == [(command, str(folder)) for command in called]


def test_what_is_typed_is_passed_on(start_file, tmp_path, monkeypatch):
    (tmp_path / "demo").mkdir()
    monkeypatch.chdir(tmp_path)
    told = []
    monkeypatch.setattr(start_file, "prepared", lambda: (0, tmp_path))
    monkeypatch.setattr(start_file, "tfp", lambda _, *a: told.append(a) or 0)
    for typed in (["demo"], ["run", str(tmp_path / "demo")], ["--version"]):
        assert start_file.main(typed) == 0
    assert told == [("demo",), ("run", str(tmp_path / "demo")), ("--version",)]


def built(folder, target):
    subprocess.run([SCRIPT, "--target", target, "--out", folder], check=True, capture_output=True)
    (path,) = folder.glob("*.zip")
    with zipfile.ZipFile(path) as archive:
        archive.extractall(folder / "thư mục giải nén")
    (kit,) = (folder / "thư mục giải nén").iterdir()
    return kit


@pytest.mark.slow
def test_a_kit_is_installed_and_run_without_network(tmp_path):
    """Built for this kind of computer; the network is taken away where that is permitted."""
    folder = built(tmp_path, "linux_x86_64")
    cut = ["unshare", "--map-root-user", "--net"]
    allowed = shutil.which("unshare") is not None and (
        subprocess.run([*cut, "true"], check=False, capture_output=True).returncode == 0
    )
    nowhere = {"PIP_INDEX_URL": "http://192.0.2.1/", "PIP_NO_INDEX": "1", "PIP_RETRIES": "0"}
    example = tmp_path / "Nguyễn Văn A" / "ví dụ"
    example.parent.mkdir()
    told = subprocess.run(
        [
            *(cut if allowed else []),
            *(sys.executable, str(folder / "kit" / "start.py")),
            *("demo", "--language", "vi", "--out", str(example)),
        ],
        env={**os.environ, **nowhere, "TFP_HOME": str(tmp_path / "Nguyễn Văn A")},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert told.returncode == 0, told.stdout + told.stderr
    assert (example / "results" / "workbook.xlsx").stat().st_size > 10_000
    # Dropping the folder on the start file checks and runs it, without installing again.
    home = tmp_path / "Nguyễn Văn A"
    again = start(folder, example, home=home)
    assert again.returncode == 0, again.stdout + again.stderr
    assert "Kiểm tra:" in again.stdout
    assert "Đang cài đặt" not in again.stdout


@pytest.mark.slow
def test_pip_can_install_the_kit_for_windows_from_itself(tmp_path):
    folder = built(tmp_path, "win_amd64")
    told = subprocess.run(
        [
            *(sys.executable, "-m", "pip", "--isolated", "install", "--dry-run", "--no-index"),
            *("--find-links", str(folder / "wheels"), "--target", str(tmp_path / "x")),
            *("--only-binary", ":all:", "--platform", "win_amd64", "--python-version", "3.11"),
            *("--implementation", "cp", "--require-hashes"),
            *("--requirement", str(folder / "kit" / "requirements.txt")),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    assert "Would install" in told.stdout
    assert (
        len(told.stdout.partition("Would install")[2].split())
        == len(list((folder / "wheels").glob("*.whl"))) - 1
    )

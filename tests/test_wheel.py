"""The built wheel carries everything: a checkout hides files that were forgotten."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.flow.running import COMMAND_S

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel's content in a folder of its own."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("amends-*.whl")
    site = folder / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    return site


def run(site: Path, data_dir: Path, *command: str) -> str:
    """Run Python with the wheel's packages in front of this checkout's, from an empty folder."""
    data_dir.mkdir(exist_ok=True)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("AMENDS_", "PYTHON"))}
    environment = kept | {"PYTHONPATH": str(site), "AMENDS_DATA_DIR": str(data_dir)}
    done = subprocess.run(
        [sys.executable, *command],
        env=environment,
        cwd=data_dir,
        capture_output=True,
        text=True,
        check=False,
        timeout=COMMAND_S,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_wheel_holds_four_packages_and_nothing_else(unpacked: Path) -> None:
    """No tests, no shared data, no stray top-level names."""
    assert {entry.name for entry in unpacked.iterdir() if not entry.name.endswith(".dist-info")} == {
        "crawlers",
        "scoring",
        "webui",
        "db",
    }


def test_wheel_runs_the_main_job(unpacked: Path, tmp_path: Path) -> None:
    """Migrations, model, stand-in and its data are inside: the demo works from the wheel alone."""
    where = run(unpacked, tmp_path / "data", "-c", "import webui, db; print(webui.__file__, db.__file__)")
    assert where.count(str(unpacked)) == 2
    said = run(unpacked, tmp_path / "data", "-m", "webui", "demo", "--no-serve")
    assert "need a person" in said


def test_wheel_serves_pages(unpacked: Path, tmp_path: Path) -> None:
    """Templates, styles, translations and the cases of the practice room are inside."""
    code = (
        "from webui import create_app\n"
        "from webui.practice.cases import all_cases; assert len(all_cases()) >= 48\n"
        "from db.migrate import upgrade; from db.session import make_engine; from db.settings import DbSettings\n"
        "upgrade(make_engine(DbSettings().database_url))\n"
        "client = create_app().test_client()\n"
        "page = client.get('/welcome?lang=es', base_url='http://127.0.0.1:8000')\n"
        "assert page.status_code == 200, page.status\n"
        "import re\n"
        "for link in re.findall(r'(?:href|src)=\"(/static/[^\"?]+)', page.text):\n"
        "    assert client.get(link, base_url='http://127.0.0.1:8000').status_code == 200, link\n"
        "print(page.text)\n"
    )
    assert 'lang="es"' in run(unpacked, tmp_path / "data", "-c", code)

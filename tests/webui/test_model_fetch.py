"""`amends model fetch` against a hub on this machine, and a fetched model named in AMENDS_MODEL_DIR."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from scoring.errors import ModelMissing
from scoring.hub import is_id, resolve
from tests.flow.running import Home
from tests.scoring.hub_standin import COMMIT, Hub, running_hub
from tests.scoring.taught import CAN_BE_TAUGHT, NOT_INSTALLED, save_taught

NAME = "lanterna/anger-tiny"
CONFIG = {"model_type": "bert", "id2label": {"0": "joy", "1": "anger"}}
FILES = {
    "config.json": json.dumps(CONFIG).encode(),
    "model.safetensors": b"w" * 300_000,
    "tokenizer.json": b"{}",
    "tokenizer_config.json": b"{}",
    "vocab.txt": b"[PAD]",
    "README.md": b"# A model",
    "pytorch_model.bin": b"a pickle",
    "modeling_evil.py": b"print('never')",
    "onnx/model.onnx": b"another format",
    "sub/model.safetensors": b"another model",
    "training_args.bin": b"a pickle",
}
READ = {"config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json", "vocab.txt"}


@pytest.fixture
def hub() -> Iterator[Hub]:
    with running_hub({NAME: dict(FILES)}) as running:
        yield running


@pytest.fixture
def home(hub: Hub, tmp_path: Path) -> Home:
    quiet = {"HF_ENDPOINT": hub.url, "HF_HOME": str(tmp_path / "hf"), "HF_HUB_OFFLINE": "0", "HF_TOKEN": ""}
    return Home(tmp_path / "data", environment=quiet)


def folder(home: Home) -> Path:
    return home.data_dir / "models" / "lanterna--anger-tiny"


def refused(home: Home, *arguments: str) -> str:
    """What the command says on its way out: one sentence."""
    done = home.amends("model", "fetch", *arguments)
    assert (done.returncode, "Traceback" in done.stderr) == (1, False), done.stderr
    (line,) = done.stderr.strip().splitlines()
    return line


def test_only_what_is_read_is_fetched(home: Home, hub: Hub, tmp_path: Path) -> None:
    """Configuration, tokenizer and safetensors arrive whole; pickles, code and other formats are not asked for."""
    done = home.amends("model", "fetch", NAME)
    assert done.returncode == 0, done.stderr
    assert {path.name: path.read_bytes() for path in folder(home).iterdir()} == {name: FILES[name] for name in READ}
    assert set(hub.asked) == READ
    assert f"AMENDS_MODEL_DIR={NAME}" in done.stdout
    assert COMMIT[:12] in done.stdout
    assert [path.name for path in folder(home).parent.iterdir()] == [folder(home).name]
    assert not list((tmp_path / "hf").rglob("*.safetensors"))


@pytest.mark.own_interpreter
def test_fetched_again_it_is_replaced(home: Home, hub: Hub) -> None:
    """A newer version takes the place of the old one, without leftovers of it."""
    home.amends("model", "fetch", NAME)
    del hub.models[NAME]["vocab.txt"]
    hub.models[NAME]["model.safetensors"] = b"v" * 1000
    assert home.amends("model", "fetch", NAME, "--revision", COMMIT).returncode == 0
    assert {path.name for path in folder(home).iterdir()} == READ - {"vocab.txt"}
    assert (folder(home) / "model.safetensors").read_bytes() == b"v" * 1000


def test_weights_in_parts_are_fetched(home: Home, hub: Hub) -> None:
    """Large models come as several files and a list of them."""
    files = hub.models[NAME]
    del files["model.safetensors"]
    parts = [f"model-0000{at}-of-00002.safetensors" for at in (1, 2)]
    files |= dict.fromkeys(parts, b"w")
    files["model.safetensors.index.json"] = json.dumps({"weight_map": {"a": parts[0], "b": parts[1]}}).encode()
    assert home.amends("model", "fetch", NAME).returncode == 0
    assert {*parts, "model.safetensors.index.json"} < {path.name for path in folder(home).iterdir()}


def test_labels_that_need_a_mapping_are_told(home: Home, hub: Hub) -> None:
    """The model is kept, and the sentence says what its labels are and how to say what they mean."""
    stars = {"model_type": "bert", "id2label": {"0": "1 star", "1": "5 stars"}}
    hub.models[NAME]["config.json"] = json.dumps(stars).encode()
    done = home.amends("model", "fetch", NAME)
    assert done.returncode == 0
    assert "'1 star', '5 stars'" in done.stdout
    assert "AMENDS_MODEL_LABELS=" in done.stdout
    assert folder(home).is_dir()


def test_pickled_weights_are_refused_unfetched(home: Home, hub: Hub) -> None:
    """Nothing is fetched of a model that could not be used."""
    for name in ("model.safetensors", "sub/model.safetensors"):
        del hub.models[NAME][name]
    assert "has no safetensors weights. Its weights are pickled" in refused(home, NAME)
    assert hub.asked == []


def test_program_code_is_refused_before_the_weights(home: Home, hub: Hub) -> None:
    """The configuration tells; the weights are not fetched, and nothing is kept."""
    hub.models[NAME]["config.json"] = json.dumps(CONFIG | {"auto_map": {"AutoModel": "evil.Model"}}).encode()
    assert "program code of its own" in refused(home, NAME)
    assert hub.asked == ["config.json"]
    assert list((home.data_dir / "models").iterdir()) == []


def test_broken_connection_is_taken_up_again(home: Home, hub: Hub) -> None:
    """Half a file under its name would pass for a model: until all has come there is none."""
    hub.cut = {"model.safetensors": 100_000}
    done = home.amends("model", "fetch", NAME)
    if done.returncode:  # the hub's library may try again by itself
        assert "what has come is kept" in done.stderr
        assert not folder(home).exists()
        assert home.amends("model", "fetch", NAME).returncode == 0
    assert (folder(home) / "model.safetensors").read_bytes() == FILES["model.safetensors"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("nobody/nothing",), "has no model nobody/nothing that everybody may fetch"),
        ((NAME, "--revision", "v9"), "has no revision 'v9'"),
        (("lanterna",), "Write ORG/NAME"),
        (("../../etc/passwd",), "Write ORG/NAME"),
        (("a/..",), "Write ORG/NAME"),
        (("https://huggingface.co/a/b",), "Write ORG/NAME"),
    ],
)
def test_what_cannot_be_had_is_told(home: Home, arguments: tuple[str, ...], says: str) -> None:
    """A wrong name, model or revision: one sentence, and no folder of that name."""
    assert says in refused(home, *arguments)
    assert not [path for path in (home.data_dir / "models").glob("*") if not path.name.startswith(".")]


def test_gated_model_says_where_to_accept(home: Home, hub: Hub) -> None:
    """Some models are given only to those who accept terms."""
    hub.gated = {NAME}
    assert f"accept its terms: do so on {hub.url}/{NAME}, then set HF_TOKEN" in refused(home, NAME)


def test_hub_out_of_order_or_out_of_reach(home: Home, hub: Hub) -> None:
    """An error of the hub, no hub at the address, and a wish not to ask it."""
    hub.status = 418  # no code that the library tries again
    assert "answered 418" in refused(home, NAME)
    home.environment["HF_ENDPOINT"] = "http://127.0.0.1:9"
    assert "cannot be reached" in refused(home, NAME)
    home.environment["HF_HUB_OFFLINE"] = "1"
    assert "HF_HUB_OFFLINE is set" in refused(home, NAME)


def test_name_of_the_hub_stands_for_the_fetched_folder(tmp_path: Path) -> None:
    """A folder that is there goes first; what was not fetched is told with the command."""
    models = tmp_path / "models"
    with pytest.raises(ModelMissing, match=f"Fetch it: amends model fetch {NAME}"):
        resolve(Path(NAME), models)
    (models / "lanterna--anger-tiny").mkdir(parents=True)
    assert resolve(Path(NAME), models) == models / "lanterna--anger-tiny"
    for place in (tmp_path / "none", Path("./none"), tmp_path):
        assert resolve(place, models) == place


@pytest.mark.parametrize("name", ["a/b", "org-1/Name_2.x", "0/_b"])
def test_names_of_the_hub(name: str) -> None:
    """As the hub allows them."""
    assert is_id(name)


@pytest.mark.parametrize(
    "name", ["a", "a/b/c", "/a/b", "a/", "-a/b", "a/b-", "a--x/b", "a/b..c", "a/b\n", "ä/b", "a/.b"]
)
def test_no_names_of_the_hub(name: str) -> None:
    """Nothing that could lead out of the folder, or to another address."""
    assert not is_id(name)


def test_unfetched_model_is_told_by_commands(home: Home) -> None:
    """`amends doctor` names the command that fetches it."""
    home.environment["AMENDS_MODEL_DIR"] = NAME
    done = home.amends("doctor")
    assert f"amends model fetch {NAME}" in done.stdout


@pytest.mark.skipif(not CAN_BE_TAUGHT, reason=NOT_INSTALLED)
def test_fetched_model_judges(home: Home, hub: Hub, tmp_path: Path) -> None:
    """From the hub to a judgement: a real model of stars, fetched, mapped, tried out."""
    made = save_taught(
        tmp_path / "made", ["1 star", "5 stars"],
        {"calm": "5 stars", "annoyed": "5 stars", "angry": "1 star", "furious": "1 star"},
    )  # fmt: skip
    hub.models[NAME] = {path.name: path.read_bytes() for path in made.iterdir()}
    assert home.amends("model", "fetch", NAME).returncode == 0
    home.environment |= {"AMENDS_MODEL_DIR": NAME, "AMENDS_MODEL_LABELS": "1 star=furious"}
    told = home.amends("doctor").stdout
    assert "version transformers." in told
    assert "judges (furious where it should)" in told

"""What only the user of a model knows (given.json): constructor arguments, settings and
inputs, read from the repository's own programs and usual sizes."""
import json
import pathlib
from typing import NamedTuple


class Given(NamedTuple):
    repository: str
    file: str
    model: str      # for --model
    settings: dict  # for --set
    inputs: list    # for --input


def load(path):
    rows = json.loads(pathlib.Path(path).read_text(encoding="utf-8"))
    return [Given(row["repository"], row["file"], row["model"], row.get("settings", {}),
                  row.get("inputs", [])) for row in rows]


def command(binary, root, item):
    """The invocation that gives what `item`, one of these or a recorded trace, says."""
    result = [binary, str(root / item.file), "--model", item.model]
    for key, value in item.settings.items():
        result += ["--set", f"{key}={value}"]
    for spec in item.inputs:
        result += ["--input", spec]
    return result

"""What a user has set: language, theme, borders. A small file in the configuration folder."""

import os
import tomllib
from contextlib import suppress
from pathlib import Path
from typing import Literal

import msgspec

FILE_NAME = "settings.toml"

ThemeName = Literal["dark", "light", "contrast"]
Borders = Literal["line", "ascii"]


class Settings(msgspec.Struct, frozen=True):
    """The interface as a user wants it; `language` "" follows the command line and the locale."""

    language: Literal["", "zh", "en"] = ""
    theme: ThemeName = "dark"
    borders: Borders = "line"


def config_folder() -> Path:
    """Where the user's settings and keys are; GUANHU_CONFIG names another folder."""
    if named := os.environ.get("GUANHU_CONFIG"):
        return Path(named).expanduser()
    from platformdirs import user_config_path

    return user_config_path("guanhu")


def read_settings(folder: Path) -> Settings:
    """The settings; what the file does not say, or says wrongly, is as it comes."""
    try:
        document = tomllib.loads((folder / FILE_NAME).read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return Settings()
    said = {name: value for name, value in document.items() if name in Settings.__struct_fields__}
    found = Settings()
    for name, value in said.items():
        with suppress(msgspec.ValidationError):
            found = msgspec.convert({**msgspec.to_builtins(found), name: value}, Settings)
    return found


def write_settings(folder: Path, settings: Settings) -> None:
    """Keeps the settings, whole or not at all; OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = [f'{name} = "{value}"\n' for name, value in msgspec.to_builtins(settings).items()]
    unfinished = folder / f"{FILE_NAME}.new"
    unfinished.write_text("".join(lines), "utf-8")
    unfinished.replace(folder / FILE_NAME)

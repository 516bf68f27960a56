"""Train the assistant into models/, unless a model of the very same contents is there already.

`python -m bot.train` from the project root; `--fingerprint` only prints the fingerprint, without
importing Rasa, so that a Makefile or a health check can ask for it at no cost.
"""

import argparse
import hashlib
import os
import sys
from pathlib import Path
from typing import Iterator, List, Optional, Sequence

ROOT = Path(__file__).resolve().parents[1]
MODELS_KEPT = 3
_NOT_MODEL = {"tests", ".venv", "__pycache__", ".pytest_cache"}
_SUFFIXES = {".py", ".tsv", ".json", ".yml"}


def _parts(root: Path) -> Iterator[Path]:
    """Every file that the model is made from."""
    yield from (root / name for name in ("config.yml", "domain.yml", "bot/requirements.lock"))
    yield from (root / "data/reference").glob("*.tsv*")
    for folder in ("data/nlu", "data/stories"):
        yield from (path for path in (root / folder).rglob("*.y*ml"))
    for folder, folders, files in os.walk(root / "bot"):
        folders[:] = [name for name in folders if name not in _NOT_MODEL]
        yield from (Path(folder, name) for name in files if Path(name).suffix in _SUFFIXES)


def fingerprint(root: Path = ROOT) -> str:
    """SHA-256 (64 hex digits) over names and contents, in the order of the names."""
    digest = hashlib.sha256()
    for path in sorted({path for path in _parts(root) if path.is_file()}):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        digest.update(f"{path.relative_to(root).as_posix()}\0{content}\n".encode())
    return digest.hexdigest()


def _remove_old(models: Path, kept: int = MODELS_KEPT) -> None:
    newest_first = sorted(models.glob("*.tar.gz"), key=lambda p: p.stat().st_mtime, reverse=True)
    for path in newest_first[kept:]:
        path.unlink()


def train(root: Path = ROOT) -> Path:
    """Train when needed; returns the path of the model. Raises SystemExit when Rasa gives none."""
    models = root / "models"
    target = models / f"{fingerprint(root)[:16]}.tar.gz"
    if target.exists():
        os.utime(target)  # the newest model is the one that is served
        return target
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    import rasa

    # The cache of Rasa does not see a change in a module that a component imports.
    result = rasa.train(
        domain=str(root / "domain.yml"),
        config=str(root / "config.yml"),
        training_files=[str(root / "data" / name) for name in ("nlu", "stories")],
        output=str(models),
        fixed_model_name=target.name[: -len(".tar.gz")],
        force_training=True,
    )
    if not result.model or result.code != 0:
        raise SystemExit("training failed: see Rasa's messages above")
    _remove_old(models)
    return Path(result.model)


def main(arguments: Optional[Sequence[str]] = None) -> int:
    """Command line; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m bot.train", description=__doc__)
    parser.add_argument("--fingerprint", action="store_true", help="print it and stop")
    options = parser.parse_args(arguments)
    os.chdir(ROOT)
    lines: List[str] = [fingerprint()] if options.fingerprint else [str(train())]
    print(*lines)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""``make lock``: choose again the version of every dependency; the locks name no host."""

from __future__ import annotations

import tempfile
from pathlib import Path

from scripts.ops import uv
from scripts.ops.apt import Apt
from scripts.ops.checkout import Checkout
from scripts.ops.console import Step
from scripts.ops.entry import main
from scripts.ops.environments import environments
from scripts.ops.runner import Runner, Tool

_QUIET_ABOUT_PLACES = ["--no-emit-index-url", "--no-emit-find-links", "--no-emit-index-annotation"]
_UV_HEADER = '# The uv that "make" fetches when the machine has none. Made by "make lock".\n'


def lock(runner: Runner, apt: Apt) -> int:
    """Write the three locks anew: the application, the bot, and uv itself."""
    with runner.console.step("Outil uv") as step:
        tool = uv.find_or_install(runner, apt, step)
    compile_: list[str | Path] = [
        tool,
        "pip",
        "compile",
        "--generate-hashes",
        "--upgrade",
        *_QUIET_ABOUT_PLACES,
    ]
    compile_ += ["--custom-compile-command", "make lock"]
    for one in environments(runner.checkout):
        with runner.console.step(f"Verrou : {one.name} (Python {one.version})") as step:
            words = ["pyproject.toml", "--group", "dev", "--python-version", one.version]
            argv = [*compile_, *words, "-o", one.lock.name]
            failure = "Le verrou n’a pas pu être écrit"
            runner.run(step, Tool(argv, f"lock-{one.version}", failure, cwd=one.project))
    with runner.console.step("Verrou : uv") as step:
        _lock_uv(runner, step, tool, pinned_uv(runner.checkout))
    return 0


def pinned_uv(checkout: Checkout) -> str:
    """Return the requirement (``uv==1.2.3``) that the pinned file names."""
    text = (checkout.root / "scripts" / uv.PINNED).read_text(encoding="utf-8")
    return next(line.split()[0] for line in text.splitlines() if line.startswith("uv=="))


def _lock_uv(runner: Runner, step: Step, tool: Path, requirement: str) -> None:
    # The version is a person's choice, changed by hand in the file; only its hashes are made here.
    failure = "Le verrou de uv n’a pas pu être écrit"
    with tempfile.TemporaryDirectory() as folder:
        asked, made = Path(folder, "uv.in"), Path(folder, "uv.txt")
        asked.write_text(requirement + "\n", encoding="utf-8")
        argv: list[str | Path] = [
            tool,
            "pip",
            "compile",
            "--generate-hashes",
            "--universal",
            "--no-annotate",
        ]
        argv += ["--no-header", *_QUIET_ABOUT_PLACES, asked, "-o", made]
        runner.run(step, Tool(argv, "lock-uv", failure))
        target = runner.checkout.root / "scripts" / uv.PINNED
        target.write_text(_UV_HEADER + made.read_text(encoding="utf-8"), encoding="utf-8")


if __name__ == "__main__":
    main(lock)

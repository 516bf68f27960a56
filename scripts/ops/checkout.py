"""Where things are in one checkout of the project."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Checkout:
    """Every path the operations read or write, from the root of the checkout."""

    root: Path

    @property
    def app_python(self) -> Path:
        return self.root / ".venv" / "bin" / "python"

    @property
    def accueil(self) -> Path:
        """The application's command line."""
        return self.root / ".venv" / "bin" / "accueil"

    @property
    def bot_python(self) -> Path:
        return self.root / "bot" / ".venv" / "bin" / "python"

    @property
    def tools(self) -> Path:
        """Tools fetched for this checkout alone (uv)."""
        return self.root / ".tools"

    @property
    def models(self) -> Path:
        return self.root / "models"

    @property
    def var(self) -> Path:
        """What running leaves behind: the database, logs, locks."""
        return self.root / "var"

    @property
    def logs(self) -> Path:
        return self.var / "logs"

    def log(self, name: str) -> Path:
        """Return the log file of the step or process ``name``, its folder made."""
        self.logs.mkdir(parents=True, exist_ok=True)
        return self.logs / f"{name}.log"

    def shown(self, path: Path) -> str:
        """``path`` as a reader at the root would type it."""
        try:
            return str(path.relative_to(self.root))
        except ValueError:
            return str(path)


HERE = Checkout(Path(__file__).resolve().parents[2])

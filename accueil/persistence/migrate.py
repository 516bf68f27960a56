"""Bring a database to the newest schema."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

_FOLDER = Path(__file__).parent / "migrations"


def configuration(connection: Connection) -> Config:
    """Return Alembic's configuration for a connection; there is no ini file."""
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    config.attributes["connection"] = connection
    return config


def migrate(engine: Engine) -> None:
    """Apply every migration that is missing; a schema that is up to date is left alone."""
    with engine.connect() as connection:
        command.upgrade(configuration(connection), "head")
        connection.commit()


def is_up_to_date(engine: Engine) -> bool:
    """Tell whether the database has the newest schema."""
    with engine.connect() as connection:
        heads = set(ScriptDirectory.from_config(configuration(connection)).get_heads())
        return set(MigrationContext.configure(connection).get_current_heads()) == heads

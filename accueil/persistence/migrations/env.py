"""Alembic's entry: run the migrations on the engine that ``migrate`` hands over."""

from alembic import context

from accueil.persistence.tables import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()

"""The database: tables, mapping, repositories, unit of work, migrations (SQLAlchemy 2, Alembic)."""

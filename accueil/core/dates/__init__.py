"""Read French dates and moments in a young person's message, in any register."""

from accueil.core.dates.model import DateReading, DateStatus, TimeRange, Window
from accueil.core.dates.reader import read_dates

__all__ = ["DateReading", "DateStatus", "TimeRange", "Window", "read_dates"]

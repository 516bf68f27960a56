"""Messages that leave: each is written from the facts as they are when its time comes."""

from accueil.services.notify.facts import Addresses, FactsReader
from accueil.services.notify.notifier import Notifier
from accueil.services.notify.writer import MessageWriter

__all__ = ["Addresses", "FactsReader", "MessageWriter", "Notifier"]

"""The names of communes, whole and shortened, and the places in the list they lead to."""

from collections import defaultdict

from accueil.core.places.names import ARTICLES

TOWN = 5_000  # inhabitants from which a town is called by the first half of its name
_RARE_PREFIX = 7  # letters from which a first word used by one commune only stands for it
_TOO_VAGUE = frozenset({"saint", "sainte", "saints", "saintes", "notre", "dame"})

type Names = defaultdict[str, list[int]]


class NameTables:
    """Indexes of communes by name key: today's names, older ones, loose ones, beginnings."""

    def __init__(self) -> None:
        """Start empty."""
        self.current: Names = defaultdict(list)
        self.older: Names = defaultdict(list)
        self.loose: Names = defaultdict(list)
        self.loose_older: Names = defaultdict(list)
        self.towns: Names = defaultdict(list)
        self.rare: Names = defaultdict(list)

    def add(self, full: str, loose: str, index: int, inhabitants: int) -> None:
        """Note the name of a commune; ``loose`` is empty when it is the same as ``full``."""
        self.current[full].append(index)
        if loose:
            self.loose[loose].append(index)
        town = inhabitants >= TOWN
        self._shorten(loose or full, index, town=town)
        article, _, rest = full.partition(" ")
        if town and article in ARTICLES and " " in rest:
            self.towns[f"{article} {rest.split(' ', 1)[0]}"].append(index)

    def add_older(self, full: str, loose: str, head: int) -> bool:
        """Note a former name of ``head``; False, and nothing noted, when it bears it today."""
        if head in self.current.get(full, ()):
            return False
        self.older[full].append(head)
        if loose:
            self.loose_older[loose].append(head)
        self._shorten(loose or full, head, town=False)
        return True

    def first_words(self) -> frozenset[str]:
        """Return the words that names and beginnings of names start with."""
        whole = (self.current, self.older, self.loose, self.loose_older)
        tables = (*whole, self.towns, self.rare)
        return frozenset(key.split(" ", 1)[0] for table in tables for key in table)

    def _shorten(self, name: str, index: int, *, town: bool) -> None:
        first, _, rest = name.partition(" ")
        if not rest:
            return
        if town:
            parts = name.split()
            for key in (" ".join(parts[:size]) for size in range(1, len(parts))):
                if key not in _TOO_VAGUE and len(key) > 1:
                    self.towns[key].append(index)
        if len(first) >= _RARE_PREFIX:
            self.rare[first].append(index)

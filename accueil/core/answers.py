"""The written answers ("fiches"): what is said, from which source, until when, and for whom."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from accueil.core.text import fold

PLACE_SLOTS = ("mission_locale", "departement", "region")
"""Slots on which a response may depend, the most precise first."""

FACETS: Mapping[str, re.Pattern[str]] = {
    name: re.compile(pattern)
    for name, pattern in {
        "age": r"\b(?:ans|age|mineure?s?|majeure?s?|majorite|anniversaire)\b",
        "montant": r"€|\b(?:euros?|gratuit\w*|pa[iy]e\w*|payant\w*|coute\w*|prix|montant\w*)\b",
        "papiers": r"\b(?:papiers?|pieces? d.identite|justificatifs?|attestations?|documents?|"
        r"releves?|livret de famille|photos?)\b",
        "delai": r"\b(?:jours?|semaines?|mois|delais?|des que|le plus tot|dates?|calendrier)\b",
        "demarche": r"\w\.(?:fr|org|com|eu)\b|\b(?:demande|simul\w+|inscri\w+|contacte|appelle|"
        r"remplis|depose|en ligne|formulaire|dossier)\b",
        "apprenti": r"\b(?:apprenti\w*|alternan\w+)\b",
        "etudiant": r"\b(?:etudiant\w*|etudes|universite|crous)\b",
        "etranger": r"\b(?:etrang\w+|sejour|nationalite|titre de sejour|sans papiers)\b",
        "cumul": r"\b(?:cumul\w*|en meme temps|en plus de)\b",
    }.items()
}
"""What a follow-up question may ask about an answer, and how a (folded) sentence speaks of it.

The names are those of the fiches of the `precision` intent and of `precisions` in an answer."""

_SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n+")
_MOST_SENTENCES = 2


@dataclass(frozen=True, slots=True)
class Variant:
    """One text of an answer. ``where`` says for which places (slot to value); empty: everywhere."""

    text: str
    buttons: tuple[Mapping[str, str], ...] = ()
    card: Mapping[str, Any] = field(default_factory=dict)
    where: Mapping[str, str] = field(default_factory=dict)

    def is_expired(self, today: date) -> bool:
        """Tell whether its source had to be read again before ``today``, a day in France."""
        expires = self.card.get("expires_on")
        return bool(expires) and date.fromisoformat(str(expires)) < today

    def about(self, facet: str) -> str:
        """Return what it says on one facet: the written precision, else its own sentences."""
        written = (self.card.get("precisions") or {}).get(facet)
        if written:
            return str(written)
        pattern = FACETS[facet]
        said = [one for one in _SENTENCE.split(self.text) if pattern.search(fold(one))]
        return " ".join(said[:_MOST_SENTENCES])

    def fits(self, place: Mapping[str, str]) -> bool:
        """Tell whether it is for somebody of this place; case does not matter, as in Rasa."""
        return all(
            (place.get(name) or "").casefold() == value.casefold()
            for name, value in self.where.items()
        )

    def shown_card(self) -> dict[str, Any]:
        """Return the card as it leaves."""
        return without_precisions(self.card)


@dataclass(frozen=True, slots=True)
class Answer:
    """A fiche: ``key`` is ``theme/fiche``, ``title`` a question it answers."""

    key: str
    title: str
    variants: tuple[Variant, ...]

    @property
    def theme(self) -> str:
        """Return the theme's intent name."""
        return self.key.split("/", 1)[0]

    def is_about(self, facet: str) -> bool:
        """Tell whether the question itself names this facet (apprentices, students…)."""
        return bool(FACETS[facet].search(fold(self.title)))

    @property
    def is_local(self) -> bool:
        """Tell whether what is said depends on the place."""
        return any(variant.where for variant in self.variants)

    def for_place(self, place: Mapping[str, str]) -> Variant:
        """Return the most precise variant for a place (slots of ``PLACE_SLOTS``).

        Without a place, the first variant that is for everybody.
        """
        return min(
            (variant for variant in self.variants if variant.fits(place)),
            key=_precision,
            default=self.variants[0],
        )


def without_precisions(card: Mapping[str, Any]) -> dict[str, Any]:
    """Return a card as it leaves: without what serves follow-up questions only."""
    return {name: value for name, value in card.items() if name != "precisions"}


def _precision(variant: Variant) -> int:
    ranks = [PLACE_SLOTS.index(name) for name in variant.where if name in PLACE_SLOTS]
    return min(ranks, default=len(PLACE_SLOTS))

"""Read ``data/safety/lexicon.toml``: what to look for, and what takes it back."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from accueil.core.safety.model import SafetyDataError, SafetyType
from accueil.core.safety.pattern import Pattern, PatternCompiler, PatternIndex
from accueil.core.safety.words import Normaliser
from accueil.core.text import fold


class Strength(StrEnum):
    """How much it takes to set a pattern aside; the keys of a type in the lexicon."""

    always = "toujours"
    strong = "fort"
    weak = "faible"
    fallback = "defaut"
    alone = "seul"


class Scope(StrEnum):
    """Where a context must stand to weigh on a match."""

    just_before = "juste_avant"
    just_after = "juste_apres"
    sentence = "phrase"
    message = "message"


@dataclass(frozen=True, slots=True)
class Rule:
    """One pattern's meaning."""

    type: SafetyType
    strength: Strength


@dataclass(frozen=True, slots=True)
class Context:
    """Words that set matches aside, or tell whom they are about."""

    name: str
    scope: Scope
    against: frozenset[Strength]
    except_starting: frozenset[str]
    except_types: frozenset[SafetyType]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The compiled file. ``order`` and ``numbers`` go from the most urgent type to the least."""

    normaliser: Normaliser
    rules: PatternIndex[Rule]
    idioms: PatternIndex[None]
    contexts: PatternIndex[Context]
    others: PatternIndex[None]
    minor: PatternIndex[None]
    discovery: PatternIndex[None]
    reassured: PatternIndex[None]
    numbers: dict[SafetyType, tuple[str, ...]]
    minor_types: frozenset[SafetyType]
    own_words: frozenset[str]
    around: frozenset[str]
    alarming: tuple[str, ...]
    calm: tuple[str, ...]


def load_lexicon(path: Path) -> Lexicon:
    """Raise SafetyDataError naming the faulty entry, OSError when the file cannot be read."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise SafetyDataError(f"{path.name} : {error}") from error
    missing = [kind for kind in SafetyType if kind not in data["types"]]
    if missing:
        raise SafetyDataError(f"{path.name} : types absents : {', '.join(missing)}")
    compiler = PatternCompiler(data["listes"])
    rules = PatternIndex(list(_rules(data["types"], compiler)))
    contexts = PatternIndex(list(_contexts(data["contextes"], compiler)))
    idioms = _plain(data["idiomes"]["motifs"], compiler)
    others = _plain(data["tierce_personne"]["motifs"], compiler)
    minor = _plain(data["mineur"]["motifs"], compiler)
    discovery = _plain(data["peur_d_etre_decouvert"]["motifs"], compiler)
    reassured = _plain(data["rassure"]["motifs"], compiler)
    types = sorted(SafetyType, key=lambda kind: (data["types"][kind]["urgence"], kind))
    return Lexicon(
        normaliser=_normaliser(data, compiler),
        rules=rules,
        idioms=idioms,
        contexts=contexts,
        others=others,
        minor=minor,
        discovery=discovery,
        reassured=reassured,
        numbers={kind: tuple(data["types"][kind]["numeros"]) for kind in types},
        minor_types=frozenset(SafetyType(name) for name in data["mineur"]["ajoute_pour"]),
        own_words=frozenset(data["tierce_personne"]["mots_de_soi"]),
        around=frozenset(data["seul"]["mots"].split()),
        alarming=tuple(data["temoins"]["danger"]),
        calm=tuple(data["temoins"]["ordinaire"]),
    )


def _rules(types: dict[str, Any], compiler: PatternCompiler) -> Iterator[tuple[Pattern, Rule]]:
    for name, entry in types.items():
        if name not in SafetyType.__members__:
            raise SafetyDataError(f"type inconnu : {name}")
        for strength in Strength:
            for source in entry.get(strength, ()):
                yield compiler.compile(source), Rule(SafetyType(name), strength)


def _contexts(
    contexts: dict[str, Any], compiler: PatternCompiler
) -> Iterator[tuple[Pattern, Context]]:
    for name, entry in contexts.items():
        context = Context(
            name,
            Scope(entry["portee"]),
            frozenset(Strength(one) for one in entry["contre"]),
            frozenset(entry.get("sauf_si_commence_par", ())),
            _spared(entry),
        )
        for source in entry["motifs"]:
            yield compiler.compile(source), context


def _spared(entry: dict[str, Any]) -> frozenset[SafetyType]:
    only = entry.get("types")
    kept = frozenset(SafetyType(one) for one in entry.get("sauf_types", ()))
    return kept if only is None else frozenset(SafetyType) - {SafetyType(one) for one in only}


def _plain(sources: list[str], compiler: PatternCompiler) -> PatternIndex[None]:
    return PatternIndex([(compiler.compile(source), None) for source in sources])


def _normaliser(data: dict[str, Any], compiler: PatternCompiler) -> Normaliser:
    shorthand = {fold(short): full for short, full in data["abreviations"].items()}
    expanded = {word for full in shorthand.values() for word in full.split()}
    common = {fold(word) for word in data["mots_courants"]["mots"].split()}
    return Normaliser(
        words=frozenset(compiler.words | expanded),
        stems=frozenset(compiler.stems),
        shorthand=shorthand,
        emoji=data["emojis"],
        fillers=frozenset(data["mots_vides"]["mots"].split()),
        common=frozenset(common),
    )

"""Train the safety classifier: ``data/safety/examples`` -> ``data/safety/classifier.bin.zz``.

``make safety``, or ``.venv/bin/python -m scripts.train_safety``. Two runs on the same examples
and the same machine give the same bytes. Ordinary questions come from ``data/nlu``, except those
about danger; each example is also learnt in SMS spelling, with slips of the finger, and beside an
ordinary question.
"""

import itertools
import json
import lzma
import random
import re
import zlib
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from string import ascii_lowercase

import numpy as np
from scipy.sparse import csr_matrix

from accueil.content.project import read_project
from accueil.core.safety import classifier
from accueil.core.safety.features import BUCKETS, features, windows
from accueil.core.safety.model import SafetyType
from accueil.core.territory import DAYS
from bot.evaluation.noise import sms, typos
from scripts.safety_network import GAIN, Floats, Lesson, Network, learn

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "data" / "safety" / "examples"
SEED = 20261122
SHORT_WEIGHT = 0.3
"""Short answers are made by the thousand: together they must not outweigh what people wrote."""
_RARITY_STEPS = 20
_STEPS = 10
"""Steps on both sides of nought; with 127 of them the recall was the same to a thousandth."""
_LINKS = (", ", " ", ". ", " et ", " mais ", "\n", ", sinon ", " et aussi ", "... ")
_SHORT = (
    "oui/non/ouais/nan/ok/d'accord/ça marche/le premier/la première/le deuxième/le dernier/le 1/"
    "peu importe/n'importe quand/je sais pas/jsp/aucun/les deux/plus tard/attends/c'est bon/annule/"
    "recommence/stop/merci/merci beaucoup/bonjour/salut/cc/yo/wesh/salam/hey/bonsoir/bonne nuit/"
    "au revoir/à demain/mdr/lol/ptdr/bof/voilà/ah/oh/hein/quoi/comment ça/pourquoi/où/quand/qui/"
    "test/essai/allo/?/!/.../menu/retour/suivant/autre/autre chose/rien/pas maintenant/moi/toi/"
    "je préfère le matin/pas le matin"
)
_AGES = (
    "{} ans/j'ai {} ans/jai {} ans/g {} an/moi c'est {} ans/j'ai {} ans et demi/"
    "j'ai {} ans je veux un rdv/j'ai {} ans et je cherche un stage/mon frère a {} ans/"
    "ma fille a {} ans/à {} ans on a droit à quoi/c'est possible à {} ans"
)
AGE_WEIGHT = 2.0
"""Said alone an age is no danger, however young, and many in danger say theirs."""
_SAINT = re.compile(r"\b([Ss])aint(e?)-")
_ABOUT_DANGER = frozenset(
    """droits_citoyennete/harcelement droits_citoyennete/porter_plainte emploi/harcelement_travail
    sante/mal_etre sante/troubles_alimentaires aides_argent/aide_alimentaire""".split()
)
"""Fiches whose questions may come from somebody in danger: no example of calm."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """One message: distress or not, its type when it is, how much it weighs."""

    text: str
    distress: bool
    type: str
    weight: float = 1.0


def read_examples(folder: Path) -> list[Labelled]:
    """Read the examples: ``danger/<type>.txt`` and ``calm/<category>.txt``, one message a line."""
    return [
        Labelled(text, path.parent.name == "danger", path.stem)
        for path in sorted(folder.glob("*/*.txt"))
        for text in path.read_text(encoding="utf-8").splitlines()
    ]


def main() -> None:
    """Train, and write the file."""
    written, ordinary = read_examples(EXAMPLES), list(_ordinary())
    varied = _varied(written, ordinary)
    rows = [*written, *ordinary, *_short_answers(), *varied]
    lesson = _lesson(rows)
    path = ROOT / "data" / "safety" / classifier.FILE
    _write(path, lesson.rarity, learn(lesson, SEED))
    print(f"{len(written)} exemples, {len(ordinary)} questions ordinaires, {len(rows)} lus.")


def _ordinary() -> Iterator[Labelled]:
    for intent in read_project(ROOT).intents:
        if intent.name in _ABOUT_DANGER:
            continue
        distress = intent.name == "detresse"
        for example in intent.examples:
            yield Labelled(example.text, distress, "")


def _short_answers() -> Iterator[Labelled]:
    """Yield what people answer when the assistant asks where, when or which: no distress."""
    with lzma.open(ROOT / "data" / "reference" / "communes.tsv.xz", "rt", encoding="utf-8") as file:
        names = sorted({line.split("\t")[2] for line in file})
    names += [_SAINT.sub(r"\1t\2 ", name) for name in names if _SAINT.search(name)]
    hours = [f"{hour}h{minute}" for hour in range(8, 20) for minute in ("", "15", "30")]
    moments = ["", "matin", "aprem", "après-midi", "soir", "midi", "prochain", *hours]
    days = [*DAYS, "demain", "après-demain", "aujourd'hui", "ce soir", "la semaine prochaine"]
    moves = [f"{day} {moment}".strip() for day in days for moment in moments]
    numbers = [str(number) for number in range(1000)]
    for text in (*names, *moves, *hours, *numbers, *ascii_lowercase, *_SHORT.split("/")):
        yield Labelled(text, False, "", SHORT_WEIGHT)
    for said, age in itertools.product(_AGES.split("/"), range(10, 40)):
        yield Labelled(said.format(age), False, "", AGE_WEIGHT)


def _varied(rows: list[Labelled], ordinary: list[Labelled]) -> Iterator[Labelled]:
    """Yield each message misspelt, and beside another one that is no distress.

    Two ordinary questions side by side are as frequent as one beside a word of distress: length
    and company alone must tell nothing.
    """
    chance = random.Random(SEED)  # noqa: S311, repeatable, no secret
    calm = [one.text for one in ordinary if not one.distress]
    hard = [one.text for one in rows if not one.distress]
    for one in (*rows, *ordinary):
        yield replace(one, text=typos(sms(one.text, SEED), SEED))
        yield replace(one, text=_beside(one.text, chance.choice(calm), chance))
    for one in rows:
        yield replace(one, text=_beside(one.text, chance.choice(hard), chance))


def _beside(text: str, other: str, chance: random.Random) -> str:
    pair = (other, text) if chance.random() < 0.5 else (text, other)
    return chance.choice(_LINKS).join(pair)


def _lesson(rows: list[Labelled]) -> Lesson:
    """Return features and right answers; a type is learnt from the messages that tell it."""
    places = _places([one.text for one in rows])
    kinds = np.array([one.type for one in rows])
    distress = np.array([one.distress for one in rows])
    types = np.stack([kinds == kind for kind in SafetyType], axis=1)
    told = np.repeat(types.any(axis=1, keepdims=True), len(SafetyType), axis=1)
    weights = np.column_stack([[one.weight for one in rows], told])
    targets = np.column_stack([distress, types])
    return Lesson(places, _rarity(places), targets.astype(np.float32), weights.astype(np.float32))


def _places(texts: list[str]) -> csr_matrix:
    """Return one row of zeros and ones for each text."""
    starts, found = [0], array("i")
    for text in texts:
        found.extend(sorted(features(windows(text)[0])))
        starts.append(len(found))
    shape = (len(texts), BUCKETS)
    return csr_matrix((np.ones(len(found), np.int8), np.array(found), starts), shape=shape)


def _rarity(places: csr_matrix) -> Floats:
    """Return the inverse document frequency of each place, in twentieths, 255 at most."""
    seen = np.bincount(places.indices, minlength=BUCKETS)
    rarity = np.log((1 + places.shape[0]) / (1 + seen)) + 1
    return np.minimum(np.round(rarity * _RARITY_STEPS), 255).astype(np.float32)


def _write(path: Path, rarity: Floats, network: Network) -> None:
    """Write the rows in few steps: sums of hundreds of them lose nothing, and the file shrinks."""
    rows = network.rows * rarity[:, None] * GAIN
    scales = np.abs(rows).max(axis=0) / _STEPS
    body = np.round(rows / scales).astype(np.int16) + classifier.ZERO
    names = [classifier.DISTRESS, *map(str, SafetyType)]
    weights, biases = network.outputs.T.tolist(), network.output_biases.tolist()
    head = {
        "format": classifier.FORMAT,
        "made_from": classifier.fingerprint(EXAMPLES),
        "scales": scales.tolist(),
        "biases": network.biases.tolist(),
        "outputs": list(zip(names, weights, biases, strict=True)),
    }
    bodies = rarity.astype(np.uint8).tobytes() + body.astype(np.uint8).tobytes()
    path.write_bytes(zlib.compress(json.dumps(head).encode() + b"\n" + bodies, level=9))


if __name__ == "__main__":
    main()

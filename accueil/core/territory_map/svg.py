"""The few pieces of SVG that the maps are made of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from accueil.core.territory_map.mesh import Mesh
from accueil.core.territory_map.outlines import Point

HOLE = "url(#hole)"
UNSERVED = "#ececec"
INK = "#222222"
_CROWD = 1_500  # sites from which marks are smaller
_STYLE = (
    "text{font-family:sans-serif;fill:#222}.title{font-size:26px;font-weight:bold}"
    ".letter{font-size:14px;font-weight:bold;text-anchor:middle;stroke:#fff;stroke-width:3px;"
    "paint-order:stroke}.said{font-size:16px}.small{font-size:13px}.number{font-size:10px;text-anchor:middle}"
)
_HATCH = (
    '<pattern id="hole" patternUnits="userSpaceOnUse" width="6" height="6">'
    '<rect width="6" height="6" fill="#fff"/>'
    '<path d="M-1 1l2-2M0 6l6-6M5 7l2-2" stroke="#a00000" stroke-width="1.3"/></pattern>'
)


@dataclass(frozen=True, slots=True)
class Box:
    """Where a mesh is drawn: ``x`` and ``y`` of its corner and the size of a cell, in pixels."""

    x: float
    y: float
    scale: float

    @classmethod
    def fit(
        cls,
        mesh: Mesh,
        room: tuple[float, float, float, float],
        also: Iterable[Point] = (),
    ) -> "Box":
        """Return the largest box that shows every commune in the middle of a rectangle.

        ``room`` is its left, top, width and height; ``also`` more points to show, in cells.
        """
        x, y, width, height = room
        left, top, right, bottom = mesh.used()
        columns, rows = zip((left, top), (right, bottom), *also, strict=True)
        left, top = min(columns), min(rows)
        wide, high = max(columns) - left, max(rows) - top
        scale = min(width / wide, height / high)
        return cls(
            x + (width - scale * wide) / 2 - scale * left,
            y + (height - scale * high) / 2 - scale * top,
            scale,
        )

    def at(self, point: Point) -> Point:
        """Return the pixel of a point in cells."""
        return self.x + point[0] * self.scale, self.y + point[1] * self.scale


def document(width: int, height: int, title: str, description: str, content: Iterable[str]) -> str:
    """Return a whole document that says what it is to whoever does not see it."""
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
            f'width="{width}" height="{height}" role="img" lang="fr" '
            'aria-labelledby="title description">',
            f'<title id="title">{clean(title)}</title>',
            f'<desc id="description">{clean(description)}</desc>',
            f"<defs><style>{_STYLE}</style>{_HATCH}</defs>",
            f'<rect width="{width}" height="{height}" fill="#fff"/>',
            *content,
            "</svg>\n",
        )
    )


def clean(text: str) -> str:
    """Return text for XML: escaped, without the characters that XML forbids."""
    return escape(
        "".join(
            one for one in text if one >= " " and not "\ud800" <= one <= "\udfff" and one < "\ufffe"
        )
    )


def words(x: float, y: float, text: str, kind: str = "said", more: str = "") -> str:
    """Return a line of text."""
    return f'<text x="{x:.0f}" y="{y:.0f}" class={quoteattr(kind)}{more}>{clean(text)}</text>'


def area(box: Box, lines: Iterable[Sequence[Point]], style: str, title: str = "") -> str:
    """Return a shape made of closed lines; ``title`` shows under the pointer."""
    path = "".join(_closed(box, line) for line in lines)
    inside = f"<title>{clean(title)}</title>" if title else ""
    return f'<path d="{path}" fill-rule="evenodd" {style}>{inside}</path>'


def _closed(box: Box, line: Sequence[Point]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in map(box.at, line)) + "Z"


def dots(points: Iterable[Point]) -> str:
    """Return small white marks with a dark ring, in pixels."""
    each = [f"M{x:.1f} {y:.1f}h0" for x, y in points]
    if not each:
        return ""
    path, size = "".join(each), 1.0 if len(each) < _CROWD else 0.6
    ring = f'<path class="sites" d="{path}" stroke="{INK}" stroke-width="{5.4 * size:.1f}" '
    heart = f'<path d="{path}" stroke="#fff" stroke-width="{2.8 * size:.1f}" '
    return ring + 'stroke-linecap="round"/>' + heart + 'stroke-linecap="round"/>'


def swatch(x: float, y: float, fill: str, text: str, letter: str = "") -> str:
    """Return one line of a legend; ``letter`` is what its shape bears on the map."""
    square = (
        f'<rect x="{x:.0f}" y="{y - 13:.0f}" width="22" height="15" fill="{fill}" stroke="{INK}"/>'
    )
    mark = words(x + 11, y - 1, letter, "letter") if letter else ""
    return square + mark + words(x + 30, y, text)


def filled(fill: str, stroke: str, width: float) -> str:
    """Return the attributes of a filled shape."""
    return f'fill="{fill}" stroke="{stroke}" stroke-width="{width}" stroke-linejoin="round"'

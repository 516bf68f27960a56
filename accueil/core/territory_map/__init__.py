"""Draw a territory as an SVG picture, from the centres of communes only. Pure."""

from accueil.core.territory_map.department import draw_department
from accueil.core.territory_map.france import draw_france

__all__ = ["draw_department", "draw_france"]

"""What a browser can tell of a page's accessibility: axe, width, names, focus, size of targets."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import CDPSession, Page

TAGS = ["RGAAv4", "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
_CONTRAST = {"type": "rule", "values": ["color-contrast"]}
_AXE = """async (runOnly) => {
  const found = await axe.run({ runOnly, resultTypes: ["violations"], elementRef: false });
  const told = ({ id }, node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary}`;
  return found.violations.flatMap((rule) => rule.nodes.map((node) => told(rule, node)));
}"""

# Open shadow roots are walked too: the widget lives in one.
_DEEP = """
const deep = (root) => [...root.querySelectorAll("*")].flatMap(
  (node) => [node, ...(node.shadowRoot ? deep(node.shadowRoot) : [])]);
const active = () => {
  let node = document.activeElement;
  while (node?.shadowRoot?.activeElement) node = node.shadowRoot.activeElement;
  return node;
};
const named = (node) => `${node.localName}#${node.id} ${node.textContent.trim().slice(0, 40)}`;
"""
_STOPS = (
    "() => {"
    + _DEEP
    + """
  const modal = deep(document).find((node) => node.matches("dialog:modal"));
  const all = modal ? deep(modal) : deep(document);
  const seen = all.filter((node) => node.checkVisibility({ visibilityProperty: true })
    && node.matches("a[href], button, input, select, textarea, summary, [tabindex='0']")
    && !node.disabled && node.type !== "hidden" && node.tabIndex >= 0);
  // One radio button of a group is a stop, the arrows do the rest.
  const groups = new Set();
  window.stops = seen.filter((node) => {
    if (node.type !== "radio") return true;
    const group = `${node.form?.outerHTML.length}${node.name}`;
    if (groups.has(group)) return false;
    return groups.add(group);
  });
  window.reached = new Map();
  active()?.blur?.();
  const note = (event) => {
    const node = event.composedPath()[0];
    const style = getComputedStyle(node);
    const isSeen = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    window.reached.set(node, isSeen);
  };
  // A move within the widget stops at its shadow root: listen there too.
  const inner = deep(document).map((node) => node.shadowRoot).filter(Boolean);
  for (const root of [document, ...inner]) root.addEventListener("focusin", note);
  return window.stops.length;
}"""
)
_WALKED = (
    "() => {"
    + _DEEP
    + """
  const nodes = [...window.reached.keys()];
  const alike = (node) => nodes.some((one) => one === node
    || (node.type === "radio" && one.name === node.name && one.form === node.form));
  const missed = window.stops.filter((node) => !alike(node));
  const faint = nodes.filter((node) => !window.reached.get(node));
  return [
    ...missed.map((node) => `Tab never reaches ${named(node)}`),
    ...faint.map((node) => `no visible focus: ${named(node)}`),
  ];
}"""
)
_PAGE = (
    "() => {"
    + _DEEP
    + """
  const faults = [];
  const root = document.documentElement;
  if (root.lang !== "fr") faults.push(`lang is ${root.lang}`);
  if (!document.title.trim()) faults.push("no title");
  const headings = document.querySelectorAll("h1").length;
  if (headings !== 1) faults.push(`${headings} h1`);
  let before = 0;
  for (const node of document.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
    const level = Number(node.localName[1]);
    if (level > before + 1) faults.push(`h${level} after h${before}: ${named(node)}`);
    before = level;
  }
  const ids = [...document.querySelectorAll("[id]")].map((node) => node.id);
  const again = ids.filter((one, index) => ids.indexOf(one) !== index);
  faults.push(...again.map((id) => `id ${id} twice`));
  for (const node of deep(document)) {
    if (node.tabIndex > 0) faults.push(`positive tabindex: ${named(node)}`);
    if (node.target === "_blank" && !/nouvelle fenêtre|new window/.test(node.textContent))
      faults.push(`new window unsaid: ${named(node)}`);
    const isPressed = "button, input:not([type=hidden]), select, summary, a.button, textarea";
    if (!node.matches(isPressed)) continue;
    if (!node.checkVisibility({ visibilityProperty: true })) continue;
    const { width, height } = node.getBoundingClientRect();
    const label = node.matches("[type=radio], [type=checkbox]") ? node.labels[0] : null;
    const tall = Math.max(height, label?.getBoundingClientRect().height ?? 0);
    if (tall < 24 || (width < 24 && !label)) faults.push(`small target: ${named(node)}`);
  }
  return faults;
}"""
)
_WIDTH = (
    "() => {"
    + _DEEP
    + """
  const faults = [];
  const root = document.documentElement;
  if (root.scrollWidth > innerWidth)
    faults.push(`page ${root.scrollWidth} px wide of ${innerWidth}`);
  for (const node of deep(document)) {
    if (!node.checkVisibility({ visibilityProperty: true })) continue;
    const style = getComputedStyle(node);
    const hidden = node.scrollWidth > node.clientWidth + 1 && node.clientWidth > 1;
    if (hidden && node.matches(".log, .panel, .menu, dialog"))
      faults.push(`sideways: ${named(node)}`);
    const cut = node.scrollHeight > node.clientHeight + 2 && node.clientHeight > 1
      && style.overflowY === "hidden" && node.textContent.trim();
    if (cut && !node.matches("dialog, html, body")) faults.push(`cut: ${named(node)}`);
  }
  return faults;
}"""
)
_SPACING = """* { line-height: 1.5 !important; letter-spacing: .12em !important;
  word-spacing: .16em !important; } p { margin-bottom: 2em !important; }"""
_SPACE_OUT = (
    "(css) => {"
    + _DEEP
    + """
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  for (const root of [document, ...deep(document).map((node) => node.shadowRoot).filter(Boolean)])
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}"""
)


def axe(page: Page) -> list[str]:
    """Return the violations of RGAA 4 and WCAG 2.2 A and AA that axe-core finds."""
    return _run(page, {"type": "tag", "values": TAGS})


def contrast(page: Page) -> list[str]:
    """Return the contrasts that axe-core finds too low: another theme changes nothing else."""
    return _run(page, _CONTRAST)


def _run(page: Page, rules: dict[str, Any]) -> list[str]:
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE_SCRIPT)
    found: list[str] = page.evaluate(_AXE, rules)
    return found


def structure(page: Page) -> list[str]:
    """Return faults of language, title, headings, identifiers, new windows and targets (24 px)."""
    found: list[str] = page.evaluate(_PAGE)
    return found


def width(page: Page) -> list[str]:
    """Return what scrolls sideways or is cut at the window's size."""
    found: list[str] = page.evaluate(_WIDTH)
    return found


def space_out(page: Page) -> None:
    """Space the text as WCAG 1.4.12 lets a reader do, in the widget too."""
    page.evaluate(_SPACE_OUT, _SPACING)


def keyboard(page: Page) -> list[str]:
    """Walk the page with Tab; return what it never reaches, and focus that cannot be seen."""
    count: int = page.evaluate(_STOPS)
    for _ in range(count + 4):
        page.keyboard.press("Tab")
    found: list[str] = page.evaluate(_WALKED)
    return found


def resize(session: CDPSession, width: int, height: int, scale: float = 1) -> None:
    """Give the window a size in CSS pixels; ``scale`` 2 is a zoom of 200 %."""
    metrics: dict[str, Any] = {"width": width, "height": height, "deviceScaleFactor": scale}
    session.send("Emulation.setDeviceMetricsOverride", metrics | {"mobile": False})

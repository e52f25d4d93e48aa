"""What eyes and fingers need, measured in a page: room for a finger, nothing cut off, and an edge in any colours.

Each is a function in the page that gives the places where it is not so.
"""

from playwright.sync_api import Page

# Reader's own spacing, WCAG 1.4.12: a sheet of the page itself, since its policy lets no style be put into it.
_SPACED = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
p { margin-block-end: 2em !important }"""
_LETTERS = 16  # pixels of a letter where nobody has chosen another size
_SPACE = """style => { const sheet = new CSSStyleSheet(); sheet.replaceSync(style);
  document.adoptedStyleSheets = style ? [sheet] : []; }"""
_NAME = """const name = (one) => one.id ? `#${one.id}` : `${one.tagName.toLowerCase()}.${one.className}`;
const seen = (one) => one.checkVisibility({visibilityProperty: true}) && one.getClientRects().length > 0;"""
# The way out and all that is pressed or typed in has 44 pixels, our own measure; a link in a sentence has its line.
_SMALL = (
    "() => {"
    + _NAME
    + """
  const parts = '.leave, .open, .languages summary, button, .button, .choice, input[type=text], select, textarea';
  return [...document.querySelectorAll(parts)].filter(seen).filter((one) => {
    const {width, height} = one.getBoundingClientRect();
    return width < 43.9 || height < 43.9;
  }).map((one) => { const {width, height} = one.getBoundingClientRect(); return `${name(one)} ${width} x ${height}`; });
}"""
)
# Words that their own box cuts off, but for what may scroll.
_CUT = (
    "() => {"
    + _NAME
    + """
  const wider = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  const parts = [...document.querySelectorAll('body *')].filter(seen).filter((one) => {
    const {overflowX, overflowY, clipPath} = getComputedStyle(one);
    const cuts = (way, inner, outer) => ['hidden', 'clip'].includes(way) && inner > outer + 1;
    return one.clientWidth > 1 && clipPath === 'none' && one.innerText?.trim()
      && (cuts(overflowX, one.scrollWidth, one.clientWidth) || cuts(overflowY, one.scrollHeight, one.clientHeight));
  });
  return [...(wider > 0 ? [`page by ${wider}`] : []), ...parts.map(name)];
}"""
)
# Where colours are forced: what is pressed, typed in or told apart has an edge, and words are not of their own ground.
_UNSEEN = (
    "() => {"
    + _NAME
    + """
  const ground = (one) => { for (let at = one; at; at = at.parentElement) {
    const colour = getComputedStyle(at).backgroundColor;
    if (!/, 0\\)$|transparent/.test(colour)) return colour; } return 'Canvas'; };
  const hasEdge = (one) => { const style = getComputedStyle(one);
    return ['Top', 'Bottom', 'Left', 'Right'].some((side) => parseFloat(style[`border${side}Width`]) > 0
      && style[`border${side}Style`] !== 'none' && style[`border${side}Color`] !== ground(one.parentElement)); };
  const edged = '.button, .choice, input[type=text], select, textarea, .leave, .warning, .note, .error-summary,'
    + '.field-error';
  return [...document.querySelectorAll(edged)].filter(seen).filter((one) => !hasEdge(one))
    .map((one) => `no edge: ${name(one)}`)
    .concat([...document.querySelectorAll('body *')].filter(seen)
      .filter((one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
      .filter((one) => getComputedStyle(one).color === ground(one)).map((one) => `not seen: ${name(one)}`));
}"""
)


def small(page: Page) -> list[str]:
    """What a finger needs more room for, with its pixels."""
    return list(page.evaluate(_SMALL))


def cut(page: Page) -> list[str]:
    """What is cut off or too wide at 320 pixels: as it is, with the reader's own spacing, in large letters."""
    before = page.viewport_size
    page.set_viewport_size({"width": 320, "height": 640})
    found = list(page.evaluate(_CUT))
    page.evaluate(_SPACE, _SPACED)
    found += [f"spaced: {one}" for one in page.evaluate(_CUT)]
    page.evaluate(_SPACE, "")
    wire = page.context.new_cdp_session(page)
    for pixels, name in ((2 * _LETTERS, "large: "), (_LETTERS, "")):
        wire.send("Page.setFontSizes", {"fontSizes": {"standard": pixels}})
        found += [f"{name}{one}" for one in page.evaluate(_CUT) if name]
    wire.detach()
    if before:
        page.set_viewport_size(before)
    return found


def unseen(page: Page) -> list[str]:
    """What cannot be seen where the reader forces her own colours."""
    page.emulate_media(forced_colors="active")
    found = list(page.evaluate(_UNSEEN))
    page.emulate_media(forced_colors="none")
    return found

"""Formulas from other servers: MathML becomes the TeX that its author's program put beside it.

Source: FEP-dc88. Our pages show no MathML, and TeX is what people in the field read.
"""

import html as entities
import re

_START = re.compile(r"<math(?![^\s/>])([^<>]*+)>", re.IGNORECASE)
_END = re.compile(r"</math\s*+>", re.IGNORECASE)
_ANNOTATION = re.compile(r"<annotation(?![^\s/>])([^<>]*+)>([^<]*+)</annotation", re.IGNORECASE)
_TEX = re.compile(r"\bencoding\s*+=\s*+[\"']?application/x-tex\b", re.IGNORECASE)
_PLAIN = re.compile(r"\bencoding\s*+=\s*+[\"']?text/plain\b", re.IGNORECASE)
_BLOCK = re.compile(r"\bdisplay\s*+=\s*+[\"']?block\b", re.IGNORECASE)


def formulas_as_tex(html: str) -> str:
    """The HTML with each `<math>` that has a TeX annotation as `$…$`, or `$$…$$` for blocks.

    A plain text annotation is used as it is; a formula with neither is left alone. Linear.
    """
    parts: list[str] = []
    position = 0
    while (start := _START.search(html, position)) is not None:
        end = _END.search(html, start.end())
        if end is None:
            break
        parts.append(html[position : start.start()])
        words = _annotated(html[start.end() : end.start()], is_block=bool(_BLOCK.search(start[1])))
        parts.append(html[start.start() : end.end()] if words is None else words)
        position = end.end()
    parts.append(html[position:])
    return "".join(parts)


def _annotated(formula: str, *, is_block: bool) -> str | None:
    annotations = [(found[1], found[2].strip()) for found in _ANNOTATION.finditer(formula)]
    for attributes, tex in annotations:
        if _TEX.search(attributes):
            fence = "$$" if is_block else "$"
            return _escaped(f"{fence}{entities.unescape(tex)}{fence}")
    for attributes, words in annotations:
        if _PLAIN.search(attributes):
            return _escaped(entities.unescape(words))
    return None


def _escaped(text: str) -> str:
    return entities.escape(text, quote=False)

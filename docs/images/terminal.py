#!/usr/bin/env python3
"""Draws what a command prints in colour as an SVG picture of a terminal.

  lethe preview order 4 --color always | docs/images/terminal.py 'lethe preview order 4' > preview.svg
"""
import re
import sys
from html import escape

LINE, CHARACTER, MARGIN, BAR = 19, 7.83, 18, 30
COLOURS = {"31": "#ff7b72", "33": "#e3b341", "36": "#76e3ea", "32": "#7ee787"}


def spans(line):
    """The line as tspans; keeps track of what the escape sequences switched on."""
    style, out = {}, []
    for part in re.split(r"(\x1b\[[0-9;]*m)", line):
        code = re.fullmatch(r"\x1b\[([0-9;]*)m", part)
        if not code:
            if part:
                attributes = "".join(f' {k}="{v}"' for k, v in style.items())
                out.append(f"<tspan{attributes}>{escape(part, False)}</tspan>")
        elif code[1] in ("", "0"):
            style = {}
        elif code[1] == "1":
            style["font-weight"] = "bold"
        elif code[1] == "2":
            style["fill"] = "#8b949e"
        else:
            style["fill"] = COLOURS.get(code[1], "#c9d1d9")
    return "".join(out)


def main():
    lines = [f"\x1b[32m$\x1b[0m \x1b[1m{sys.argv[1]}\x1b[0m"]
    for line in sys.stdin.read().splitlines():
        lines.append(f"\x1b[32m$\x1b[0m \x1b[1m{line[2:]}\x1b[0m" if line.startswith("$ ") else line)
    plain = [re.sub(r"\x1b\[[0-9;]*m", "", line) for line in lines]
    width = round(max(map(len, plain)) * CHARACTER + 2 * MARGIN)
    height = BAR + len(lines) * LINE + MARGIN
    print(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" role="img" aria-label="{escape(sys.argv[1])}">'
    )
    print(f'<rect width="{width}" height="{height}" rx="8" fill="#0d1117"/>')
    for i, colour in enumerate(("#ff5f57", "#febc2e", "#28c840")):
        print(f'<circle cx="{MARGIN + 2 + i * 18}" cy="17" r="5.5" fill="{colour}"/>')
    print(
        '<g font-family="ui-monospace, \'DejaVu Sans Mono\', Menlo, Consolas, monospace" '
        'font-size="13" fill="#c9d1d9" xml:space="preserve" style="white-space: pre">'
    )
    for i, line in enumerate(lines):
        if plain[i]:
            length = len(plain[i]) * CHARACTER
            y = BAR + (i + 1) * LINE
            # The length keeps columns in place whatever font the reader has.
            print(
                f'<text x="{MARGIN}" y="{y}" textLength="{length:.1f}" '
                f'lengthAdjust="spacingAndGlyphs">{spans(line)}</text>'
            )
    print("</g>\n</svg>")


main()

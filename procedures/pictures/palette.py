"""The colours of the drawings, from the NHS identity palette and its tints.

They are written as presentation attributes, so that a drawing is right on paper and in a leaflet
without any style sheet; ``static/scss/_pictures.scss`` adapts them to dark screens and to colours
that the reader has forced. Every meaning carried by a colour is carried by a pattern, a dash or a
shape as well, for printers in black and white. Contrast is against white unless said otherwise.
"""

from __future__ import annotations

INK = "#212b32"  # 14.4:1, words
QUIET_INK = "#425563"  # 7.7:1, words of less weight
PAPER = "#ffffff"
SKIN = "#e8edee"
SKIN_EDGE = "#768692"  # 3.7:1
CREASE = "#aeb7bd"
ORGAN = "#f7f9fa"
ORGAN_EDGE = "#a3afb7"
SPINE = "#d0d8dc"
LIT = "#ffd27a"
LIT_LINES = "#e39a1b"
LIT_EDGE = "#6b3a00"  # 9.8:1, and 6.9:1 on LIT
ARTERY = "#a3142e"  # 7.9:1
ARTERY_FAINT = "#e4b6bd"
VEIN = "#003087"  # 12.6:1
VEIN_FAINT = "#a9bfde"
DUCT = "#006747"  # 6.9:1
DUCT_FAINT = "#a5cbbd"
MARK = "#330072"  # 15:1, the way in
RISK = "#7c2855"  # 9.1:1
BENEFIT = "#006747"
STEEL = "#425563"
DYE = "#330072"
BLUE = "#005eb8"  # 6.4:1
YELLOW = "#ffeb3b"
SKIN_LAYER = "#c5d0d6"
PLASTIC = "#b9dff2"
FLUID = "#ffe9b3"
BEAM = "#d9ecf7"

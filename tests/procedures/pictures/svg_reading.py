"""Reading a drawing back, as a browser would."""

import re
from xml.etree import ElementTree

SVG = "{http://www.w3.org/2000/svg}"


def root_of(picture) -> ElementTree.Element:
    """The drawing as a tree; fails where it is not well-formed XML."""
    return ElementTree.fromstring(picture.svg)  # noqa: S314 - markup of our own


def ids_of(root) -> list[str]:
    return [element.get("id") for element in root.iter() if element.get("id")]


def references_of(picture) -> set[str]:
    """Every id that is pointed at, by url(), href or aria-labelledby."""
    found = set(re.findall(r"url\(#([^)]+)\)", picture.svg))
    found |= set(re.findall(r'<use href="#([^"]+)"', picture.svg))
    for labels in re.findall(r'aria-labelledby="([^"]+)"', picture.svg):
        found |= set(labels.split())
    return found


def texts_of(root) -> list[str]:
    return [element.text or "" for element in root.iter(f"{SVG}text")]


def heads_in(group) -> list[tuple[float, float]]:
    """Where the heads of a row on paper are: the dots of its first round-ended line."""
    line = next(each for each in group.iter(f"{SVG}path") if each.get("stroke-linecap") == "round")
    x, y, long = map(float, re.findall(r"[\d.]+", line.get("d")))
    wide, gap = map(float, line.get("stroke-dasharray").split())
    return [(x + place * (wide + gap), y) for place in range(int(long / (wide + gap) + 1.001))]


def counted(root, letter: str, prefix: str) -> int:
    """How many people of one kind are drawn, with every <use> of a row and every dashed row counted out."""
    rows = {
        group.get("id"): len(group.findall(f"{SVG}use"))
        for defs in root.iter(f"{SVG}defs")
        for group in defs.iter(f"{SVG}g")
    }
    total = 0
    for use in root.findall(f"{SVG}use"):
        target = use.get("href").removeprefix("#")
        if target == f"{prefix}-{letter}":
            total += 1
        elif re.fullmatch(rf"{prefix}-{letter}\d+", target):
            total += rows[target]
    on_paper = {"f": "ir-filled", "e": "ir-outlined"}.get(letter)
    for group in root.findall(f"{SVG}g"):
        if group.get("class") == on_paper:
            total += len(heads_in(group))
    return total


def check_drawing(picture, prefix: str) -> ElementTree.Element:
    """What holds for every drawing; returns its tree."""
    root = root_of(picture)
    ids = ids_of(root)
    assert len(ids) == len(set(ids)), "ids are unique"
    assert all(one.startswith(f"{prefix}-") for one in ids), "ids begin with the caller's prefix"
    assert references_of(picture) <= set(ids), "nothing points outside the drawing"
    for element in root.iter():
        assert "style" not in element.attrib
        assert not any(name.startswith("on") for name in element.attrib)
        assert element.tag not in (f"{SVG}style", f"{SVG}script", f"{SVG}image")
    assert root.get("role") in ("img", "group")
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title.text
    assert description.text
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    assert picture.alt
    assert all(line == line.strip() and line[-1] in ".?!" for line in picture.text)
    return root

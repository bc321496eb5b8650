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


def counted(root, letter: str, prefix: str) -> int:
    """How many people of one kind are drawn, with every <use> of a row and every area of repeated people counted out."""
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
    for tile in root.iter(f"{SVG}pattern"):
        if tile.get("id") != f"{prefix}-{letter}-tile":
            continue
        ground = float(tile.get("width")) * float(tile.get("height"))
        for area in root.findall(f"{SVG}rect"):
            if area.get("fill") == f"url(#{prefix}-{letter}-tile)":
                total += round(float(area.get("width")) * float(area.get("height")) / ground)
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

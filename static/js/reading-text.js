// What is read aloud of a page: its sentences in order, each with the places of its letters, and how figures are said.
const LEFT_OUT =
  "sup, svg, img, nav, button, form, script, [aria-hidden=true], .ir-no-print, details:not([open]), #sources, .nhsuk-breadcrumb";
const BLOCK = "p, li, h1, h2, h3, h4, dt, dd, td, th, caption, figcaption, summary, label, div, section, article";

/** Returns a sentence as a voice should say it: 999 digit by digit, a range as “to”. */
export function spoken(words) {
  return words
    .replace(/\s+/g, " ")
    .replace(/(?<![\d.,])(999|111)\b(?![.,]\d| (?:in|of|out|people|patients|women|men)\b)/g, (number) => [...number].join(" "))
    .replace(/(?<![\d.,])0\d[\d ]{7,}\d\b/g, (number) => [...number.replaceAll(" ", "")].join(" "))
    .replace(/(\d%?)\s*[–-]\s*(\d)/g, "$1 to $2")
    .replace(/(\d),(?=\d{3}\b)/g, "$1")
    .replace(/(\d) ?°?C\b/g, "$1 degrees")
    .replace(/A&E/g, "A and E")
    .replace(/\be\.g\.,?/g, "for example")
    .trim();
}

function cut(text) {
  if (Intl.Segmenter) {
    return [...new Intl.Segmenter("en-GB", { granularity: "sentence" }).segment(text)].map((part) => part.segment);
  }
  return text.match(/[^.!?]+[.!?]*["”’)]*\s*/g) ?? [];
}

/** Returns the sentences under a node that no inner part claims, each as pieces of text nodes: {node, start, end}. */
export function sentences(root, claimed = []) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) => {
    if (node.nodeType === Node.TEXT_NODE) return NodeFilter.FILTER_ACCEPT;
    return node.matches(LEFT_OUT) || claimed.includes(node) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_SKIP;
  });
  const blocks = [];
  let block;
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const holder = node.parentElement.closest(BLOCK);
    if (holder !== block?.holder) blocks.push((block = { holder, nodes: [] }));
    block.nodes.push(node);
  }
  return blocks.flatMap(({ nodes }) => {
    let at = 0;
    const found = [];
    for (const part of cut(nodes.map((node) => node.data).join(""))) {
      const pieces = [];
      const end = at + part.length;
      let from = 0;
      for (const node of nodes) {
        const to = from + node.data.length;
        const start = Math.max(at, from);
        const stop = Math.min(end, to);
        if (start < stop) pieces.push({ node, start: start - from, end: stop - from });
        from = to;
      }
      at = end;
      if (/[\p{L}\p{N}]/u.test(part)) found.push({ words: spoken(part), pieces });
    }
    return found;
  });
}

// Marks the sentence that is being read: as a highlight where the browser has them, else in <mark>, taken away without a trace.
const NAME = "ir-reading";
let undo = () => {};

export function rangeOf({ pieces }) {
  const range = document.createRange();
  const last = pieces[pieces.length - 1];
  range.setStart(pieces[0].node, pieces[0].start);
  range.setEnd(last.node, last.end);
  return range;
}

function wrap({ node, start, end }) {
  const whole = node.data;
  const inner = node.splitText(start);
  const tail = inner.splitText(end - start);
  const mark = document.createElement("mark");
  mark.className = NAME;
  inner.replaceWith(mark);
  mark.append(inner);
  return () => {
    mark.remove();
    tail.remove();
    node.data = whole; // the same text node as before: the sentences that follow still find their place
  };
}

export function unmark() {
  undo();
  undo = () => {};
}

export function mark(sentence) {
  unmark();
  if (window.CSS?.highlights && window.Highlight) {
    CSS.highlights.set(NAME, new Highlight(rangeOf(sentence)));
    undo = () => CSS.highlights.delete(NAME);
  } else {
    const wrapped = sentence.pieces.map(wrap);
    undo = () => wrapped.reverse().forEach((take) => take());
  }
}

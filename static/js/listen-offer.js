// Offers to read a page aloud, where the browser has an English voice of its own. Some browsers send the text to another
// company to have it spoken; which page somebody reads can say much about them, so those voices are not used.
const speech = window.speechSynthesis;

function voice() {
  const english = speech.getVoices().filter((one) => one.localService && /^en\b|^en_/i.test(one.lang));
  return english.find((one) => /^en[-_]GB/i.test(one.lang)) ?? english[0];
}

export function offerToRead() {
  const article = document.querySelector("main article");
  const address = document.querySelector("script[data-listen]")?.dataset.listen;
  if (!speech || !article || !address) return;
  let offered = false;

  const offer = () => {
    if (offered || !voice()) return;
    offered = true;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "nhsuk-button nhsuk-button--secondary nhsuk-button--small";
    button.textContent = "Listen to this page";
    const holder = document.createElement("div");
    holder.className = "ir-listen ir-no-print";
    holder.append(button);
    (article.querySelector("ul.ir-no-print") ?? article.querySelector("h1")).after(holder);
    button.addEventListener(
      "click",
      async () => {
        try {
          (await import(address)).readAloud(article, holder, voice);
        } catch {
          button.remove(); // no network, and not kept: there is nothing to offer
        }
      },
      { once: true },
    );
  };
  speech.addEventListener?.("voiceschanged", offer);
  offer();
}

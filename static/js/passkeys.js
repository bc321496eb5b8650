// Parts of a page that need a script are hidden without one; and a passkey that fails says so in words.
for (const part of document.querySelectorAll("[data-needs-script]")) part.hidden = false;

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  for (const words of document.querySelectorAll("[data-passkey-problem]")) words.hidden = false;
});

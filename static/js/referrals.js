// Additions for forms on signed-in pages: the error summary takes focus, and radios open the questions they lead to.
import { Button, CharacterCount, Checkboxes, ErrorSummary, NotificationBanner, PasswordInput, Radios, createAll } from "nhsuk-frontend";
import { watchTyping } from "./hand-over.js";
import "./passkeys.js";
import { openQuestions, saveDraft } from "./referral-form.js";
import { watchSession } from "./session-warning.js";

for (const part of [Button, CharacterCount, Checkboxes, ErrorSummary, NotificationBanner, PasswordInput, Radios]) {
  createAll(part);
}

const sessionWarning = document.getElementById("session-warning");
if (sessionWarning) watchSession(sessionWarning);

for (const form of document.querySelectorAll("form")) {
  openQuestions(form);
  watchTyping(form);
  if (form.dataset.autosave) saveDraft(form);
}

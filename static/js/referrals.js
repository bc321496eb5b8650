// Additions for forms on signed-in pages: the error summary takes focus, and radios open the questions they lead to.
import { CharacterCount, Checkboxes, ErrorSummary, PasswordInput, Radios, createAll } from "nhsuk-frontend";

for (const part of [CharacterCount, Checkboxes, ErrorSummary, PasswordInput, Radios]) {
  createAll(part);
}

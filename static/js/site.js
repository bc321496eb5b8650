// Everything here is an addition: every page works in full without it.
import { Header, SkipLink, createAll } from "nhsuk-frontend";
import { keepMyQuestions } from "./my-questions.js";
import { suggestWhileTyping } from "./search.js";

createAll(Header);
createAll(SkipLink);
suggestWhileTyping();
keepMyQuestions();

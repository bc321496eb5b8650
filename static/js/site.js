// Everything here is an addition: every page works in full without it.
import { Header, SkipLink, createAll } from "nhsuk-frontend";
import { offerToRead } from "./listen-offer.js";
import { keepPages } from "./keep-pages.js";
import { keepMyQuestions } from "./my-questions.js";
import { suggestWhileTyping } from "./search.js";
import { pageTheSteps } from "./step-frames.js";

createAll(Header);
createAll(SkipLink);
pageTheSteps();
suggestWhileTyping();
keepMyQuestions();
offerToRead();
keepPages();

"""Words that the house style rules out, each as a rule with its reason. Pure functions of plain sentences."""

import re
from collections.abc import Iterable

RULED_OUT: dict[str, str] = {
    r"simpl[ey]": "what is simple to us is not to the reader",
    r"just": "it makes light of what is coming",
    r"(?:don[’']t|do not) worry": "it does not help",
    r"nothing to worry about": "it does not help",
    r"good chance": "give the number",
    r"cardiac event": "say heart attack",
    r"peace of mind": "idiom",
    r"rest assured": "idiom",
    r"in good hands": "idiom",
    r"(?:a )?piece of cake": "idiom",
    r"(?:quick|small|little) and easy": "it makes light of what is coming",
    r"if (?:you are )?(?:concerned|worried)": "name the sign",
    r"suffer(?:s|ing|ed)? from": "say has",
    r"utili[sz]e": "say use",
    r"prior to": "say before",
    r"post[- ]procedure": "say afterwards",
    r"click here": "say where the link goes",
}

AMERICAN: dict[str, str] = {
    r"hematoma": "haematoma",
    r"hemorrhage": "haemorrhage",
    r"hemoglobin": "haemoglobin",
    r"anemia": "anaemia",
    r"anesthe(?:tic|sia|tist|siologist)s?": "anaesthetic",
    r"esophag(?:us|eal)": "oesophagus",
    r"edema": "oedema",
    r"pediatric": "paediatric",
    r"gynecolog\w*": "gynaecology",
    r"fetal": "",
    r"tumor(?:s)?": "tumour",
    r"color(?:s|ed)?": "colour",
    r"center(?:s|ed)?": "centre",
    r"fiber(?:s)?": "fibre",
    r"liter(?:s)?": "litre",
    r"diarrhea": "diarrhoea",
    r"ischemi\w*": "ischaemia",
    r"leukemia": "leukaemia",
    r"catheteriz\w*": "catheterise",
    r"emboliz\w*": "embolise",
    r"sterili[z]\w*": "sterilise",
    r"organiz\w*": "organise",
    r"recogniz\w*": "recognise",
    r"hospitaliz\w*": "stay in hospital",
    r"numbing shot": "numbing injection",
    r"emergency room|ER": "A&E",
    r"Tylenol|acetaminophen": "paracetamol",
    r"labor": "labour",
    r"behavior": "behaviour",
    r"practic(?:ing)": "practising",
    r"gray": "grey",
    r"program": "programme",
}
AMERICAN = {pattern: word for pattern, word in AMERICAN.items() if word}

MEDICINE = (
    r"(?:blood[- ]thinn\w+|anticoagulants?|antiplatelets?|warfarin|apixaban|rivaroxaban|edoxaban|dabigatran|aspirin"
    r"|clopidogrel|ticagrelor|prasugrel|dipyridamole|heparin|enoxaparin|dalteparin|tinzaparin|fondaparinux|metformin"
    r"|insulin|gliclazide|SGLT2\w*|flozins?|semaglutide|tirzepatide|liraglutide|GLP-1\w*|Ozempic|Wegovy|Mounjaro"
    r"|steroids?|prednisolone|medicines?|tablets?|medication)"
)
TELLS_TO_CHANGE = re.compile(
    rf"^(?:(?:please|you (?:should|must|need to|have to|can|may)) )?"
    rf"(?:stop|start|restart|change|pause|omit|skip|miss|hold|withhold|double|halve)\b(?:(?!\btube\b|\bfeed\b|\bunless\b).)*\b{MEDICINE}\b",
    re.IGNORECASE,
)
HOURS_NEAR_MEDICINE = re.compile(
    r"\b\d+(?:\s+to\s+\d+)?\s+(?:hours?|days?|weeks?)\b", re.IGNORECASE
)
TIMED_MEDICINE = re.compile(
    r"\b(?:blood[- ]thinn\w+|anticoagulants?|antiplatelets?|warfarin|apixaban|rivaroxaban|edoxaban|dabigatran|clopidogrel"
    r"|ticagrelor|prasugrel|heparin|enoxaparin|dalteparin|fondaparinux|metformin|insulin|semaglutide|tirzepatide|GLP-1)\b",
    re.IGNORECASE,
)


def ruled_out(sentences: Iterable[str]) -> list[str]:
    """Return a line for each ruled-out word, American spelling, or instruction about a medicine."""
    found: list[str] = []
    for sentence in sentences:
        for pattern, why in RULED_OUT.items():
            match = re.search(rf"\b{pattern}\b", sentence, re.IGNORECASE)
            if match:
                found.append(f"“{match.group(0)}” ({why}): {sentence}")
        for pattern, british in AMERICAN.items():
            match = re.search(
                rf"\b{pattern}\b", sentence, 0 if pattern.isupper() else re.IGNORECASE
            )
            if match and match.group(0) != "er":
                found.append(f"“{match.group(0)}” (American spelling; write {british}): {sentence}")
        if TELLS_TO_CHANGE.search(sentence):
            found.append(f"Tells the reader to stop, start or change a medicine: {sentence}")
        if TIMED_MEDICINE.search(sentence) and HOURS_NEAR_MEDICINE.search(sentence):
            found.append(f"A number of hours or days beside a medicine: {sentence}")
    return found


def shingles(sentence: str, length: int = 8) -> set[str]:
    """Return every run of `length` words of a sentence, folded, for finding sentences that stand on two pages."""
    words = re.findall(r"[a-z0-9]+", sentence.lower())
    return {" ".join(words[i : i + length]) for i in range(len(words) - length + 1)}

"""Who speaks in each block of an interview: by `Name:` before each turn, or by questions in blocks of their own."""

from __future__ import annotations

from rerating.factcheck.extraction.text.article import Article, Text
from rerating.factcheck.extraction.text.layout import BlockRole
from rerating.factcheck.extraction.text.ordinary import FIRST_NAMES
from rerating.factcheck.extraction.text.people import capitals, joined, person
from rerating.language.reading.tokens import WORD


def speaking_turns(article: Article) -> dict[int, str]:
    """Who speaks in each block of an interview, by the block's identity; empty for whoever asks."""
    return _labelled(article) or _asked(article)


def _labelled(article: Article) -> dict[int, str]:
    """An interview in which at least two labels come back: `Frage:`, `Hartwig:`."""
    labels: dict[str, list[int]] = {}
    texts: dict[int, str] = {}
    for text in {id(s.text): s.text for s in article.sentences}.values():
        tokens = text.tokens
        if len(tokens) > 2 and tokens.text[1] == ":" and tokens.kind[0] == WORD and tokens.text[0][:1].isupper():
            labels.setdefault(tokens.text[0], []).append(id(text))
            texts[id(text)] = tokens.text[0]
    kept = {label for label, places in labels.items() if len(places) >= 2}
    if len(kept) < 2:
        return {}
    asking = {"Frage", "Question", "Q", "Interviewer", "Redaktion"}
    if kept - asking <= _ANSWERS and _is_of_readers(article):
        return {}
    names = {label: _full_name(article, label) for label in kept}
    return {key: "" if label in asking else names[label] for key, label in texts.items() if label in kept}


_ANSWERS = frozenset(("Antwort", "Answer", "A", "Redaktion"))
"""Labels that name nobody: where readers ask, the paper answers in its own voice."""
_READERS = frozenset(("leser", "leserin", "leserfrage", "leserfragen", "reader", "readers", "redaktion", "mailbag"))


def _is_of_readers(article: Article) -> bool:
    """Whether it is readers who ask: their word stands above the first answers, or nobody is named who could answer."""
    head = article.sentences[:8]
    if any(not _READERS.isdisjoint(s.words(s.first, s.last)) for s in head):
        return True
    return _interviewed(article) is None


_ADDRESS = frozenset(("Sie", "Ihnen", "Ihr", "Ihre", "Ihren", "Ihrer", "Ihrem", "you", "your"))
_BOLD = ("**", "__", "<b>", "<strong>", "<em>", "<i>")


def _asked(article: Article) -> dict[int, str]:
    """An interview whose questions are blocks of their own, most of which address somebody, or the first by name."""
    texts = list({id(s.text): s.text for s in article.sentences if s.role is not BlockRole.TITLE}.values())
    asking = [text for text in texts if _asks(text)]
    addressed = sum(1 for text in asking if not _ADDRESS.isdisjoint(text.tokens.text))
    if len(asking) < 3:
        return {}
    are_bold = 2 * sum(_is_bold(article, text) for text in asking) > len(asking)
    if 2 * addressed < len(asking) and not _greets(asking[0]):
        return {}
    if any(not _READERS.isdisjoint(s.words(s.first, s.last)) for s in article.sentences[:8]):
        return {}
    answering = _interviewed(article)
    if answering is None and are_bold and _answers_of_itself(texts, asking):
        answering = _first_named(article)
    if answering is None:
        return {}
    turns: dict[int, str] = {}
    begun = False
    questions = {id(text) for text in asking}
    for text in texts:
        asks = id(text) in questions or (are_bold and _is_bold(article, text))
        begun = begun or id(text) in questions
        if begun:
            turns[id(text)] = "" if asks else answering
    return turns


def _answers_of_itself(texts: list[Text], asking: list[Text]) -> bool:
    """Whether most blocks behind the first question that ask nothing say `I` or `we`: somebody answers for himself."""
    questions = {id(text) for text in asking}
    answers = [text for text in texts[texts.index(asking[0]) :] if id(text) not in questions]
    return 2 * sum(not _OWN.isdisjoint(text.tokens.lower) for text in answers) > len(answers)


_OWN = frozenset(("i", "we", "my", "our", "ich", "wir", "mein", "meine", "unser", "unsere", "uns"))
_TITLES = frozenset(("Frau", "Herr", "Doktor", "Professor", "Mr", "Mrs", "Ms", "Dr"))


def _greets(text: Text) -> bool:
    """`Frau Voss, Linde hat sieben Prozent verloren`: a question that calls somebody by name."""
    words = text.tokens.text[:6]
    return words[:1] != [] and words[0] in _TITLES and "," in words[2:]


def _asks(text: Text) -> bool:
    size = len(text.tokens)
    return "?" in text.tokens.text[max(0, size - 4) : size]


def _is_bold(article: Article, text: Text) -> bool:
    before = article.source[max(0, text.block.start - 10) : text.block.start]
    return before.rstrip(" \t").endswith(_BOLD)


def _interviewed(article: Article) -> str | None:
    """The person that the first sentences name."""
    for sentence in article.sentences[:6]:
        found = person(sentence, sentence.first, sentence.last)
        if found is not None:
            return joined(sentence, *found)
    return None


def _first_named(article: Article) -> str | None:
    """`Laura Bettencourt has run the fund since 2017`: a first name and another, without a role, in the head."""
    for sentence in article.sentences[:6]:
        for k in range(sentence.first, sentence.last - 1):
            if sentence.tokens.lower[k] in FIRST_NAMES and (found := capitals(sentence, k, sentence.last)) is not None:
                return joined(sentence, *found)
    return None


def _full_name(article: Article, last: str) -> str:
    for sentence in article.sentences[:12]:
        tokens = sentence.tokens
        for k in range(sentence.first + 1, sentence.last):
            if tokens.text[k] == last and tokens.kind[k - 1] == WORD and tokens.text[k - 1][:1].isupper():
                return f"{tokens.text[k - 1]} {last}"
    return last

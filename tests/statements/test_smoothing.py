"""A language model may order and join sentences; whatever else it does is not taken. A local server stands in."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from rerating.analysis import Analysis
from rerating.cli.smoothing import asker
from rerating.core.errors import SourceError, UsageError
from rerating.report import render
from rerating.statements.blocks import Length
from rerating.statements.facts import Voice
from rerating.statements.plan import Plan, plan
from rerating.statements.smoothing import smoothed
from rerating.statements.statement import said

DE = Voice(language="de", zone="Europe/Berlin")


@pytest.fixture(scope="module")
def brief(apple: Analysis) -> Plan:
    return plan(apple, length=Length.BRIEF)


def answering(make: Callable[[list[str]], list[dict[str, object]]]) -> Callable[[str], str]:
    """A model that answers with what `make` makes of the numbered sentences of its prompt."""

    def ask(prompt: str) -> str:
        sentences = re.findall(r"^\d+\. (.*)$", prompt.partition("\n\n")[2], re.M)
        return "Sure:\n" + json.dumps(make(sentences), ensure_ascii=False)

    return ask


def each(sentences: list[str]) -> list[dict[str, object]]:
    return [{"from": [n], "text": text} for n, text in enumerate(sentences, start=1)]


def joined(sentences: list[str]) -> list[dict[str, object]]:
    """The first two sentences in one, the last of the others first."""
    first, second, *rest = sentences
    both = f"{first.rstrip('.')}, und {second[0].lower()}{second[1:]}"
    pieces: list[dict[str, object]] = [{"from": [1, 2], "text": both}]
    return [{"from": [len(sentences)], "text": rest[-1]}, *pieces, *each(sentences)[2:-1]]


def test_sentences_are_joined_and_ordered_with_their_sources(brief: Plan) -> None:
    found = smoothed(brief, DE, answering(joined))
    assert (found.taken, found.kept) == (1, 0)
    words = [said(statement, DE).replace("\u00a0", " ") for statement in found.plan.lead]
    assert "zum Referenzkurs der EZB vom 12. Januar, und der auffälligste der letzten fünf Handelstage war" in words[1]
    facts = [sorted(fact.model_dump_json() for one in made.lead for fact in one.facts) for made in (brief, found.plan)]
    assert facts[0] == facts[1]


def swap(old: str, new: str) -> Callable[[list[str]], list[dict[str, object]]]:
    def make(sentences: list[str]) -> list[dict[str, object]]:
        changed = [sentence.replace("\u00a0", " ").replace(old, new) for sentence in sentences]
        assert changed != [sentence.replace("\u00a0", " ") for sentence in sentences]
        return each(changed)

    return make


@pytest.mark.parametrize(
    "make",
    [
        swap("94,62 $", "94,63 $"),
        swap("94,62 $", "rund 95 $"),
        swap("Apple", "Apfel"),
        swap("schloss am", "schloss nicht am"),
        swap("schloss am", "schloss glänzend am"),
        swap("Das sind", "Das sind mehr als"),
        swap("12. Januar", "13. Januar"),
        lambda sentences: each(sentences)[:-1],
        lambda sentences: [*each(sentences), {"from": [1], "text": sentences[0]}],
        lambda sentences: [{"from": list(range(1, len(sentences) + 1)), "text": " ".join(sentences)}],
        lambda sentences: [{"text": "Kaufen!"}],
        lambda sentences: [],
    ],
)
def test_whatever_says_something_else_is_not_taken(
    brief: Plan, make: Callable[[list[str]], list[dict[str, object]]]
) -> None:
    found = smoothed(brief, DE, answering(make))
    assert (found.taken, found.kept) == (0, 1)
    assert found.plan == brief


def test_an_answer_that_is_no_json_is_not_taken(brief: Plan) -> None:
    assert smoothed(brief, DE, lambda prompt: "I cannot help with that.").plan == brief


def test_the_report_through_a_local_stand_in(apple: Analysis, httpserver: HTTPServer) -> None:
    model = answering(joined)

    def answer(request: Request) -> Response:
        asked = json.loads(request.get_data())
        assert asked["model"] == "stand-in"
        assert request.headers["Authorization"] == "Bearer key"
        content = model(asked["messages"][0]["content"])
        return Response(json.dumps({"choices": [{"message": {"content": content}}]}), content_type="application/json")

    httpserver.expect_request("/v1/chat/completions", method="POST").respond_with_handler(answer)
    named = {"RERATING_LLM_URL": httpserver.url_for("/v1"), "RERATING_LLM_MODEL": "stand-in", "RERATING_LLM_KEY": "key"}
    ask = asker(named)
    text = render(apple, language="de", format="md", length="brief", ask=ask).replace("\u00a0", " ")
    assert re.search(
        r"bei 94,62 \$\[\^1\]\. Das sind 73,39 €\[\^1\]\[\^2\] .* vom 12\. Januar, und der auffälligste", text
    )
    assert text != render(apple, language="de", format="md", length="brief")


def test_no_model_and_a_failing_one_are_said(httpserver: HTTPServer) -> None:
    with pytest.raises(UsageError, match="set RERATING_LLM_URL"):
        asker({})
    httpserver.expect_request("/v1/chat/completions").respond_with_data("no", status=500)
    with pytest.raises(SourceError, match="gave no answer"):
        asker({"RERATING_LLM_URL": httpserver.url_for("/v1"), "RERATING_LLM_MODEL": "stand-in"})("hello")

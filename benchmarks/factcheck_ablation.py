"""What each function of the room `whom` is worth: `python benchmarks/factcheck_ablation.py [--articles x]`.

Every function whose result can say nothing (None, False, 0, an empty list) is made to say nothing, one after the other,
and the subjects of the open articles with these letters are counted again, in those articles in which it had said
something. Prints how many functions never say anything there, cost subjects, change nothing or earn some, and the ones
that cost or earn most. A quarter of an hour for forty articles.
"""

from __future__ import annotations

import argparse
import importlib
import inspect
import pkgutil
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FunctionType
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.factcheck.corpus import corpus, score

from benchmarks.factcheck_extraction import claims
from rerating.factcheck import extraction

NOTHING: dict[str, Any] = {"bool": False, "float": 0.0, "int": 0, "None": None}
SHOWN = 12


@dataclass(frozen=True)
class Target:
    """A function with all the places that it is called by, and what it says when it says nothing."""

    name: str
    function: FunctionType
    places: tuple[tuple[Any, str], ...]
    nothing: Callable[[], Any]

    def put(self, function: Callable[..., Any]) -> None:
        for holder, name in self.places:
            setattr(holder, name, function)


def nothing_of(function: FunctionType) -> Callable[[], Any] | None:
    """What makes an empty result of a function, None where none is empty."""
    told = str(inspect.signature(function).return_annotation)
    if told in NOTHING:
        return lambda: NOTHING[told]
    if told.endswith("| None"):
        return lambda: None
    if told.startswith(("list[", "Iterator[")):
        return lambda: iter(()) if told.startswith("Iterator[") else []
    return None


def targets(room: str) -> list[Target]:
    """The functions and methods of a room by name."""
    walked = pkgutil.walk_packages(extraction.__path__, f"{extraction.__name__}.")
    modules = [importlib.import_module(found.name) for found in walked]
    places: defaultdict[int, list[tuple[Any, str]]] = defaultdict(list)
    functions: dict[str, FunctionType] = {}
    for module in modules:
        for name, value in list(vars(module).items()):
            is_own = getattr(value, "__module__", None) == module.__name__
            short = module.__name__.removeprefix(f"{extraction.__name__}.")
            if isinstance(value, FunctionType):
                places[id(value)].append((module, name))
                functions.update({f"{short}.{name}": value} if is_own else {})
            elif isinstance(value, type) and is_own:
                for method, inner in list(vars(value).items()):
                    if isinstance(inner, FunctionType) and not method.startswith("__"):
                        places[id(inner)].append((value, method))
                        functions[f"{short}.{name}.{method}"] = inner
    return [
        Target(name, function, tuple(places[id(function)]), nothing)
        for name, function in sorted(functions.items())
        if name.startswith(room) and (nothing := nothing_of(function)) is not None
    ]


def right(article: Any) -> int:
    """How many claims of an article have the right subject."""
    return sum(agrees for _, agrees in score.verdicts("subject", article.claims, claims(article)))


def spoken_in(chosen: list[Target], articles: list[Any]) -> dict[str, set[int]]:
    """The articles in which each function has said something."""
    spoken: defaultdict[str, set[int]] = defaultdict(set)
    reading = [0]

    def listening(target: Target) -> Callable[..., Any]:
        def listened(*arguments: Any, **named: Any) -> Any:
            told = target.function(*arguments, **named)
            if isinstance(told, Iterator):
                told = list(told)
                spoken[target.name] |= {reading[0]} if told else set()
                return iter(told)
            if told or (
                target.nothing() is None and str(inspect.signature(target.function).return_annotation) == "None"
            ):
                spoken[target.name].add(reading[0])
            return told

        return listened

    for target in chosen:
        target.put(listening(target))
    for reading[0], article in enumerate(articles):
        right(article)
    for target in chosen:
        target.put(target.function)
    return spoken


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", default="x", help="letters of the open articles that are read")
    parser.add_argument("--room", default="whom", help="the room whose functions are silenced, one after the other")
    arguments, _ = parser.parse_known_args()
    articles = [article for article in corpus.load("open") if article.id[0] in arguments.articles]
    chosen = targets(arguments.room)
    spoken = spoken_in(chosen, articles)
    before = [right(article) for article in articles]
    worth: dict[str, int] = {}
    for target in (each for each in chosen if spoken[each.name]):
        target.put(lambda *_, nothing=target.nothing, **__: nothing())
        try:
            worth[target.name] = sum(before[k] - right(articles[k]) for k in sorted(spoken[target.name]))
        except (AssertionError, AttributeError, IndexError, TypeError, ValueError):
            worth[target.name] = sum(before)  # nothing can be read without it
        finally:
            target.put(target.function)
    print(f"{len(chosen)} functions, {len(articles)} articles, {sum(before)} subjects right")
    print(f"say nothing there: {len(chosen) - len(worth)}")
    for title, counted in (
        ("cost subjects", [name for name, each in worth.items() if each < 0]),
        ("change nothing", [name for name, each in worth.items() if each == 0]),
        ("earn some", [name for name, each in worth.items() if each > 0]),
    ):
        print(f"{title}: {len(counted)}")
    ordered = sorted(worth, key=lambda name: worth[name])
    for name in (*ordered[:SHOWN], *ordered[-SHOWN:]):
        print(f"  {worth[name]:+5d}  {name}")


if __name__ == "__main__":
    main()

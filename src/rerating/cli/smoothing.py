"""The way to a language model for `analyze --smooth`: any endpoint that speaks the OpenAI chat format."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from rerating.core.errors import SourceError, UsageError

URL, MODEL, KEY = "RERATING_LLM_URL", "RERATING_LLM_MODEL", "RERATING_LLM_KEY"
PATIENCE = 120.0
"""Seconds to wait for an answer."""


def asker(environment: Mapping[str, str]) -> Callable[[str], str]:
    """Asks the model that the environment names. Raises UsageError where it names none, SourceError where it fails."""
    url, model = environment.get(URL, "").rstrip("/"), environment.get(MODEL, "")
    if not url or not model:
        raise UsageError(
            f"--smooth needs a language model: set {URL} (like http://localhost:8080/v1) and {MODEL}, and {KEY} if it "
            "asks for one."
        )
    key = environment.get(KEY)
    headers = {"Authorization": f"Bearer {key}"} if key else {}

    def ask(prompt: str) -> str:
        import httpx2

        message = {"model": model, "temperature": 0, "messages": [{"role": "user", "content": prompt}]}
        try:
            answer = httpx2.post(f"{url}/chat/completions", json=message, headers=headers, timeout=PATIENCE)
            answer.raise_for_status()
            return str(answer.json()["choices"][0]["message"]["content"])
        except (httpx2.HTTPError, ValueError, KeyError, IndexError, TypeError) as error:
            raise SourceError(f"The language model at {url} gave no answer ({error}); leave --smooth out.") from error

    return ask

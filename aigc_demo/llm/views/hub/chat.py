"""A conversation with a model that has a chat template."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr

from aigc_demo.core.errors import DemoError, check_text
from aigc_demo.llm.views.hub.model import (
    UPDATES_PER_SECOND,
    length,
    picked,
    stage_words,
    temperature,
)
from aigc_demo.ui import components, language

FOLDER = Path(__file__).parent
MAX_MESSAGE = 4_000  # characters
EXAMPLE = {
    "en": "Explain in two sentences why the sky is blue.",
    "zh": "用两句话解释天空为什么是蓝色的。",
}


@dataclass(frozen=True)
class Controls:
    """The task's controls, in the order in which `chat` takes them; the conversation comes after
    the message.
    """

    message: gr.Textbox
    temperature: gr.Slider
    length: gr.Slider
    seed: gr.Number
    run: gr.Button
    stop: gr.Button
    clear: gr.Button


def chat(
    repo: str,
    message: str,
    conversation: dict[str, Any] | None,
    temperature: float,
    length: int,
    seed: int,
) -> Iterator[list[Any]]:
    """Yield the conversation with the answer so far, as chat.js draws it, and what is left in the
    box: nothing.
    """
    from aigc_demo.llm import hub_generate

    model = picked(repo)
    messages = [
        *_messages(conversation),
        {"role": "user", "content": check_text(message, MAX_MESSAGE)},
    ]
    answer, count, shown = "", 0, 0.0
    steps = hub_generate.chat(
        model, messages, max_new_tokens=length, temperature=temperature, seed=seed
    )

    def value(*, finished: bool, seconds: float) -> list[Any]:
        return [
            {
                "repo": repo,
                "messages": [*messages, {"role": "assistant", "content": answer}],
                "finished": finished,
                "tokens": count,
                "speed": count / seconds if seconds else None,
            },
            "",
        ]

    yield value(finished=False, seconds=0)
    seconds = 0.0
    for step in steps:
        answer, count, seconds = answer + step.text, step.index + 1, step.seconds
        if time.monotonic() - shown > 1 / UPDATES_PER_SECOND:
            yield value(finished=False, seconds=seconds)
            shown = time.monotonic()
    yield value(finished=True, seconds=seconds)


def _messages(conversation: object) -> list[dict[str, str]]:
    """Return the messages so far, without answers that are empty; raises DemoError where they are
    none.
    """
    messages = (
        conversation.get("messages", [])
        if isinstance(conversation, dict)
        else []
        if conversation is None
        else None
    )
    if not isinstance(messages, list) or not all(
        isinstance(each, dict) and {"role", "content"} <= each.keys() for each in messages
    ):
        raise DemoError("What was said must be a list of messages, each with a role and a content.")
    return [
        {key: each[key] for key in ("role", "content")}
        for each in messages
        if each["content"] != ""
    ]


def controls() -> Controls:
    """Draw the controls."""
    label = language.label
    message = components.Textbox(
        label=label("llm.hub.chat.message"), lines=3, max_lines=8, elem_id="hub-chat-message"
    )
    run, stop = components.run_and_stop("llm.hub.chat.run")
    clear = gr.Button(label("llm.hub.chat.clear"))
    with gr.Accordion(label("shared.more"), open=False):
        dials = temperature(0.7), length(400, 120), components.seed("llm.hub.seed", value=1)
    return Controls(message, *dials, run, stop, clear)


def stage(here: gr.Textbox, controls: Controls) -> list[gr.Component]:
    """Draw the stage and connect the controls; return what another model empties."""
    drawing = components.Drawing(FOLDER / "chat.js", words=stage_words("chat"), elem_id="hub-chat")
    inputs = [here, controls.message, drawing, controls.temperature, controls.length, controls.seed]
    triggers = [controls.run.click, controls.message.submit]
    components.starts(
        triggers,
        chat,
        inputs,
        [drawing, controls.message],
        api_name="llm_hub_chat",
        stop=controls.stop,
    )
    controls.stop.click(
        None,
        js="async () => (await aigc.drawn('#hub-chat')).rest()",
        api_visibility="private",
    )
    controls.clear.click(
        None,
        here,
        drawing,
        js="(repo) => ({ repo, messages: [], finished: true })",
        api_visibility="private",
    )
    return [drawing]

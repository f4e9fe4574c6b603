"""The events of the language models tab: three objectives, a step of pretraining, an instruction
followed; and what bad input is told.
"""

import math

import pytest
from gradio_client import Client

from tests.helpers import server
from tests.helpers.server import Server

SENTENCE = "My lord, the [king] is not [here]."
TEXT = "KING HENRY:\nWhat news, my lord?"
INSTRUCTIONS = {"Tang": "五言四句 明月", "Shakespeare": "ROMEO, love"}


@pytest.fixture(scope="module")
def visitor(app: Server) -> Client:
    return Client(app.url, verbose=False)


def ask(client: Client, event: str, *inputs: object) -> object:
    return client.predict(*inputs, api_name=f"/{event}")


def test_each_family_sees_what_its_objective_lets_it_see(visitor):
    value, happened = ask(visitor, "llm_guess", SENTENCE, 3)
    count, hidden = len(value["pieces"]), value["hidden"]
    assert "".join(text for text, _ in value["pieces"]).split() == [
        "My",
        "lord,",
        "the",
        "king",
        "is",
        "not",
        "here.",
    ]
    gpt, bert, xlnet = value["models"]
    assert [model["name"] for model in value["models"]] == ["GPT", "BERT", "XLNet"]
    assert gpt["sees"] == [list(range(place)) for place in range(count)]
    assert bert["sees"] == [
        [other for other in range(count) if other not in hidden and other != place]
        for place in range(count)
    ]
    order = sorted(range(count), key=lambda place: xlnet["rank"][place])
    assert xlnet["sees"] == [sorted(order[: order.index(place)]) for place in range(count)]
    for model in value["models"]:
        assert {guess["place"] for guess in model["guesses"]} == set(hidden)
        for guess in model["guesses"]:
            shares = [p for _, p in guess["likeliest"]]
            assert shares == sorted(shares, reverse=True)
            assert 0 < sum(shares) <= 1.001
            assert guess["right"] <= shares[0]
    assert "2" in happened


def test_a_seed_settles_the_order_of_xlnet_alone(visitor):
    first, again, other = (
        ask(visitor, "llm_guess", "All [the] [world's] [a] [stage] here", seed)[0]["models"]
        for seed in (3, 3, 4)
    )
    assert first == again
    assert first[:2] == [{**model} for model in other[:2]] or [m["sees"] for m in first[:2]] == [
        m["sees"] for m in other[:2]
    ]
    assert first[2]["rank"] != other[2]["rank"]


def test_a_step_of_pretraining_lowers_the_loss_of_its_batch(visitor):
    step = ask(visitor, "llm_procedure", TEXT, 0.1)
    assert "".join(piece for row in step["sequences"] for piece in row) == TEXT
    count = sum(map(len, step["sequences"]))
    for losses, right, row in zip(step["losses"], step["right"], step["sequences"], strict=True):
        for loss, p in list(zip(losses, right, strict=True))[: len(row)]:
            assert math.exp(-loss) == pytest.approx(p, abs=2e-3)
    assert step["loss"][0] == pytest.approx(sum(map(sum, step["losses"])) / count, abs=2e-3)
    assert step["gradient"] ** 2 == pytest.approx(
        sum(norm**2 for norm in step["norms"].values()), rel=1e-6
    )
    assert step["loss"][1] < step["loss"][0]
    assert ask(visitor, "llm_procedure", TEXT, 0.1) == step  # the shared model has learned nothing


@pytest.mark.parametrize("model", INSTRUCTIONS)
def test_the_dial_leads_from_the_base_to_the_fine_tuned_model(visitor, model):
    base, _ = ask(visitor, "llm_follow", model, INSTRUCTIONS[model], 0, 0)
    tuned, happened = ask(visitor, "llm_follow", model, INSTRUCTIONS[model], 1, 0)
    assert base["base"] == base["tuned"] == tuned["base"]
    assert tuned["tuned"] != tuned["base"]
    assert tuned["tuned"]["form"]
    for begin, end in tuned["tuned"]["spans"]:
        assert tuned["tuned"]["answer"][begin:end].lower() in INSTRUCTIONS[model]
    assert "lambda = 1" in happened


def test_the_time_machine_ends_with_the_finished_model(visitor):
    machine = ask(visitor, "llm_replay", "Tang", INSTRUCTIONS["Tang"], 0)
    tuned, _ = ask(visitor, "llm_follow", "Tang", INSTRUCTIONS["Tang"], 1, 0)
    steps = [snapshot["step"] for snapshot in machine["snapshots"]]
    assert steps == sorted(steps)
    assert len(steps) >= 4
    assert machine["snapshots"][-1]["answer"] == tuned["tuned"]["answer"]


def told(app: Server, event: str, good: list, bad: list) -> tuple[str, str]:
    return server.told(app.url, event, good, bad)


@pytest.mark.parametrize(
    ("sentence", "english", "chinese"),
    [
        ("", "The sentence is empty", "句子是空的"),
        (None, "The sentence is empty", "句子是空的"),
        ("a" * 301, "301", "301"),
        ("My [lord", "A bracket has no partner", "方括号"),
        ("a", "from 2 to 40", "2 到 40"),
        ("to be " * 45, "from 2 to 40", "2 到 40"),
    ],
)
def test_a_sentence_that_cannot_be_read_is_told_why(app, visitor, sentence, english, chinese):
    in_english, in_chinese = told(app, "llm_guess", [SENTENCE, 3], [sentence, 3])
    assert english in in_english
    assert chinese in in_chinese


@pytest.mark.parametrize(
    ("text", "rate", "english"),
    [
        ("", 0.1, "from 1 to 600"),
        ("a" * 601, 0.1, "from 1 to 600"),
        (TEXT, 11, "learning rate must be"),
    ],
)
def test_a_batch_that_is_none_is_told_its_range(app, visitor, text, rate, english):
    assert english in told(app, "llm_procedure", [TEXT, 0.1], [text, rate])[0]


@pytest.mark.parametrize(
    ("model", "line", "dial", "english"),
    [
        ("Tang", "六言四句 明月", 1, "form must be one of"),
        ("Tang", "五言四句", 1, "keyword is empty"),
        ("Tang", "五言四句 明月清风", 1, "at most 2"),
        ("Shakespeare", "ROMEO", 1, "keyword is empty"),
        ("Shakespeare", "ROMEO, l0ve", 1, "letters"),
        ("Homer", "ROMEO, love", 1, "model must be one of"),
        ("Tang", "五言四句 明月", 2, "dial must be from 0 to 1"),
        ("Tang", "五言四句 明月", None, "dial must be"),
    ],
)
def test_an_instruction_that_is_none_is_told_how_one_reads(
    app, visitor, model, line, dial, english
):
    assert (
        english
        in told(app, "llm_follow", ["Tang", INSTRUCTIONS["Tang"], 1, 0], [model, line, dial, 0])[0]
    )

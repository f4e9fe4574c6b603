import math

import pytest

from aigc_demo.core.errors import DemoError, check_choice, check_number, check_seed, check_text


def test_a_number_inside_its_range_comes_back_as_the_type_that_was_asked_for():
    assert check_number("x", 3, 0, 5) == 3.0
    assert isinstance(check_number("x", 3, 0, 5), float)
    assert isinstance(check_number("x", 3.0, 0, 5, whole=True), int)
    assert check_number("x", 0, 0, 5) == 0
    assert check_number("x", 5, 0, 5) == 5


@pytest.mark.parametrize(
    "value",
    [
        math.nan,
        math.inf,
        -math.inf,
        True,
        False,
        "1",
        "",
        None,
        [1],
        {},
        1j,
        -0.001,
        5.001,
        10**400,
        -(10**400),
    ],
)
def test_what_is_no_number_of_the_range_is_an_error_that_names_field_and_range(value):
    with pytest.raises(DemoError, match=r"x must be .* 0 to 5"):
        check_number("x", value, 0, 5)


def test_a_fraction_is_no_whole_number():
    with pytest.raises(DemoError, match="steps must be a whole number from 1 to 250; 2.5 is not."):
        check_number("steps", 2.5, 1, 250, whole=True)


@pytest.mark.parametrize("seed", [-1, 2**31, 0.5, math.nan, "7", True, None])
def test_a_seed_outside_its_range_is_an_error(seed):
    with pytest.raises(DemoError, match="seed must be"):
        check_seed(seed)


def test_the_largest_seed_is_a_seed():
    assert check_seed(2**31 - 1) == 2**31 - 1
    with pytest.raises(DemoError, match="2,147,483,647"):
        check_seed(2**31)


@pytest.mark.parametrize("value", ["ddim", "", None, 3, ["DDIM"]])
def test_a_choice_that_does_not_exist_is_an_error_that_lists_those_that_do(value):
    with pytest.raises(DemoError, match="sampler must be one of DDIM, DDPM;"):
        check_choice("sampler", value, ["DDIM", "DDPM"])


def test_a_choice_that_exists_comes_back():
    assert check_choice("sampler", "DDPM", ["DDIM", "DDPM"]) == "DDPM"


def test_a_text_comes_back_with_unix_line_ends():
    assert check_text("a\r\n月🙂", 10) == "a\n月🙂"
    assert check_text("a" * 10, 10) == "a" * 10


@pytest.mark.parametrize(("value", "message"), [
    ("", "is empty"), (None, "is empty"), (7, "is empty"), (["a"], "is empty"),
    ("a" * 1_000_000, "1,000,000 characters; at most 10 are "
                      "read"), ("a\ud83d", r"half a character, U\+D83D"),
])  # fmt: skip
def test_what_is_no_text_or_too_long_is_an_error(value, message):
    with pytest.raises(DemoError, match=message):
        check_text(value, 10)


@pytest.mark.parametrize("value", ["x" * 100_000, list(range(100_000)), "{braces} {0} {}"])
def test_a_message_stays_short_and_survives_braces(value):
    with pytest.raises(DemoError) as caught:
        check_number("x", value, 0, 1)
    assert len(str(caught.value)) < 200


def test_the_template_and_its_details_make_the_message():
    error = DemoError("{a} is not {b}.", a=1, b="two")
    assert error.template.format(**error.details) == str(error) == "1 is not two."

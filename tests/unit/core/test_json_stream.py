"""JSON of any size: where the records are, and the very byte where a file breaks."""

from io import BytesIO
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accueil.core.json_stream import BrokenJson, find_records, is_json, opened


def read(content: bytes) -> list[object] | None:
    found = find_records(BytesIO(content), ("service", "results"))
    return None if found is None else list(found)


@pytest.mark.parametrize(
    "content",
    [
        b'[{"a": 1}, {"a": 2}]',
        b'\xef\xbb\xbf [{"a": 1}, {"a": 2}]',
        b'{"service": [{"a": 1}, {"a": 2}]}',
        b'{"total_count": 2, "results": [{"a": 1}, {"a": 2}], "more": {"service": [1]}}',
        b'{"x": {"service": [9]}, "service": [{"a": 1}, {"a": 2}]}',
    ],
)
def test_the_three_shapes(content: bytes) -> None:
    assert read(content) == [{"a": 1}, {"a": 2}]


@pytest.mark.parametrize("content", [b'{"other": [1]}', b"{}", b'{"service": {"a": 1}}'])
def test_no_list(content: bytes) -> None:
    assert read(content) is None


@pytest.mark.parametrize(
    ("content", "byte", "is_cut"),
    [
        (b'[{"a": 1}', 9, True),
        (b'\xef\xbb\xbf[{"a": 1}', 12, True),
        (b'{"service": [{"a": "b', 21, True),
        (b'{"serv', 6, True),
        (b"[1,,2]", 3, False),
        (b"[1] x", 4, False),
        (b'["\xff"]', 2, False),
        (b"[tru]", 4, False),
        (b'{"service": [1, NaN]}', 16, False),
    ],
)
def test_the_byte_where_it_breaks(content: bytes, byte: int, is_cut: bool) -> None:
    with pytest.raises(BrokenJson) as broken:
        read(content)
    assert (broken.value.byte, broken.value.is_cut) == (byte, is_cut)


@pytest.mark.parametrize("size", [65_535, 65_536, 65_537, 300_000])
def test_the_byte_is_exact_beyond_the_first_piece(size: int) -> None:
    good = b"[" + b'"' + b"x" * (size - 4) + b'"'
    with pytest.raises(BrokenJson) as broken:
        read(good + b",,1]")
    assert (broken.value.byte, broken.value.is_cut) == (len(good) + 1, False)


@given(st.integers(min_value=1, max_value=38))
def test_every_cut_is_found(length: int) -> None:
    whole = b'{"service": [{"a": [1, "\xc3\xa9"]}, {"b": 2}]}'
    with pytest.raises(BrokenJson) as broken:
        read(whole[:length])
    assert (broken.value.byte, broken.value.is_cut) == (length, True)


def test_records_come_before_the_end_is_read() -> None:
    content = b"[" + b",".join([b'{"a": "' + b"x" * 1000 + b'"}'] * 1000) + b",]"
    found = find_records(BytesIO(content), ())
    assert found is not None
    assert len(list(islice(found, 500))) == 500


@pytest.mark.parametrize(
    ("head", "expected"),
    [(b" \n[", True), (b"\xef\xbb\xbf{", True), (b"id,nom", False), (b"", False)],
)
def test_what_is_meant_as_json(head: bytes, expected: bool) -> None:
    assert is_json(head) is expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [('["a"]', ["a"]), ("plain", "plain"), ("[broken", "[broken"), ([1], [1]), (None, None)],
)
def test_json_in_a_string(value: object, expected: object) -> None:
    assert opened(value) == expected
    assert isinstance(opened("[" * 100_000), str)

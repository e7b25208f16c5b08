"""Messages through a real pipe: what arrives against what was sent, and the ends of a stream told apart."""

import os
import time
from collections.abc import Iterator

import pytest
from autograder.guest.protocol import HEADER, Closed, Overdue, read_exactly, read_frame, write_frame

LIMIT = 1000


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    """Descriptors to read from and to write to."""
    reading, writing = os.pipe()
    yield reading, writing
    for descriptor in (reading, writing):
        try:
            os.close(descriptor)
        except OSError:
            continue


def test_messages_arrive_one_by_one_with_their_channels(pipe: tuple[int, int]) -> None:
    reading, writing = pipe
    messages = [(0, b""), (1, b"a" * LIMIT), (2**32 - 1, bytes(3))]
    for channel, data in messages:
        write_frame(writing, channel, data)
    assert [read_frame(reading, LIMIT) for _ in messages] == messages


@pytest.mark.parametrize("sent", [b"", bytes(3), HEADER.pack(1, 5), HEADER.pack(1, 5) + b"four"])
def test_a_stream_that_ends_within_a_message_is_closed(sent: bytes, pipe: tuple[int, int]) -> None:
    reading, writing = pipe
    os.write(writing, sent)
    os.close(writing)
    with pytest.raises(Closed):
        read_frame(reading, LIMIT)


def test_a_message_above_the_limit_is_not_read(pipe: tuple[int, int]) -> None:
    reading, writing = pipe
    write_frame(writing, 1, bytes(LIMIT + 1))
    with pytest.raises(Closed):
        read_frame(reading, LIMIT)
    assert read_exactly(reading, LIMIT + 1) == bytes(LIMIT + 1)


@pytest.mark.parametrize("sent", [b"", HEADER.pack(1, 5), HEADER.pack(1, 5) + b"four"])
def test_what_is_not_there_at_the_deadline_is_overdue(sent: bytes, pipe: tuple[int, int]) -> None:
    reading, writing = pipe
    os.write(writing, sent)
    with pytest.raises(Overdue):
        read_frame(reading, LIMIT, deadline=time.monotonic())


def test_what_is_there_at_the_deadline_is_read(pipe: tuple[int, int]) -> None:
    reading, writing = pipe
    write_frame(writing, 7, b"in time")
    assert read_frame(reading, LIMIT, deadline=time.monotonic()) == (7, b"in time")


def test_nobody_reads_any_more(pipe: tuple[int, int]) -> None:
    reading, writing = pipe
    os.close(reading)
    with pytest.raises(Closed):
        write_frame(writing, 1, b"a")

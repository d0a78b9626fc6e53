"""Ports: a refusal says which setting helps."""

import pytest

from watertower.cli.failure import CommandFailed
from watertower.cli.listen import bound_to, listen_on


def test_port_0_takes_a_free_one():
    with listen_on("127.0.0.1", 0, setting="WATERTOWER_BIND") as listener:
        host, _, port = bound_to(listener).partition(":")

        assert host == "127.0.0.1"
        assert int(port) > 0


def test_a_taken_port_says_what_to_do():
    with listen_on("127.0.0.1", 0, setting="WATERTOWER_BIND") as listener:
        port = listener.getsockname()[1]
        with pytest.raises(CommandFailed) as caught:
            listen_on("127.0.0.1", port, setting="WATERTOWER_BIND")

    assert str(caught.value) == (
        f"Port {port} on 127.0.0.1 is taken by another program, perhaps another Watertower. "
        f"Stop it, or choose another port: WATERTOWER_BIND=127.0.0.1:{port + 10}"
    )


def test_an_address_of_another_machine_is_refused():
    with pytest.raises(CommandFailed) as caught:
        listen_on("192.0.2.1", 0, setting="WATERTOWER_BIND")

    assert str(caught.value) == (
        "192.0.2.1 is not an address of this machine. Change WATERTOWER_BIND."
    )


def test_a_port_can_be_had_again_at_once():
    first = listen_on("127.0.0.1", 0, setting="WATERTOWER_BIND")
    port = first.getsockname()[1]
    first.close()

    listen_on("127.0.0.1", port, setting="WATERTOWER_BIND").close()

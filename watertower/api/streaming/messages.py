"""What goes over the wire: a message, written once for everybody who gets the same."""

from watertower.base.json import to_json


class Message:
    """An event with its payload, which is JSON in a string; None for events without one."""

    def __init__(self, event: str, payload: str | None) -> None:
        self._event = event
        self._payload = payload
        self._tail = ""
        self._texts: dict[tuple[str, ...], str] = {}

    def for_socket(self, shown: tuple[str, ...]) -> str:
        """The message as a WebSocket carries it, for the stream called this."""
        text = self._texts.get(shown)
        if text is None:
            if not self._tail:
                payload = "" if self._payload is None else f',"payload":{to_json(self._payload)}'
                self._tail = f',"event":{to_json(self._event)}{payload}}}'
            text = self._texts[shown] = f'{{"stream":{to_json(shown)}{self._tail}'
        return text

    def for_event_stream(self, shown: tuple[str, ...]) -> str:  # noqa: ARG002  # one stream each
        """The message as an event stream carries it (HTML standard, 9.2.6)."""
        return f"event: {self._event}\ndata: {self._payload or 'undefined'}\n\n"


def text_of(body: bytes) -> str:
    """Rendered JSON as the payload of a message."""
    return body.decode()

"""Work done in a process of its own: something goes in, something comes out, and it never outlives who waits for it."""

from __future__ import annotations

import asyncio
from concurrent.futures import Future
from contextlib import suppress
from subprocess import PIPE, Popen
from threading import Thread, Timer
from typing import IO, TYPE_CHECKING, NamedTuple

from bot.config import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


class Done(NamedTuple):
    """How a process ended: its exit code, its output, and the last line that it complained in."""

    code: int
    output: bytes
    complaint: str


class Process:
    """A process that threads give its input and listen to, so that it goes on while the loop is busy.

    `hear` reads what it writes, and returns what of that is its output; `heard` is given each line that it complains
    in, at once, and says whether that was no complaint at all. `done` ends with the process: in TimeoutError where that
    took longer than `patience` seconds. Raises OSError where there can be none.
    """

    def __init__(  # noqa: PLR0913 - the last three are for some only
        self,
        command: Sequence[str],
        given: bytes,
        patience: float,
        *,
        env: Mapping[str, str] | None = None,
        hear: Callable[[IO[bytes]], bytes] = lambda output: output.read(),
        heard: Callable[[str], bool] = lambda _: False,
    ) -> None:
        self.done: Future[Done] = Future()
        self.done.set_running_or_notify_cancel()  # who stops waiting for it takes it from nobody
        self._late = False
        self._complaint = ""
        self._running = Popen(  # noqa: S603 - our own programs only
            command,
            cwd=ROOT,
            env=env,
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
            start_new_session=True,  # Ctrl-C is for the bot, which then ends this itself
        )
        self._thread = Thread(target=self._see_through, args=(given, patience, hear, heard), daemon=True)
        self._thread.start()

    def end(self, grace: float = 0.0) -> None:
        """End it, if it goes on for longer than `grace` seconds. Returns once it is gone."""
        self._thread.join(grace)
        self._running.kill()
        self._thread.join()

    def _see_through(
        self, given: bytes, patience: float, hear: Callable[[IO[bytes]], bytes], heard: Callable[[str], bool]
    ) -> None:
        try:
            self.done.set_result(self._followed(given, patience, hear, heard))
        except Exception as error:  # noqa: BLE001 - whoever waits gets it
            self.done.set_exception(error)

    def _followed(
        self, given: bytes, patience: float, hear: Callable[[IO[bytes]], bytes], heard: Callable[[str], bool]
    ) -> Done:
        timer = Timer(patience, self._lose_patience)
        timer.daemon = True  # where hearing fails, nobody's end waits for it
        with self._running as running:
            into, out, errors = running.stdin, running.stdout, running.stderr
            if into is None or out is None or errors is None:
                raise RuntimeError("all three are pipes")
            listener = Thread(target=self._listen, args=(errors, heard), daemon=True)
            for thread in (timer, listener):
                thread.start()
            _give(into, given)
            output = hear(out)
            listener.join()
            code = running.wait()
        timer.cancel()
        if self._late:
            raise TimeoutError
        return Done(code, output, self._complaint)

    def _listen(self, errors: IO[bytes], heard: Callable[[str], bool]) -> None:
        """Note the last line that is a complaint."""
        for line in errors:
            text = line.decode(errors="replace").strip()
            if text and not heard(text):
                self._complaint = text

    def _lose_patience(self) -> None:
        self._late = True
        self._running.kill()


async def run(command: Sequence[str], given: bytes, patience: float, env: Mapping[str, str] | None = None) -> Done:
    """Give a process its input and wait for its end, at most `patience` seconds. Raises TimeoutError, OSError."""
    process = Process(command, given, patience, env=env)
    try:
        return await asyncio.wrap_future(process.done)
    finally:
        process.end()


def _give(pipe: IO[bytes], given: bytes) -> None:
    """Write, and close; whoever ends early need not have read everything."""
    for step in (lambda: pipe.write(given), pipe.close):
        with suppress(BrokenPipeError):
            step()

"""The command `prep`: what people type, and the one place where an error becomes a sentence and an exit code."""

from __future__ import annotations

import contextlib
import errno
import gc
import os
import sys

_INTERRUPTED = 130


def program() -> int:
    """`main` as a program of its own: after an interrupt the prompt is back at once.

    What is open was closed on the way; that Python frees word lists one by one takes longer than all the rest.
    """
    code = main()
    if code == _INTERRUPTED:
        with contextlib.suppress(OSError):
            sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    return code


def main() -> int:
    """Run `prep` with the words of the command line; returns the exit code of the contract."""
    gc.set_threshold(50_000)  # else Python looks for rings of garbage dozens of times while it imports
    before = os.umask(0o077)  # whatever is written meanwhile, by SQLite or an editor too, is for the user alone
    try:
        return _run()
    finally:
        os.umask(before)


def _run() -> int:
    for stream in (sys.stdout, sys.stderr):  # a Windows console may be cp1252
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    from assistant.errors import PrepError

    try:
        from assistant.cli.app import app

        code = int(app(next(iter(sys.argv[1:]), None))(standalone_mode=False) or 0)
        if code == 130:  # typer has caught the interrupt itself
            raise KeyboardInterrupt
        sys.stdout.flush()  # a reader that went away is noticed here, not when Python ends
        return code
    except PrepError as error:
        print(f"prep: {error}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print("prep: stopped", file=sys.stderr)
        return 130
    except BrokenPipeError:
        return _unread()
    except SystemExit as stop:
        if isinstance(stop.__context__, BrokenPipeError):  # so typer and rich end where the reader went away
            return _unread()
        return stop.code if isinstance(stop.code, int) else 1
    except Exception as error:  # noqa: BLE001  a traceback would print lines and values, and with them note text
        return _unexpected(error)


def _unread() -> int:
    """The reader of a pipe went away, as `head` does when it has had enough: no error, and nothing more to say."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return 0


def _unexpected(error: Exception) -> int:
    """Usage errors of typer's own Click end with 2; anything else is a fault of prep, told without its words."""
    if isinstance(error, OSError) and error.errno == errno.EINVAL and os.name == "nt":
        return _unread()  # so Windows says that the reader of a pipe went away
    if hasattr(error, "exit_code") and hasattr(error, "format_message"):
        print(f"prep: {error.format_message()}", file=sys.stderr)
        return int(error.exit_code)
    if type(error).__name__ == "Abort":
        print("prep: stopped", file=sys.stderr)
        return 130
    where = error.__traceback__
    while where and where.tb_next:
        where = where.tb_next
    place = f"{os.path.basename(where.tb_frame.f_code.co_filename)}:{where.tb_lineno}" if where else "?"  # noqa: PTH119
    print(
        f"prep: this should not happen ({type(error).__name__} at {place}); please report it with the command",
        file=sys.stderr,
    )
    return 1

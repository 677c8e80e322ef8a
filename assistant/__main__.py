"""`python -m assistant` is `prep`."""

from assistant.cli import program

if __name__ == "__main__":
    raise SystemExit(program())

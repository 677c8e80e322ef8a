"""`python -m assistant` is `prep`."""

from assistant.cli import main

if __name__ == "__main__":
    raise SystemExit(main())

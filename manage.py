"""Runs the same commands as the `luotsi` console script, for tools that look for manage.py."""

from luotsi.config.cli import main

if __name__ == "__main__":
    main()

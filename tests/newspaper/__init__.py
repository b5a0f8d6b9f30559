"""The sample newspaper: four Italian football papers that exist only here, served over real HTTP on loopback.

`running()` starts it in a process of its own, for tests and the demo; `python -m tests.newspaper` does so by hand."""

from tests.newspaper.process import Running, running

__all__ = ["Running", "running"]

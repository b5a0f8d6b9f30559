"""When sites are visited: the schedule, what is due, the long-running process, its alarms and its standing."""

from crawler.schedule.agenda import Agenda
from crawler.schedule.entering import Entered, enter
from crawler.schedule.rules import Schedule, ScheduleError, read_schedule

__all__ = ["Agenda", "Entered", "Schedule", "ScheduleError", "enter", "read_schedule"]

"""Whether the service does its work, for supervisors and dashboards: questions over HTTP, figures, a watchdog."""

from bot.health.judging import deafness, unready
from bot.health.meter import Meter
from bot.health.server import HealthServer
from bot.health.signs import Signs, State
from bot.health.watchdog import Deaf, feel_pulse, watch

__all__ = ["Deaf", "HealthServer", "Meter", "Signs", "State", "deafness", "feel_pulse", "unready", "watch"]

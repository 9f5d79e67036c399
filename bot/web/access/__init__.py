"""How people who are not on this machine come in: by signing in with Slack, or by a link to one alert."""

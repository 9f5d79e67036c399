"""The demonstration: a local news site, a local Slack workspace, and the very service that `onrecord run` starts."""

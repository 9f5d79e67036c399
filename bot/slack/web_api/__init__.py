"""Everything that is asked of Slack, each exchange with one deadline."""

"""What is told beyond Slack as soon as it is on record or once a day: webhooks and e-mail (docs/outward.md)."""

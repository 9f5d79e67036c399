"""What is told to those outside Slack: webhooks, mails, links to one alert."""

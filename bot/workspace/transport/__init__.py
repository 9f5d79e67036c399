"""The two ways from the workspace to the app, and what travels on them."""

"""The page that shows the workspace to people."""

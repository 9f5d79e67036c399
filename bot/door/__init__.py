"""The one public address of an app that several workspaces have: it lets them in, and hands each what is its own.

It knows which process serves which workspace, and nothing of what is on record in any of them.
"""

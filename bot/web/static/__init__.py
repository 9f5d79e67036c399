"""What pages load besides themselves."""

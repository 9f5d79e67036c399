"""The templates of the pages; everything put into them is escaped."""

"""The spiders: one for every declared site, one for one-off fetches."""

"""Moviola's own Scrapy commands (`scrapy -h` lists them)."""

"""What happens to a page: article, events, matches, archive. Nothing here knows Scrapy."""

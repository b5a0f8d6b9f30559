"""From page to article: each test shows a page as a site would serve it and what must come of it."""

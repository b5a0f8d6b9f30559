-- Version 6: articles whose matches are still to be made anew, so that a crawl need not make them for every page.

CREATE TABLE unjoined (                  -- joining: what the crawl has written and not yet joined; it outlives a kill
  article_id  INTEGER PRIMARY KEY,       -- the article may be gone by then
  before      TEXT NOT NULL              -- JSON: the matches that it told until now
) STRICT;

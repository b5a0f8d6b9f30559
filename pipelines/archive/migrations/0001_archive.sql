-- The archive, version 1. One section a room: the crawl's memory, the sources, the articles, what each article says, the
-- matches, the search. Beside every table, column and index stands whom it serves.
--
-- Times are UTC, 'YYYY-MM-DDTHH:MM:SSZ'; dates 'YYYY-MM-DD'. Columns named after a field of pipelines/items.py mean what it
-- says there. Lists and mappings that nothing looks up from inside SQL are JSON.

------------------------------------------------------------------------------------------------- the crawl's memory

CREATE TABLE sites (                     -- everyone: the papers; facets and foreign keys show the title
  name      TEXT PRIMARY KEY,            -- the name of its declaration, its spider and its URLs' `site`
  title     TEXT,                        -- pages: as a reader knows it; NULL until the site is declared
  home      TEXT,                        -- pages: where a click on the title leads
  language  TEXT NOT NULL DEFAULT 'it'
) STRICT;

CREATE TABLE crawl_runs (                -- operators: `scrapy status`, the status page
  id        INTEGER PRIMARY KEY,
  site      TEXT REFERENCES sites(name), -- NULL: a run over all sites
  started   TEXT NOT NULL,
  ended     TEXT,                        -- NULL: still running, or killed
  counts    TEXT NOT NULL DEFAULT '{}',  -- JSON, e.g. {"pages": 40, "articles": 31, "failures": 1}
  reason    TEXT                         -- why it ended: finished, drift, interrupted, …
) STRICT;
CREATE INDEX crawl_runs_by_site ON crawl_runs(site, started);   -- status: the last run of a site

CREATE TABLE urls (                      -- the crawler: every URL ever met, and what is to be done with it
  id            INTEGER PRIMARY KEY,
  url           TEXT NOT NULL UNIQUE,    -- normalised once, by the crawler
  site          TEXT NOT NULL REFERENCES sites(name),
  role          TEXT NOT NULL CHECK (role IN ('article', 'listing', 'feed', 'sitemap')),
  state         TEXT NOT NULL DEFAULT 'discovered'
                CHECK (state IN ('discovered', 'leased', 'fetched', 'failed', 'gone', 'skipped')),
  next_check    TEXT,                    -- due from then on; while leased, when the lease ends; NULL: never again
  run_id        INTEGER REFERENCES crawl_runs(id),  -- who holds, or last held, the lease
  tries         INTEGER NOT NULL DEFAULT 0,         -- failures in a row
  reason        TEXT,                    -- one word: why it failed, is gone or was skipped
  etag          TEXT,                    -- conditional GET
  last_modified TEXT,                    -- conditional GET
  found_on      INTEGER REFERENCES urls(id),        -- the first page that led here; NULL: a declared entrance
  discovered    TEXT NOT NULL,           -- when it was first met: the lag to the archive counts from here
  published     TEXT,                    -- as the feed or sitemap tells: newest are fetched first
  title         TEXT,                    -- as the feed or sitemap tells
  seen          TEXT,                    -- the last visit, whatever came of it
  fetched       TEXT,                    -- the last visit that brought the page, or its 304
  article_id    INTEGER REFERENCES articles(id)     -- the article it shows
) STRICT;
-- The three questions of "what is due". First, entrances:
CREATE INDEX urls_due_entrances ON urls(site, next_check) WHERE role <> 'article' AND next_check IS NOT NULL;
-- Then, URLs never fetched, the newest first:
CREATE INDEX urls_due_new ON urls(site, published DESC) WHERE role = 'article' AND state = 'discovered';
-- And second looks, retries and leases that ended:
CREATE INDEX urls_due_again ON urls(site, next_check)
  WHERE role = 'article' AND state <> 'discovered' AND next_check IS NOT NULL;
CREATE INDEX urls_leased ON urls(run_id) WHERE state = 'leased';                -- releasing what a run still holds
CREATE INDEX urls_by_article ON urls(article_id) WHERE article_id IS NOT NULL;  -- pages: other addresses; forget

CREATE TABLE hosts (                     -- the crawler's manners: they outlive a kill
  host              TEXT PRIMARY KEY,    -- scheme://host[:port], as robots.txt has it
  robots            TEXT,                -- the text of robots.txt
  robots_status     INTEGER,             -- its HTTP status: 4xx allows all, 5xx forbids all (RFC 9309)
  robots_fetched    TEXT,                -- older than a day: fetched again
  crawl_delay       REAL,                -- seconds, as robots.txt asks
  retry_after_until TEXT,                -- the whole host is left alone until then (429 and 503)
  backoff           REAL NOT NULL DEFAULT 0,    -- seconds added to the delay while the host is slow or failing
  failures          INTEGER NOT NULL DEFAULT 0  -- failures in a row, over all its URLs
) STRICT;

CREATE TABLE failures (                  -- operators: what went wrong, kept until pruned
  id      INTEGER PRIMARY KEY,
  url     TEXT NOT NULL,
  site    TEXT REFERENCES sites(name),
  run_id  INTEGER REFERENCES crawl_runs(id),
  kind    TEXT NOT NULL,                 -- one word: dns, timeout, http-503, too-large, unstorable, …
  detail  TEXT NOT NULL DEFAULT '',
  at      TEXT NOT NULL
) STRICT;
CREATE INDEX failures_by_site ON failures(site, at);   -- status: failures of a site, newest first
CREATE INDEX failures_by_url ON failures(url);         -- what happened to this URL; forget

CREATE TABLE forgotten (                 -- taken down for good: neither recrawl nor reread brings it back
  url   TEXT PRIMARY KEY,                -- every address of the article
  hash  TEXT,                            -- the same words under a new address of the same site stay away too
  site  TEXT,
  at    TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX forgotten_by_hash ON forgotten(hash, site) WHERE hash IS NOT NULL;  -- writing: are these words barred

------------------------------------------------------------------------------------------------- the sources, as fetched

CREATE TABLE dictionaries (              -- snapshots: what the pages of a site have in common; the newest serves
  id       INTEGER PRIMARY KEY,
  site     TEXT NOT NULL REFERENCES sites(name),
  content  BLOB NOT NULL                 -- a few whole pages end to end, one zstd frame: a raw content dictionary
) STRICT;
CREATE INDEX dictionaries_by_site ON dictionaries(site);  -- the newest of a site

CREATE TABLE snapshots (                 -- reread: the bytes of a page, one row per distinct content
  id             INTEGER PRIMARY KEY,
  sha256         BLOB NOT NULL UNIQUE,   -- of the bytes as fetched
  site           TEXT NOT NULL REFERENCES sites(name),
  dictionary_id  INTEGER REFERENCES dictionaries(id),  -- NULL: plain zstd
  size           INTEGER NOT NULL,       -- bytes before compression
  content        BLOB NOT NULL           -- one zstd frame
) STRICT;
CREATE INDEX snapshots_by_site ON snapshots(site, dictionary_id);  -- when a site needs a new dictionary; reread a site

CREATE TABLE pages (                     -- reread: the pages of a URL in order, as one visit brought them
  url_id       INTEGER NOT NULL REFERENCES urls(id) ON DELETE CASCADE,
  fetched      TEXT NOT NULL,
  number       INTEGER NOT NULL,         -- 1, 2, … of an article split over pages
  url          TEXT NOT NULL,
  final_url    TEXT NOT NULL,            -- after redirects
  status       INTEGER NOT NULL,
  headers      TEXT NOT NULL,            -- JSON: those that reading needs, such as content-type
  snapshot_id  INTEGER NOT NULL REFERENCES snapshots(id),
  PRIMARY KEY (url_id, fetched, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX pages_by_snapshot ON pages(snapshot_id);   -- forget and prune: is a snapshot still needed

------------------------------------------------------------------------------------------------- the articles

CREATE TABLE articles (                  -- everyone: one row per canonical URL, narrow: the text stands in bodies
  id                INTEGER PRIMARY KEY,
  url               TEXT NOT NULL UNIQUE,       -- canonical
  site              TEXT NOT NULL REFERENCES sites(name),
  title             TEXT NOT NULL,
  subtitle          TEXT NOT NULL DEFAULT '',
  kind              TEXT,                       -- report, live, …; NULL until read
  published         TEXT,
  published_source  TEXT,                       -- where that was read: json-ld, meta, time, text, url, feed, sitemap
  modified          TEXT,
  modified_source   TEXT,
  section           TEXT,
  image             TEXT,
  language          TEXT NOT NULL,
  completeness      TEXT NOT NULL CHECK (completeness IN ('full', 'truncated', 'paywalled')),
  pages             INTEGER NOT NULL,           -- how many pages the newspaper split it over
  words             INTEGER NOT NULL,           -- pages: length; how much of a source is text
  method            TEXT NOT NULL,              -- how the text was found
  hash              TEXT NOT NULL,              -- of title and text
  copy_of           INTEGER REFERENCES articles(id) ON DELETE SET NULL,  -- the first with the same words elsewhere
  source_id         INTEGER NOT NULL REFERENCES urls(id),  -- the URL whose visit gave these words
  reader            TEXT,                       -- version of the reader; NULL until read
  reading_hash      TEXT,                       -- of what was read: equal means nothing to write
  added             TEXT NOT NULL,              -- first archived
  changed           TEXT NOT NULL               -- the paper's last edit that was seen
) STRICT;
CREATE INDEX articles_by_published ON articles(published);       -- home: the newest
CREATE INDEX articles_by_site ON articles(site, published);      -- a site's newest
CREATE INDEX articles_by_kind ON articles(kind, published);      -- facets; reports by date
CREATE INDEX articles_by_hash ON articles(hash);                 -- the same words elsewhere
CREATE INDEX articles_by_copy ON articles(copy_of) WHERE copy_of IS NOT NULL;  -- pages: the same story elsewhere

CREATE TABLE bodies (                    -- article page, reader, search
  article_id  INTEGER PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE,
  text        TEXT NOT NULL,             -- one block a line
  headings    TEXT NOT NULL,             -- JSON: [[start, end], …] of heading lines, in code points
  links       TEXT NOT NULL              -- JSON: [[url, text], …]
) STRICT;

CREATE TABLE article_versions (          -- article page: what the paper changed; the words before each edit
  article_id  INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
  number      INTEGER NOT NULL,          -- 1 is the first that was seen; the current one stands in articles
  seen        TEXT NOT NULL,             -- since when it read so
  title       TEXT NOT NULL,
  subtitle    TEXT NOT NULL,
  text        TEXT NOT NULL,
  hash        TEXT NOT NULL,
  PRIMARY KEY (article_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE authors (                   -- article page: who signed it
  id    INTEGER PRIMARY KEY,
  name  TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE article_authors (           -- article page, and an author's articles
  article_id  INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
  author_id   INTEGER NOT NULL REFERENCES authors(id),
  number      INTEGER NOT NULL,          -- their order on the page
  PRIMARY KEY (article_id, author_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX article_authors_by_author ON article_authors(author_id);  -- an author's articles

CREATE TABLE tags (                      -- article page, facets: as the papers tag their articles
  id    INTEGER PRIMARY KEY,
  name  TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE article_tags (              -- article page, and a tag's articles
  article_id  INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
  tag_id      INTEGER NOT NULL REFERENCES tags(id),
  number      INTEGER NOT NULL,
  PRIMARY KEY (article_id, tag_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX article_tags_by_tag ON article_tags(tag_id);  -- a tag's articles

------------------------------------------------------------------------------------------------- who plays

CREATE TABLE teams (                     -- match and team pages; the joining of articles
  id    TEXT PRIMARY KEY,                -- slug of the canonical name: 'hellas-verona'
  name  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE players (                   -- player pages; learned from line-ups
  id       TEXT PRIMARY KEY,             -- slug made from content alone, so that a rebuild gives the same
  name     TEXT NOT NULL,                -- the fullest form met
  surname  TEXT,                         -- for short mentions
  team_id  TEXT REFERENCES teams(id)     -- where he was last seen
) STRICT, WITHOUT ROWID;
CREATE INDEX players_by_team ON players(team_id);  -- team page: its players

CREATE TABLE player_names (              -- search, and explaining a merge: the forms that papers write
  player_id  TEXT NOT NULL REFERENCES players(id) ON DELETE CASCADE,
  name       TEXT NOT NULL,
  PRIMARY KEY (player_id, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX player_names_by_name ON player_names(name);  -- search; joining: whose name this is

------------------------------------------------------------------------------------------------- the matches

CREATE TABLE matches (                   -- match, team and competition pages: one row per match, fused
  id                   TEXT PRIMARY KEY, -- '2024-01-10-milan-atalanta'
  date                 TEXT,
  season               TEXT,             -- '2023-24'
  competition          TEXT,
  round                TEXT,
  home_id              TEXT NOT NULL REFERENCES teams(id),
  away_id              TEXT NOT NULL REFERENCES teams(id),
  score_home           INTEGER,
  score_away           INTEGER,
  half_home            INTEGER,
  half_away            INTEGER,
  ninety_home          INTEGER,          -- before extra time, where there was one
  ninety_away          INTEGER,
  shootout_home        INTEGER,
  shootout_away        INTEGER,
  referee              TEXT,
  venue                TEXT,
  attendance           INTEGER,
  status               TEXT NOT NULL DEFAULT 'played',  -- played, postponed, abandoned, fixture
  contradiction        TEXT,             -- the conflict, in words, where no timeline fits the score
  articles             INTEGER NOT NULL DEFAULT 0       -- how many tell it
) STRICT, WITHOUT ROWID;
CREATE INDEX matches_by_date ON matches(date);                        -- home: the latest
CREATE INDEX matches_by_competition ON matches(competition, season, date);  -- competition page: matchdays, table
CREATE INDEX matches_by_home ON matches(home_id, date);               -- a team's results; head to head
CREATE INDEX matches_by_away ON matches(away_id, date);  -- the same, away

CREATE TABLE events (                    -- every page that counts: one row per happening of a match, fused
  id               TEXT PRIMARY KEY,     -- made from content: match, type, player, clock
  match_id         TEXT NOT NULL REFERENCES matches(id) ON DELETE CASCADE,
  number           INTEGER NOT NULL,     -- its place in the timeline
  type             TEXT NOT NULL,
  side             TEXT CHECK (side IN ('home', 'away')),
  team_id          TEXT REFERENCES teams(id),
  period           INTEGER,
  minute           INTEGER,
  minute_end       INTEGER,
  stoppage         INTEGER,
  stoppage_unknown INTEGER,
  precision        TEXT,
  player           TEXT,                 -- names as shown; *_id where known who it is
  player_id        TEXT REFERENCES players(id),
  assist           TEXT,
  assist_id        TEXT REFERENCES players(id),
  opponent         TEXT,
  opponent_id      TEXT REFERENCES players(id),
  player_in        TEXT,
  player_in_id     TEXT REFERENCES players(id),
  player_out       TEXT,
  player_out_id    TEXT REFERENCES players(id),
  method           TEXT,
  body_part        TEXT,
  outcome          TEXT,
  reason           TEXT,
  subject          TEXT,
  decision         TEXT,
  second_yellow    INTEGER,
  role             TEXT,
  score_home       INTEGER,              -- goals: the score after it
  score_away       INTEGER,
  confidence       REAL NOT NULL DEFAULT 1,
  sources          INTEGER NOT NULL DEFAULT 1,  -- how many independent articles tell it
  dissent          TEXT NOT NULL DEFAULT '{}',  -- JSON: field → {value: [article ids]} where they disagree
  related          TEXT NOT NULL DEFAULT '[]'   -- JSON: ids of events
) STRICT, WITHOUT ROWID;
CREATE INDEX events_by_match ON events(match_id, number);             -- the timeline
CREATE INDEX events_by_player ON events(player_id, type);             -- a player's log and totals
CREATE INDEX events_by_team ON events(team_id, type);                 -- a team's totals
CREATE INDEX events_by_type ON events(type, minute);                  -- ready questions: late goals, histogram
CREATE INDEX events_by_player_in ON events(player_in_id) WHERE player_in_id IS NOT NULL;  -- player page: his substitutions
CREATE INDEX events_by_player_out ON events(player_out_id) WHERE player_out_id IS NOT NULL;  -- the same, off
CREATE INDEX events_by_assist ON events(assist_id) WHERE assist_id IS NOT NULL;  -- player page: his assists
CREATE INDEX events_by_opponent ON events(opponent_id) WHERE opponent_id IS NOT NULL;  -- player page: penalties saved, given away

------------------------------------------------------------------------------------------------- what each article says

CREATE TABLE article_matches (           -- joining: a match as one article reports it (a frame)
  id             INTEGER PRIMARY KEY,    -- article_id * 10000 + number
  article_id     INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
  number         INTEGER NOT NULL,
  match_id       TEXT REFERENCES matches(id) ON DELETE SET NULL,  -- NULL: not tied to a match
  unsure         TEXT,                   -- why it is not, in words
  home           TEXT NOT NULL,
  away           TEXT NOT NULL,
  score_home     INTEGER,
  score_away     INTEGER,
  half_home      INTEGER,
  half_away      INTEGER,
  ninety_home    INTEGER,
  ninety_away    INTEGER,
  shootout_home  INTEGER,
  shootout_away  INTEGER,
  date           TEXT,
  competition    TEXT,
  round          TEXT,
  referee        TEXT,
  assistants     TEXT NOT NULL,          -- JSON
  var            TEXT NOT NULL,          -- JSON
  venue          TEXT,
  attendance     INTEGER
) STRICT;
CREATE INDEX article_matches_by_article ON article_matches(article_id);  -- article page; rereading
CREATE INDEX article_matches_by_match ON article_matches(match_id);       -- match page: who tells it
CREATE INDEX article_matches_by_teams ON article_matches(home, away, date);  -- joining: candidates

CREATE TABLE claims (                    -- fusion and evidence: one article's reading of one event
  id                INTEGER PRIMARY KEY, -- article_id * 10000 + number
  article_id        INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
  number            INTEGER NOT NULL,    -- order of reading
  article_match_id  INTEGER REFERENCES article_matches(id) ON DELETE CASCADE,
  event             TEXT NOT NULL,       -- the event's id within the article
  type              TEXT NOT NULL,
  team              TEXT,
  side              TEXT,
  period            INTEGER,
  minute            INTEGER,
  minute_end        INTEGER,
  stoppage          INTEGER,
  stoppage_unknown  INTEGER,
  precision         TEXT NOT NULL,
  player            TEXT,
  assist            TEXT,
  opponent          TEXT,
  player_in         TEXT,
  player_out        TEXT,
  method            TEXT,
  body_part         TEXT,
  outcome           TEXT,
  reason            TEXT,
  subject           TEXT,
  decision          TEXT,
  second_yellow     INTEGER,
  role              TEXT,
  score_home        INTEGER,
  score_away        INTEGER,
  confidence        REAL NOT NULL,
  related           TEXT NOT NULL,       -- JSON: events of the same article
  evidence          TEXT NOT NULL,       -- JSON: [{"part", "start", "end", "sentence", "rule"}, …]
  reader            TEXT NOT NULL        -- version of the reader
) STRICT;
CREATE INDEX claims_by_article ON claims(article_id);  -- article page; rereading
CREATE INDEX claims_by_article_match ON claims(article_match_id);  -- fusion: what a telling says

CREATE TABLE event_claims (              -- match page: which articles tell an event; fusion
  claim_id  INTEGER PRIMARY KEY REFERENCES claims(id) ON DELETE CASCADE,   -- a claim tells one event
  event_id  TEXT NOT NULL REFERENCES events(id) ON DELETE CASCADE
) STRICT;
CREATE INDEX event_claims_by_event ON event_claims(event_id);  -- match page: who tells an event

CREATE TABLE lineups (                   -- match page: one team's sheet as one article gives it
  id                INTEGER PRIMARY KEY, -- article_match_id * 2, + 1 for the away side
  article_match_id  INTEGER NOT NULL REFERENCES article_matches(id) ON DELETE CASCADE,
  side              TEXT NOT NULL CHECK (side IN ('home', 'away')),
  formation         TEXT,
  coach             TEXT,
  UNIQUE (article_match_id, side)
) STRICT;

CREATE TABLE lineup_players (            -- match page: line-ups and marks; player page: marks over time
  lineup_id  INTEGER NOT NULL REFERENCES lineups(id) ON DELETE CASCADE,
  number     INTEGER NOT NULL,           -- order on the sheet
  name       TEXT NOT NULL,
  player_id  TEXT REFERENCES players(id) ON DELETE SET NULL,
  place      TEXT CHECK (place IN ('starter', 'bench')),  -- NULL: only a mark
  shirt      INTEGER,
  rating     REAL,
  unrated    INTEGER NOT NULL DEFAULT 0, -- 1: "s.v."
  PRIMARY KEY (lineup_id, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX lineup_players_by_player ON lineup_players(player_id) WHERE player_id IS NOT NULL;  -- player page: his marks

------------------------------------------------------------------------------------------------- the search

CREATE VIEW articles_text AS             -- what is searched; the index keeps no second copy of it
  SELECT articles.id AS id, articles.title AS title, articles.subtitle AS subtitle, bodies.text AS text
  FROM articles JOIN bodies ON bodies.article_id = articles.id;

-- Double quotes around articles_text are what Datasette and sqlite-utils look for. Diacritics are folded: Leao finds Leão.
CREATE VIRTUAL TABLE articles_fts USING fts5(
  title, subtitle, text,
  content="articles_text", content_rowid="id", tokenize='unicode61 remove_diacritics 2'
);

-- Version 2: what joining many articles into one match remembers between articles (docs/matches.md).

CREATE TABLE tellings (                  -- joining: what is compared of a frame, so that no claim is read again for it
  article_match_id  INTEGER PRIMARY KEY REFERENCES article_matches(id) ON DELETE CASCADE,
  pair              TEXT NOT NULL,       -- both teams, in alphabetical order of their keys: whoever is named first
  day               INTEGER,             -- the likeliest day, proleptic ordinal; NULL: no date at all
  sketch            TEXT NOT NULL        -- JSON: who is named on each side, what happened when
) STRICT;
CREATE INDEX tellings_by_pair ON tellings(pair, day);   -- joining: other tellings of these two teams near that day

CREATE TABLE source_records (            -- fusion, the status page: how often each paper was right, as the last rebuild saw
  site   TEXT NOT NULL REFERENCES sites(name),
  genre  TEXT NOT NULL,                  -- articles.kind
  field  TEXT NOT NULL,                  -- player, minute, score, …
  right  INTEGER NOT NULL,               -- claims that agree with what independent others say
  wrong  INTEGER NOT NULL,
  PRIMARY KEY (site, genre, field)
) STRICT, WITHOUT ROWID;

CREATE TABLE corrections (               -- a person's word; it survives rebuilding and rereading
  id          INTEGER PRIMARY KEY,
  at          TEXT NOT NULL,
  kind        TEXT NOT NULL CHECK (kind IN ('split', 'join', 'reject', 'set')),
  article_id  INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
  frame_id    INTEGER NOT NULL,          -- the telling meant, article_matches.id: the same on every rereading
  other_id    INTEGER,                   -- split and join: the telling that it is kept apart from, or put with
  event       TEXT,                      -- reject and set: JSON, what tells the event: type, side, player, minute, …
  fields      TEXT                       -- set: JSON, field → value
) STRICT;
CREATE INDEX corrections_by_article ON corrections(article_id);  -- forgetting an article
CREATE INDEX corrections_by_frame ON corrections(frame_id);      -- joining: what was said of these tellings
CREATE INDEX corrections_by_other ON corrections(other_id) WHERE other_id IS NOT NULL;  -- joining: the other telling meant

CREATE TABLE results (                   -- calendars that were imported: fixtures known ahead, results as a check
  id             TEXT PRIMARY KEY,       -- season, competition, date and both teams: importing twice changes nothing
  source         TEXT NOT NULL,          -- the file
  season         TEXT,
  competition    TEXT,
  round          TEXT,
  date           TEXT NOT NULL,
  home           TEXT NOT NULL,          -- as the archive names the teams
  away           TEXT NOT NULL,
  score_home     INTEGER,                -- NULL: not played yet
  score_away     INTEGER,
  half_home      INTEGER,
  half_away      INTEGER,
  shootout_home  INTEGER,
  shootout_away  INTEGER,
  pair           TEXT NOT NULL           -- as in tellings
) STRICT, WITHOUT ROWID;
CREATE INDEX results_by_pair ON results(pair, date);   -- checking a match; finding its day and competition
CREATE INDEX results_by_date ON results(date);         -- what is played when

CREATE TABLE team_names (                -- one club under several names; explains a merge
  team_id  TEXT NOT NULL REFERENCES teams(id) ON DELETE CASCADE,
  name     TEXT NOT NULL,
  PRIMARY KEY (team_id, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX team_names_by_name ON team_names(name);   -- joining: whose name this is

CREATE TABLE squads (                    -- who may be meant by a short name: imported, or learned from line-ups
  player_id  TEXT NOT NULL,
  team_id    TEXT NOT NULL,
  season     TEXT NOT NULL,
  source     TEXT NOT NULL,              -- 'archive', or the file it was imported from
  PRIMARY KEY (team_id, season, player_id)
) STRICT, WITHOUT ROWID;

ALTER TABLE events ADD COLUMN correction TEXT;   -- a person's word on it: 'rejected', or what was set, in words
ALTER TABLE matches ADD COLUMN result TEXT;      -- what a calendar says of the score: 'right', or what it has instead

-- Version 4: which papers' scores are right, where an imported calendar knows the result (docs/matches.md).

CREATE TABLE score_checks (              -- the status page: a paper's scores against the calendar's
  article_match_id  INTEGER PRIMARY KEY REFERENCES article_matches(id) ON DELETE CASCADE,
  result_id         TEXT NOT NULL REFERENCES results(id) ON DELETE CASCADE,
  score_right       INTEGER,             -- 1 or 0; NULL: the telling has no final score
  half_right        INTEGER              -- the same of the score at half-time
) STRICT;
CREATE INDEX score_checks_by_result ON score_checks(result_id);  -- importing a calendar again

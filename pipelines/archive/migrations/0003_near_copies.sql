-- Version 3: nearly the same words at another paper, under another title, are found as copies too.
-- The four columns are 64 bits that copies have in common (pipelines/archive/copies.py), 16 each: of two near copies at
-- least one column is equal. NULL: written before version 3 and not read again since.

ALTER TABLE articles ADD COLUMN band1 INTEGER;
ALTER TABLE articles ADD COLUMN band2 INTEGER;
ALTER TABLE articles ADD COLUMN band3 INTEGER;
ALTER TABLE articles ADD COLUMN band4 INTEGER;
CREATE INDEX articles_by_band1 ON articles(band1) WHERE band1 IS NOT NULL;  -- writing: near copies
CREATE INDEX articles_by_band2 ON articles(band2) WHERE band2 IS NOT NULL;  -- the same
CREATE INDEX articles_by_band3 ON articles(band3) WHERE band3 IS NOT NULL;  -- the same
CREATE INDEX articles_by_band4 ON articles(band4) WHERE band4 IS NOT NULL;  -- the same
DROP INDEX articles_by_hash;  -- the bands find equal words too

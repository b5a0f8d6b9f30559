-- Version 5: how far what one paper alone tells is to be believed (docs/matches.md).

CREATE TABLE type_records (              -- fusion: as the last rebuild saw
  type    TEXT PRIMARY KEY,              -- events.type
  single  REAL NOT NULL                  -- the chance that what one voice of several tells happened
) STRICT, WITHOUT ROWID;

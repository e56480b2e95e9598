-- Version 5 of reviews.db. The log (review, undone) is the truth and is only ever added to; `memory` follows from it.

CREATE TABLE review (
  id    INTEGER PRIMARY KEY,                              -- the order of grading
  card  TEXT    NOT NULL,                                 -- <corpus>:<source>/<statement>/<c1|c2|qa>[-en]
  grade INTEGER NOT NULL CHECK (grade BETWEEN 1 AND 4),   -- again, hard, good, easy
  at    INTEGER NOT NULL,                                 -- seconds since 1970 UTC
  day   INTEGER NOT NULL,                                 -- the learner's study day, a proleptic ordinal
  took  INTEGER NOT NULL CHECK (took >= 0),               -- milliseconds from prompt to grade
  ivl   INTEGER CHECK (ivl <> 0),                         -- the wait that was given: days, or negative seconds (as in Anki)
  ms    INTEGER                                           -- of a review made in Anki: its moment's milliseconds past `at`
) STRICT;

CREATE INDEX review_card ON review (card, id);

CREATE TABLE undone (
  review INTEGER PRIMARY KEY REFERENCES review (id),      -- this grade was taken back
  at     INTEGER NOT NULL                                 -- seconds since 1970 UTC
) STRICT;

CREATE TRIGGER review_is_kept   BEFORE DELETE ON review BEGIN SELECT raise(ABORT, 'the review log is append-only'); END;
CREATE TRIGGER review_is_fixed  BEFORE UPDATE ON review BEGIN SELECT raise(ABORT, 'the review log is append-only'); END;
CREATE TRIGGER undone_is_kept   BEFORE DELETE ON undone BEGIN SELECT raise(ABORT, 'the review log is append-only'); END;
CREATE TRIGGER undone_is_fixed  BEFORE UPDATE ON undone BEGIN SELECT raise(ABORT, 'the review log is append-only'); END;

CREATE TABLE memory (                                     -- what FSRS makes of the log, one row a card reviewed
  card       TEXT    PRIMARY KEY,
  state      INTEGER NOT NULL,                            -- 1 learning, 2 review, 3 relearning
  step       INTEGER NOT NULL,
  stability  REAL    NOT NULL,                            -- days
  difficulty REAL    NOT NULL,                            -- 1 to 10
  due_at     INTEGER NOT NULL,                            -- seconds since 1970 UTC; 0 where a whole day is meant
  due_day    INTEGER NOT NULL,                            -- study day
  last_day   INTEGER NOT NULL,
  first_day  INTEGER NOT NULL,
  reps       INTEGER NOT NULL,
  lapses     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (                                    -- what the screens remember, such as whether pinyin shows
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE flag (                                       -- what the learner said of a card; `flags.Flag`
  card      TEXT    PRIMARY KEY,
  suspended INTEGER NOT NULL CHECK (suspended IN (0, 1)), -- never shown
  buried    INTEGER NOT NULL,                             -- the study day on which it is left out; 0 for none
  marked    INTEGER NOT NULL CHECK (marked IN (0, 1)),
  told      INTEGER NOT NULL,                             -- lapses at which the learner was last told of a leech; 0 for never
  at        INTEGER NOT NULL                              -- when this was last changed, seconds since 1970 UTC
) STRICT, WITHOUT ROWID;

CREATE TABLE override (                                   -- texts changed in the quiz, where there is no corpus file to write
  statement TEXT    PRIMARY KEY,                          -- <corpus>:<source>/<statement>
  fields    TEXT    NOT NULL,                             -- those that differ from the deck's, as a JSON object
  at        INTEGER NOT NULL                              -- as in flag
) STRICT, WITHOUT ROWID;

PRAGMA user_version = 5;

"""The schemas of reviews.db as earlier versions made them. Users have such files: every one of them must go on."""

VERSION_1 = """
CREATE TABLE review (
  id INTEGER PRIMARY KEY, card TEXT NOT NULL, grade INTEGER NOT NULL CHECK (grade BETWEEN 1 AND 4), at INTEGER NOT NULL,
  day INTEGER NOT NULL, took INTEGER NOT NULL CHECK (took >= 0)
) STRICT;
CREATE INDEX review_card ON review (card, id);
CREATE TABLE undone (review INTEGER PRIMARY KEY REFERENCES review (id), at INTEGER NOT NULL) STRICT;
CREATE TRIGGER review_is_kept   BEFORE DELETE ON review BEGIN SELECT raise(ABORT, 'the review log is append-only'); END;
CREATE TRIGGER review_is_fixed  BEFORE UPDATE ON review BEGIN SELECT raise(ABORT, 'the review log is append-only'); END;
CREATE TRIGGER undone_is_kept   BEFORE DELETE ON undone BEGIN SELECT raise(ABORT, 'the review log is append-only'); END;
CREATE TRIGGER undone_is_fixed  BEFORE UPDATE ON undone BEGIN SELECT raise(ABORT, 'the review log is append-only'); END;
CREATE TABLE memory (
  card TEXT PRIMARY KEY, state INTEGER NOT NULL, step INTEGER NOT NULL, stability REAL NOT NULL, difficulty REAL NOT NULL,
  due_at INTEGER NOT NULL, due_day INTEGER NOT NULL, last_day INTEGER NOT NULL, first_day INTEGER NOT NULL,
  reps INTEGER NOT NULL, lapses INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
PRAGMA user_version = 1;
"""

VERSION_2 = """
CREATE TABLE review (
  id    INTEGER PRIMARY KEY,
  card  TEXT    NOT NULL,
  grade INTEGER NOT NULL CHECK (grade BETWEEN 1 AND 4),
  at    INTEGER NOT NULL,
  day   INTEGER NOT NULL,
  took  INTEGER NOT NULL CHECK (took >= 0)
) STRICT;
CREATE INDEX review_card ON review (card, id);
CREATE TABLE undone (
  review INTEGER PRIMARY KEY REFERENCES review (id),
  at     INTEGER NOT NULL
) STRICT;
CREATE TRIGGER review_is_kept   BEFORE DELETE ON review BEGIN SELECT raise(ABORT, 'the review log is append-only'); END;
CREATE TRIGGER review_is_fixed  BEFORE UPDATE ON review BEGIN SELECT raise(ABORT, 'the review log is append-only'); END;
CREATE TRIGGER undone_is_kept   BEFORE DELETE ON undone BEGIN SELECT raise(ABORT, 'the review log is append-only'); END;
CREATE TRIGGER undone_is_fixed  BEFORE UPDATE ON undone BEGIN SELECT raise(ABORT, 'the review log is append-only'); END;
CREATE TABLE memory (
  card       TEXT    PRIMARY KEY,
  state      INTEGER NOT NULL,
  step       INTEGER NOT NULL,
  stability  REAL    NOT NULL,
  difficulty REAL    NOT NULL,
  due_at     INTEGER NOT NULL,
  due_day    INTEGER NOT NULL,
  last_day   INTEGER NOT NULL,
  first_day  INTEGER NOT NULL,
  reps       INTEGER NOT NULL,
  lapses     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE setting (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
PRAGMA user_version = 2;
"""

VERSION_3 = VERSION_2.replace(
    "took  INTEGER NOT NULL CHECK (took >= 0)\n", "took  INTEGER NOT NULL CHECK (took >= 0),\n  ivl   INTEGER CHECK (ivl <> 0)\n"
).replace("user_version = 2", "user_version = 3")

VERSION_4 = VERSION_3.replace(
    "PRAGMA user_version = 3;",
    """
CREATE TABLE flag (
  card TEXT PRIMARY KEY, suspended INTEGER NOT NULL CHECK (suspended IN (0, 1)), buried INTEGER NOT NULL,
  marked INTEGER NOT NULL CHECK (marked IN (0, 1)), told INTEGER NOT NULL, at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE override (statement TEXT PRIMARY KEY, fields TEXT NOT NULL, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
PRAGMA user_version = 4;
""",
)

OLD = {1: VERSION_1, 2: VERSION_2, 3: VERSION_3, 4: VERSION_4}

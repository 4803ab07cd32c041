"""The tables of the index, and how its file is opened.

The index is derived from the folder: whatever is wrong with its file, a new one is made. There are no migrations: an
index of another version is built again.

    files ─┬─ stories ─┬─ story_topics ── topics
           │           ├─ story_feeds ── feeds              the feeds by which they came in
           │           └─ mentions ── entries ── articles      what each file says of the articles it names
           └─ problems              (entry_texts)  links ──┘   links in both directions, made by `resolve`

No text is kept twice. `stories` is a view on `known_stories`, and keeps what many stories share in tables of its own:
see `story_texts`. `articles` is a view on `known_articles`, which has no texts of an article that is a story; nor has
an entry any that its article's story has.
"""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from reader.base.errors import IndexReplacedError
from reader.base.private_files import make_file, tighten_database
from reader.base.wording import fold
from reader.library.index.storage import order_indexes
from reader.library.index.storage.article_keys import key_of_link
from reader.library.index.storage.header import is_empty
from reader.library.index.storage.journal import prepare_journal, transaction
from reader.library.index.storage.story_texts import columns_of
from reader.library.query.patterns import matches

APPLICATION_ID = 0x72647231
"""What marks an index of this program, unlike any other SQLite file: `rdr1` in ASCII."""

VERSION = 25
"""To be raised with any change of the tables, of what the parser makes of a file, or of what makes an event: an index
of another version is made anew."""

PATIENCE = 10.0
"""Seconds to wait for another program that writes the index."""

STATEMENTS = 48
"""Statements that a connection keeps compiled, of some KB each. Pages and searches of each size make new ones."""

STORY_WORDS = "title, excerpt, body, provider, topics"
"""The columns of `stories` whose words can be searched."""

STORY_TOKENIZER = "unicode61 remove_diacritics 2"
"""How FTS5 splits their text into words, and which letters are the same to it."""

MOST_BEGUN = 3
"""For the first letters of words, up to so many, `story_beginnings` has lists of the stories with words that begin so:
they are searched while a word is being typed."""

_TEXTS = ("title", "excerpt", "quality", "type", "url")
"""The columns of the view `articles` that are the story's where the article is one."""


_URLS_IN_FILES = """(SELECT s.url FROM stories s WHERE s.article = x.id),
    (SELECT t.url FROM entries e JOIN entry_texts t ON t.entry = e.id WHERE e.article = x.id)"""
"""The links that files have for an article: until `resolve`, one that has just been read has none of its own."""


def _texts_of_articles() -> str:
    """The SQL of those columns of the view `articles` that are not in the table: texts, outlet, and last the key.

    Each is a query of its own, rather than all of them a join: so SQLite only reads those that are asked for, and joins
    the view as if it were the table.
    """
    of_story = {name: f"(SELECT s.{name} FROM stories s WHERE s.id = x.story)" for name in _TEXTS}  # noqa: S608 — from here
    columns = {name: f"CASE WHEN x.story IS NULL THEN x.{name} ELSE {of_story[name]} END" for name in _TEXTS}
    columns |= {name: f"(SELECT p.{name} FROM providers p WHERE p.id = x.provider)" for name in ("provider", "outlet")}  # noqa: S608 — from here
    columns["key"] = f"coalesce(x.key, key_of_link(coalesce({columns['url']}, {_URLS_IN_FILES})), '')"
    return ", ".join(f"{column} AS {name}" for name, column in columns.items())


_OLD = columns_of("old")
_EACH = """'[' || replace(json_quote(replace({}, char(10), char(127))), char(127), '","') || ']'"""
"""The SQL that makes a JSON list of the lines of a text. DEL stands for the line ends meanwhile: no text has any."""

_STORY = ", ".join(f"{expression} AS {name}" for name, expression in columns_of("x").items())

_TABLES = f"""
CREATE TABLE files (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,  -- never given twice: a screen may still show a file that is gone
    number   INTEGER NOT NULL UNIQUE,   -- the hash of its path: see `folder.paths`
    path     BLOB,                      -- NULL where it is a story: see `seen_files`
    size     INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    inode    INTEGER NOT NULL,
    depth    INTEGER NOT NULL,          -- 1: its head has been read; 2: all of it
    format   TEXT NOT NULL DEFAULT '',  -- the other tool that wrote it, where it is a story of one
    until    INTEGER                    -- when that tool will stop showing it, in seconds since 1970; NULL: never
);
CREATE VIEW seen_files AS               -- files with their paths, relative to the root, as the file system writes them
    SELECT f.id, f.number, coalesce(f.path, (SELECT s.path FROM stories s WHERE s.id = f.id)) AS path,
           f.size, f.mtime_ns, f.inode, f.depth FROM files f;
CREATE TABLE folders (                   -- see `folder.memory`
    path      BLOB PRIMARY KEY,         -- relative to the root, empty for the root
    mtime_ns  INTEGER NOT NULL,
    looked_ns INTEGER NOT NULL,
    digest    BLOB NOT NULL,            -- of the stamps of its files, all of which have been read
    files     INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE mounts (path BLOB PRIMARY KEY, device INTEGER NOT NULL, is_link INTEGER NOT NULL) WITHOUT ROWID;
                                         -- see `folder.mounts`
CREATE TABLE facts (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;    -- see `folder.memory`
CREATE TABLE problems (
    path     BLOB NOT NULL,
    line     INTEGER NOT NULL,          -- 0: the file as a whole
    reason   TEXT NOT NULL,
    unread   INTEGER NOT NULL           -- 0: read, with this flaw; 1: not read; 2: not even looked at; 3: passed over
);
CREATE INDEX problems_path ON problems(path);
CREATE TABLE providers (                -- those of stories and articles; they stay when the last one is gone
    id INTEGER PRIMARY KEY, provider TEXT NOT NULL, outlet TEXT NOT NULL, UNIQUE (outlet, provider)
);
CREATE TABLE known_articles (
    id        INTEGER PRIMARY KEY,
    number    INTEGER NOT NULL UNIQUE,  -- the hash of its key: see `storage.article_keys`
    story     INTEGER,                  -- the story that is this article; NULL: on the web only
    provider  INTEGER REFERENCES providers,
    published INTEGER,                  -- seconds since 1970
    dated     INTEGER,                  -- 0: no date; 1: a date alone; 2: a time
    said      INTEGER,                  -- a hash of what events and counts are made of: see `sync.resolve`
    event     INTEGER,                  -- the event it is on; NULL: on none with another article
    unit      INTEGER,                  -- the unit that it was grouped in: see `coverage.units`; NULL: in none
    copy      INTEGER,                  -- the earliest article with the same text from another outlet, or itself
    key       TEXT,                     -- NULL where it can be made of the link: see `storage.article_keys`
    title     TEXT, excerpt TEXT, quality INTEGER, type TEXT, url TEXT  -- NULL where it is a story: see `articles`
);
CREATE INDEX articles_event ON known_articles(event) WHERE event IS NOT NULL;
CREATE INDEX articles_unit ON known_articles(unit) WHERE unit IS NOT NULL;
CREATE VIEW articles AS                 -- articles with their texts, which the index has only once
    SELECT x.id, x.number, x.story, {_texts_of_articles()},
           x.provider AS of_provider, x.published, x.dated, x.event, x.unit, x.copy FROM known_articles x;
CREATE TABLE events (
    id          INTEGER PRIMARY KEY,    -- its earliest article
    articles    INTEGER NOT NULL,
    stories     INTEGER NOT NULL,       -- articles that are stories of this library
    outlets     INTEGER NOT NULL,
    independent INTEGER NOT NULL,       -- outlets with a text of their own
    began       INTEGER NOT NULL, ended INTEGER NOT NULL    -- seconds since 1970
);
-- Lists of articles, packed: see `storage.packed_lists`.
CREATE TABLE bonds (id INTEGER PRIMARY KEY, list BLOB NOT NULL);        -- of an article: see `events.bonds`
CREATE TABLE nearest (id INTEGER PRIMARY KEY, list BLOB NOT NULL);      -- of an article: see `sync.bonds.crowds`
CREATE TABLE nearest_to (id INTEGER PRIMARY KEY, list BLOB NOT NULL);   -- of an article: those it is nearest to
CREATE TABLE compared_days (id INTEGER PRIMARY KEY, list BLOB NOT NULL);   -- of a day since 1970: what is compared
CREATE TABLE compared (                 -- the articles that have been compared with others: see `sync.bonds.clues`
    article   INTEGER PRIMARY KEY,
    published INTEGER NOT NULL,
    lot       INTEGER NOT NULL,         -- a number made of its key
    headline  INTEGER NOT NULL,         -- a number that equal headlines share; 0 where it is too short
    words     BLOB NOT NULL             -- the words of its headline by which others are found
);
CREATE TABLE headline_counts (word INTEGER PRIMARY KEY, headlines INTEGER NOT NULL);
CREATE TABLE prefixes (id INTEGER PRIMARY KEY, prefix NOT NULL UNIQUE);  -- of paths (BLOB) and links (TEXT); they stay
CREATE TABLE known_stories (            -- long columns come last: SQLite is slow to read what is behind them
    id        INTEGER PRIMARY KEY REFERENCES files ON DELETE CASCADE,
    article   INTEGER NOT NULL REFERENCES known_articles,
    published INTEGER, dated INTEGER NOT NULL,
    tie       INTEGER NOT NULL DEFAULT 0,   -- rises with the path among the stories of one time: see `storage.ties`
    quality   INTEGER, heat INTEGER, has_image INTEGER NOT NULL, has_amp INTEGER NOT NULL,
    coverage  INTEGER NOT NULL DEFAULT 0,   -- linked articles, including those on its event
    outlets   INTEGER NOT NULL DEFAULT 1,   -- outlets that report its event; 1 where it is on none
    linked    INTEGER NOT NULL DEFAULT 0,   -- linked articles that are not on its event
    alike     INTEGER NOT NULL DEFAULT 0,   -- stories that are alike, neither linked nor on its event
    provider  INTEGER NOT NULL,         -- of `providers`
    folder    INTEGER NOT NULL, site INTEGER NOT NULL,  -- of `prefixes`; rows of these two tables are never deleted
    type      TEXT,                     -- NULL: an article
    topics    TEXT NOT NULL,            -- one a line
    name      BLOB NOT NULL, slug TEXT, link TEXT NOT NULL,
    title     TEXT NOT NULL, excerpt TEXT NOT NULL, body TEXT NOT NULL
);
CREATE VIEW stories AS
    SELECT x.id, x.article, x.published, x.dated, x.tie, x.quality, x.heat, x.has_image, x.has_amp, x.coverage,
           x.outlets, x.linked, x.alike, {_STORY}, x.provider AS of_provider, x.topics, x.title, x.excerpt, x.body
    FROM known_stories x;
CREATE INDEX stories_article ON known_stories(article);
CREATE TRIGGER stories_delete AFTER DELETE ON known_stories BEGIN   -- until `resolve` its article is what it was
    UPDATE known_articles SET story = NULL, title = old.title, excerpt = old.excerpt, quality = old.quality,
        type = {_OLD["type"]}, url = {_OLD["url"]} WHERE id = old.article AND story = old.id;
    INSERT INTO entry_texts(entry, title, excerpt, provider, outlet, published, dated, quality, type, url)
        SELECT id, old.title, old.excerpt, {_OLD["provider"]}, {_OLD["outlet"]}, old.published, old.dated, old.quality,
               {_OLD["type"]}, {_OLD["url"]} FROM entries WHERE article = old.article AND story = old.id;
    UPDATE entries SET story = NULL WHERE article = old.article AND story = old.id;
END;
CREATE INDEX stories_newest ON known_stories(published DESC, tie, dated);   -- `dated`: so each says on which day it is
CREATE TABLE topics (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE story_topics (              -- by topic only: the topics of a story are in its own row
    topic INTEGER NOT NULL REFERENCES topics, story INTEGER NOT NULL, PRIMARY KEY (topic, story)
) WITHOUT ROWID;
CREATE TRIGGER story_topics_delete AFTER DELETE ON known_stories BEGIN
    DELETE FROM story_topics WHERE story = old.id AND topic IN (
        SELECT t.id FROM json_each({_EACH.format("old.topics")}) n CROSS JOIN topics t ON t.name = n.value);
END;
CREATE TABLE feeds (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);    -- the address, shortened for a person
CREATE TABLE story_feeds (
    feed  INTEGER NOT NULL REFERENCES feeds,
    story INTEGER NOT NULL REFERENCES known_stories ON DELETE CASCADE,
    PRIMARY KEY (feed, story)
) WITHOUT ROWID;
CREATE INDEX story_feeds_story ON story_feeds(story);
CREATE TABLE entries (
    id        INTEGER PRIMARY KEY,
    article   INTEGER NOT NULL REFERENCES known_articles,
    digest    BLOB NOT NULL UNIQUE,     -- a hash of what it says: files repeat entries word for word
    story     INTEGER                   -- the story of its article, where that says the same
);
CREATE INDEX entries_article ON entries(article);
CREATE TABLE entry_texts (              -- what an entry says, where no story says the same
    entry     INTEGER PRIMARY KEY REFERENCES entries ON DELETE CASCADE,
    is_found  INTEGER NOT NULL DEFAULT 0,   -- whether its words are in `entry_words`: see `sync.resolve`
    title     TEXT NOT NULL, excerpt TEXT NOT NULL, provider TEXT NOT NULL, outlet TEXT NOT NULL,
    published INTEGER, dated INTEGER NOT NULL,
    quality   INTEGER, type TEXT NOT NULL, url TEXT NOT NULL
);
CREATE TABLE mentions (
    story INTEGER NOT NULL REFERENCES known_stories ON DELETE CASCADE,
    entry INTEGER NOT NULL REFERENCES entries,
    PRIMARY KEY (story, entry)
) WITHOUT ROWID;
CREATE INDEX mentions_entry ON mentions(entry);
CREATE TABLE links (
    a INTEGER NOT NULL, b INTEGER NOT NULL, PRIMARY KEY (a, b)
) WITHOUT ROWID;
-- Articles that wait: for `resolve` to merge what files say of them; to be compared; and to be grouped and counted.
-- After an interruption the next sync goes on with them: see `sync.waiting`.
CREATE TABLE touched (article INTEGER PRIMARY KEY);
CREATE TABLE uncompared (article INTEGER PRIMARY KEY);
CREATE TABLE ungrouped (article INTEGER PRIMARY KEY);

-- Words are put in by `sync.word_indexes` and taken out by triggers: a trigger that put them in would write each row to
-- the file on its own, as SQLite makes FTS5 flush what it holds before each statement that may have to be undone.
CREATE VIRTUAL TABLE story_words USING fts5(
    {STORY_WORDS},
    content='stories', content_rowid='id', tokenize='{STORY_TOKENIZER}', columnsize=0
);
-- The same words without their places: this takes a third of the room, including lists for the first letters of words.
-- See `search.compilation.select_words`.
CREATE VIRTUAL TABLE story_beginnings USING fts5(
    {STORY_WORDS},
    content='stories', content_rowid='id', tokenize='{STORY_TOKENIZER}', columnsize=0, detail=none,
    prefix='{" ".join(map(str, range(1, MOST_BEGUN + 1)))}'
);
CREATE TRIGGER story_words_delete AFTER DELETE ON known_stories BEGIN
    INSERT INTO story_words(story_words, rowid, {STORY_WORDS})
    VALUES ('delete', old.id, old.title, old.excerpt, old.body, {_OLD["provider"]}, old.topics);
    INSERT INTO story_beginnings(story_beginnings, rowid, {STORY_WORDS})
    VALUES ('delete', old.id, old.title, old.excerpt, old.body, {_OLD["provider"]}, old.topics);
END;
CREATE VIEW found_entries AS SELECT entry, title, excerpt, provider FROM entry_texts WHERE is_found;
CREATE VIRTUAL TABLE entry_words USING fts5(
    title, excerpt, provider,
    content='found_entries', content_rowid='entry', tokenize='{STORY_TOKENIZER}', columnsize=0
);
CREATE TRIGGER entry_words_delete AFTER DELETE ON entry_texts WHEN old.is_found BEGIN
    INSERT INTO entry_words(entry_words, rowid, title, excerpt, provider)
    VALUES ('delete', old.entry, old.title, old.excerpt, old.provider);
END;
"""  # noqa: S608 — constants


class FileIdentity(NamedTuple):
    """What identifies a file. Another file at the same path has another, as long as the first is open anywhere."""

    device: int
    inode: int


def identity(path: Path) -> FileIdentity | None:
    """The identity of the file at a path; None where there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return FileIdentity(status.st_dev, status.st_ino)


def connect_to(path: Path, only: FileIdentity | None) -> sqlite3.Connection:
    """Open one certain index file: another at its path would have other ids for its stories.

    Args:
        path: where the file is.
        only: its identity; None for a file that was gone already.

    Raises:
        IndexReplacedError: it is gone, or another is in its place; nothing is made there.
        sqlite3.DatabaseError: as `connect`.
    """
    check_place(path, only)
    connection = connect(path, is_made=False)
    try:
        check_place(path, only)
    except IndexReplacedError:
        connection.close()
        raise
    return connection


def check_place(path: Path, only: FileIdentity | None) -> None:
    """Check that the file at a path is the one that is meant.

    Raises:
        IndexReplacedError: it is gone, or another is in its place.
    """
    if only is None or identity(path) != only:
        raise IndexReplacedError(f"the index was taken away: {path}")


def connect(path: Path, *, is_made: bool = True) -> sqlite3.Connection:
    """Open an index file.

    Args:
        path: the file.
        is_made: whether to make it if it is missing.

    Raises:
        sqlite3.DatabaseError: the file is damaged, foreign or of another version.
        sqlite3.OperationalError: it cannot be opened or written.
    """
    with suppress(OSError):  # SQLite gives its other files the same rights, and raises what is wrong itself
        if is_made:
            make_file(path)
        tighten_database(path)
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={'rwc' if is_made else 'rw'}", uri=True, timeout=PATIENCE,
        isolation_level=None, check_same_thread=False, cached_statements=STATEMENTS,
    )  # fmt: skip
    connection.create_function("key_of_link", 1, key_of_link, deterministic=True)
    connection.create_function("fold", 1, fold, deterministic=True)
    connection.create_function("matches", -1, matches, deterministic=True)
    try:
        _prepare(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    is_new = is_empty(connection, APPLICATION_ID, VERSION)
    prepare_journal(connection, path)
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA temp_store = MEMORY")
    if is_new:
        with transaction(connection):
            if is_empty(connection, APPLICATION_ID, VERSION):  # another copy of the program may have been first
                for statement in _statements():
                    connection.execute(statement)
                connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                connection.execute(f"PRAGMA user_version = {VERSION}")


def _statements() -> list[str]:
    """The statements that make the tables, one by one: `executescript` would commit the transaction around them."""
    made: list[str] = []
    pending = ""
    for line in _TABLES.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            made.append(pending)
            pending = ""
    return made + order_indexes.statements()

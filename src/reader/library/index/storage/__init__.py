"""The file of an index: its tables, its journal, and what happens when it is missing, damaged or cannot be written.

    store, damage          where it is, and what to do when it cannot be used
    schema, order_indexes  its tables and indexes
    journal                transactions
    portions               statements with many values

The others keep it small: `story_texts`, `article_keys`, `ties` and `packed_lists`.
"""

"""The query language: from what a person types to a tree of conditions. There is no SQL here.

    query       the language, and the way in: `parse`
    tokens      a text is cut into tokens
    parser      tokens are read into a tree
    tree        the conditions
    values      what terms compare with: numbers, days, ages, marks
    patterns    regular expressions
    completion  how a query may go on

`index.search` finds the stories that answer a query.
"""

"""Which stories answer a query: its conditions as SQL, each a set of ids, and the first page before all are known."""

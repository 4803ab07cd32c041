"""The keys: one list of all bindings, and how the configuration changes them."""

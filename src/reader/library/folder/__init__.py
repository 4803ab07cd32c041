"""The folder of a library: `scan` finds its files, `watch` sees when they change, and `memory` remembers them.

`mounts` knows the disks in it, so that files of a disk that is not mounted are not taken for deleted.
"""

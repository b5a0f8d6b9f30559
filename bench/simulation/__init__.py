"""A month of sixty papers on a virtual clock, and five real minutes over HTTP."""

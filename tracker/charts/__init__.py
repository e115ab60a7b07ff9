"""Charts as plain SVG: for pages and for documents alike, the same bytes every time. No Flask."""

"""Charts as inline SVG in the page's own colours, with figures in the reader's format."""

"""`foedus query` and `foedus shell`: texts of one's own on the command line, through the same gate as over HTTP."""

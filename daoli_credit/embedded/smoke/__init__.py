"""走一遍全流程: the story of one record walked over HTTP, as people would walk it in a browser."""

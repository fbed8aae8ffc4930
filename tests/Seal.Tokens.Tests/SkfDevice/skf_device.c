int SKF_Placeholder(void) { return 0; }

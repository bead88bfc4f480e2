/** The escape sequence that empties a terminal before the next look. */
export const CLEAR_SCREEN = '\u001b[2J\u001b[H';

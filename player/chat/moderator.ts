/** Returns the code of a moderator's link, `moderator.<code>`; undefined for another link, or none. */
export function moderatorCode(link: string | undefined): string | undefined {
  return /^moderator\.([A-Za-z0-9]+)$/.exec(link ?? '')?.[1];
}

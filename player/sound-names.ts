import type { SoundTrack } from './engines/engine';

/**
 * What viewers read in the choice of sounds: the manifest's name where it says more than the language does, else the
 * language in its own words.
 */
export function soundNames(tracks: readonly SoundTrack[]): readonly string[] {
  return tracks.map(({ language, name }, index) => {
    const own = languageName(language);
    // Packagers without a name for it put the name of the file there.
    const said = name === '' || name === language || name.startsWith('audio') ? '' : name;
    return said || own || name || `Sound ${index + 1}`;
  });
}

/** `deu` becomes `Deutsch`; empty for what is no language. */
function languageName(code: string): string {
  if (code === '' || code === 'und') return '';
  try {
    const [language = code] = Intl.getCanonicalLocales(code);
    const name = new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? '';
    return name.charAt(0).toLocaleUpperCase(language) + name.slice(1);
  } catch {
    return code;
  }
}

import type { AudioTrack } from './engines/engine';

/**
 * Names the audio tracks for the viewer: the manifest's name where it says more than the language does, else the
 * language in its own words.
 */
export function audioNames(tracks: readonly AudioTrack[]): readonly string[] {
  return tracks.map(({ language, name }, index) => {
    const own = languageName(language);
    // Packagers that have no name for a track write the name of its file.
    const given = name === '' || name === language || name.startsWith('audio') ? '' : name;
    return given || own || name || `Audio ${index + 1}`;
  });
}

/** Turns `deu` into `Deutsch`. A code that is not well-formed is returned as it is; no language gives an empty string. */
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

import { stringThat } from './field';

/** A language as MediaLive takes it and MPEG-TS carries it: three letters of ISO 639-2, `eng`, `deu`. */
export const languageCode = () =>
  stringThat((code) => /^[a-z]{3}$/.test(code), 'a language of three small letters (ISO 639-2) such as eng');

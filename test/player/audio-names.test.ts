import { expect, test } from '@jest/globals';
import { audioNames } from '../../player/audio-names';

test('an audio track has the name in the manifest, else its language in its own words, else a number', () => {
  expect(
    audioNames([
      { language: 'deu', name: 'audio-deu' },
      { language: 'eng', name: 'Commentary' },
      { language: 'fra', name: 'fra' },
      { language: 'und', name: '' },
      { language: 'no language', name: '' },
    ]),
  ).toEqual(['Deutsch', 'Commentary', 'Français', 'Audio 4', 'no language']);
});

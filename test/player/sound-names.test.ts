import { expect, test } from '@jest/globals';
import { soundNames } from '../../player/sound-names';

test('sounds are called what the manifest says, else their language in its own words, else by number', () => {
  expect(
    soundNames([
      { language: 'deu', name: 'audio-deu' },
      { language: 'eng', name: 'Commentary' },
      { language: 'fra', name: 'fra' },
      { language: 'und', name: '' },
      { language: 'no language', name: '' },
    ]),
  ).toEqual(['Deutsch', 'Commentary', 'Français', 'Sound 4', 'no language']);
});

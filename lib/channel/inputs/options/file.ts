import { z } from 'zod';
import { explain } from '../../field';
import { given } from '../../given';
import { rule } from '../../rule';
import { isWebUrl, pulledSources, WEB } from './sources';

/** The options of a file that MediaLive plays. `endings` are those that its path may have. */
export function fileOptions(endings: readonly string[]) {
  const own = { loop: z.boolean().default(true) };
  explain(own, {
    loop: {
      what: 'Whether the file starts again at its end.',
      effect:
        'With false, the last frame stays on screen without audio once the file is over, and the channel runs on.',
      change: { to: false },
    },
  });
  const quoted = endings.map((ending) => `\`${ending}\``).join(' or ');
  return {
    ...pulledSources(WEB, {
      what: `The file: an \`https://\`, \`http://\` or \`s3ssl://bucket/key\` URL whose path ends in ${quoted}.`,
      change: { from: `https://www.example.com/film${endings[0]}`, to: `https://www.example.com/other${endings[0]}` },
    }),
    ...own,
  };
}

/** Refuses a path with another ending. The query is no part of the path. */
export function endsIn(endings: readonly string[]) {
  return rule<{ readonly sources: readonly { readonly url: string }[] }>(({ sources = [] }, problem) => {
    for (const [index, source] of sources.entries()) {
      const path = source?.url?.replace(/[?#].*$/s, '');
      if (source?.url === undefined || path === undefined || !isWebUrl(source.url)) continue;
      if (endings.some((ending) => path.toLowerCase().endsWith(ending))) continue;
      problem(
        ['sources', index, 'url'],
        `${given(path)} was given; MediaLive plays files whose path ends in ${endings.join(' or ')}`,
      );
    }
  });
}

import type { HlsConfig } from 'hls.js';
import type { Gate } from '../gate';
import { encoded, lineOf, type Members } from './line';

type Loader = HlsConfig['loader'];
type Load = InstanceType<Loader>['load'];

/**
 * Makes a gate that puts CMCD version 1 into the query of media requests, in front of the one that a private channel has.
 * Engines know addresses without it. The edge does not cache by it, so that viewers still share what it holds.
 *
 * @param page - address of the page; requests to other sites stay as they are.
 * @param members - called for each request; `isMedia` is false for manifests.
 */
export function requestGate(page: string, inner: Gate | undefined, members: (isMedia: boolean) => Members): Gate {
  const site = new URL(page).origin;
  const marked = (given: string): string => {
    // A library may repeat a request with the address that it had.
    const url = unmarked(given);
    const { origin, pathname } = new URL(url, page);
    if (origin !== site) return url;
    const query = encoded(lineOf(members(!/\.(m3u8|mpd)$/.test(pathname))));
    return `${url}${url.includes('?') ? '&' : '?'}CMCD=${query}`;
  };
  return {
    address: (url) => marked(inner?.address(url) ?? url),
    clean: (url) => inner?.clean(unmarked(url)) ?? unmarked(url),
    answered: (status, url) => inner?.answered(status, url),
    takes: (event) => inner?.takes(event) ?? false,
    hls: (settings, Base) => {
      const loader = markedLoader(Base, marked);
      return inner?.hls(settings, loader) ?? { ...settings, loader };
    },
  };
}

/** Takes CMCD out of an address. */
function unmarked(url: string): string {
  return url.replace(/([?&])CMCD=[^&#]*&?/, '$1').replace(/[?&](?=#|$)/, '');
}

/** Makes a loader for hls.js whose requests carry CMCD, and whose answers look as if they had not. */
function markedLoader(Base: Loader, marked: (url: string) => string): Loader {
  return class extends Base {
    constructor(config: HlsConfig) {
      const open = config.xhrSetup;
      super({
        ...config,
        xhrSetup: (xhr, url, context) =>
          open === undefined ? xhr.open('GET', marked(url), true) : open(xhr, marked(url), context),
      });
    }

    override load(...[context, config, callbacks]: Parameters<Load>): void {
      super.load(context, config, {
        ...callbacks,
        onSuccess: (response, ...rest) => callbacks.onSuccess({ ...response, url: unmarked(response.url) }, ...rest),
      });
    }
  };
}

import { steadyNow } from '../../../host/clock';
import { renderMpd } from '../dash/mpd';
import { mpdView } from '../dash/mpd-view';
import { renderMultivariantPlaylist } from '../hls/multivariant-playlist';
import { multivariantPlaylistView } from '../hls/multivariant-playlist-view';
import { egressFile } from '../model/file-names';
import type { View } from '../model/view';
import { type EgressAnswer, egressError } from './answer';
import { childPlaylist } from './child-playlist';
import { M3U8, manifestAnswer, manifestKey } from './manifest-answer';
import { ManifestCache } from './manifest-cache';
import { ManifestRequestError, manifestSettings } from './manifest-settings';
import { type EgressContext, mediaFile } from './media-file';
import { requestedShift, shiftedManifest } from './requested-shift';

/** Number of segments without new media after which a manifest is stale, where the endpoint makes that an error. */
const STALE_SEGMENTS = 3;

const cache = new ManifestCache();

/**
 * Answers a request for a file of an endpoint's folder: a manifest, a media playlist, or a file that one of them lists.
 * Authorization comes before.
 */
export async function egress(context: EgressContext, name: string, search: string): Promise<EgressAnswer> {
  try {
    return await answer(context, name, search);
  } catch (error) {
    if (error instanceof ManifestRequestError) return error.answer;
    throw error;
  }
}

async function answer(context: EgressContext, name: string, search: string): Promise<EgressAnswer> {
  const { endpoint, media } = context;
  const missing = egressError(404, `there is no '${name}' in this endpoint, or not yet`);
  const segmenter = media.segmenter(endpoint.segmentSeconds);
  if (!segmenter || media.epochSeconds === undefined) return missing;
  const { epochSeconds, messages } = media;
  const live: View = { endpoint, segmenter, epochSeconds, messages };
  const settings = manifestSettings(search, { namespaced: !context.isV1 });
  const file = egressFile(endpoint, name);
  if (file && settings) return egressError(400, `'${name}' is no manifest; settings are for manifests`);
  if (file) return (await mediaFile(context, live, file, name)) ?? missing;
  const silentSeconds = media.figures?.silentSeconds ?? 0;
  if (endpoint.staleIsError && silentSeconds > STALE_SEGMENTS * endpoint.segmentSeconds) {
    return egressError(404, `'${name}' is stale: no media arrived for ${Math.floor(silentSeconds)} s`);
  }
  const manifest = shiftedManifest(endpoint, name);
  const view = settings && manifest ? { ...live, shift: requestedShift(live, manifest, settings) } : live;
  const { change } = media;
  const query = new URLSearchParams(search);
  const playlist = multivariantPlaylist(view, name) ?? (await childPlaylist(view, { change, cache, name, query }));
  return playlist ?? dashManifest(view, name) ?? missing;
}

function multivariantPlaylist(view: View, name: string): EgressAnswer | undefined {
  const manifest = view.endpoint.hlsManifests.find((one) => `${one.name}.m3u8` === name);
  if (!manifest) return undefined;
  const text = cache.get(view.segmenter, request(view, name), () => {
    const model = multivariantPlaylistView(view, manifest);
    return model && renderMultivariantPlaylist(model);
  });
  return text === undefined ? undefined : manifestAnswer(view.endpoint, M3U8, text);
}

function dashManifest(view: View, name: string): EgressAnswer | undefined {
  const manifest = view.endpoint.dashManifests.find((one) => `${one.name}.mpd` === name);
  if (!manifest) return undefined;
  const model = cache.get(view.segmenter, request(view, name), () => mpdView(view, manifest, 0));
  const now = { nowMilliseconds: steadyNow() };
  return model && manifestAnswer(view.endpoint, 'application/dash+xml', renderMpd({ ...model, ...now }));
}

/** A manifest with a delay ends where the clock says, which every part moves. */
function request(view: View, name: string): { readonly key: string; readonly parts: boolean } {
  return { key: manifestKey(view, name), parts: (view.shift?.delaySeconds ?? 0) > 0 };
}

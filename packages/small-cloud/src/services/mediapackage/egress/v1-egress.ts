import type { V1Catalogue } from '../control/v1-catalogue';
import { type EgressAnswer, egressError, smoothError } from './answer';
import { egress } from './egress';
import type { EgressRequest } from './egress-request';
import type { TransportStreamMuxer } from './transport-stream-muxer';

/** `/out/v1/<id>/<file>`, or with the id of a CMAF endpoint's manifest in between. */
const PATH = /^\/out\/v1\/([0-9a-f]{32})\/(?:[\w-]+\/)?([\w.$-]+)$/;
const SMOOTH = /^\/out\/v1\/([0-9a-f]{32})\/[\w-]+\.ism\/Manifest$/;

/** Answers for the endpoints of MediaPackage v1, protected by their CDN authorization; undefined for other paths. */
export async function v1Egress(
  catalogue: V1Catalogue,
  muxer: TransportStreamMuxer,
  { url, header }: EgressRequest,
): Promise<EgressAnswer | undefined> {
  const [, id = '', file = ''] = SMOOTH.exec(url.pathname) ?? PATH.exec(url.pathname) ?? [];
  const endpoint = catalogue.endpoint(id);
  const channel = endpoint && catalogue.channel(endpoint.channelId);
  if (!endpoint || !channel) return undefined;
  if (!catalogue.admits(endpoint, header('x-mediapackage-cdnidentifier'))) {
    return egressError(403, `endpoint ${endpoint.id} needs the header X-MediaPackage-CDNIdentifier with its secret`);
  }
  if (endpoint.packaged === undefined) return smoothError(endpoint.id);
  return egress({ endpoint: endpoint.packaged, media: channel.media, muxer, isV1: true }, file, url.search);
}

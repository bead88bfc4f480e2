import type { V1Catalogue } from '../control/v1-catalogue';
import { type EgressAnswer, type EgressContext, egress, refusal, smoothRefusal } from './egress';

/** `/out/v1/<id>/<file>`, or with the id of a CMAF endpoint's manifest in between. */
const PATH = /^\/out\/v1\/([0-9a-f]{32})\/(?:[\w-]+\/)?([\w.$-]+)$/;
const SMOOTH = /^\/out\/v1\/([0-9a-f]{32})\/[\w-]+\.ism\/Manifest$/;

/**
 * Answers for the endpoints of MediaPackage v1; undefined for a path that is none of theirs.
 *
 * @param shown - the value of the header X-MediaPackage-CDNIdentifier.
 */
export async function v1Egress(
  catalogue: V1Catalogue,
  transportStreams: EgressContext['transportStreams'],
  url: URL,
  shown: string | undefined,
): Promise<EgressAnswer | undefined> {
  const [, id = '', file = ''] = SMOOTH.exec(url.pathname) ?? PATH.exec(url.pathname) ?? [];
  const endpoint = catalogue.endpoint(id);
  const channel = endpoint && catalogue.channel(endpoint.channelId);
  if (!endpoint || !channel) return undefined;
  if (!catalogue.admits(endpoint, shown)) {
    return refusal(403, `endpoint ${endpoint.id} needs the header X-MediaPackage-CDNIdentifier with its secret`);
  }
  if (endpoint.packaged === undefined) {
    return smoothRefusal(`endpoint ${endpoint.id}`);
  }
  return egress({ endpoint: endpoint.packaged, channel, transportStreams }, file, url.searchParams);
}

import { randomBytes } from 'node:crypto';
import type { AdRequest } from './ad-arguments';
import { type AdService, awsAds, type StoredText } from './ad-service';
import { addedAd, clipFolder, type KeptAd } from './added-ad';
import type { LiveRequest } from './arguments';
import type { Context } from './context';
import { awsEncoder } from './encode-service';
import { encodedAd } from './encoded-ad';
import { EXIT, type ExitCode, LiveFailure } from './failure';
import { wrong } from './option-values';
import { timeOf } from './recording-arguments';
import { findStack } from './stack';

/** Key of the list of campaigns in the bucket of the ads. `lib/advertising/paths.ts` has the same. */
const CAMPAIGNS = 'campaigns.json';
/** Most times that the list is changed because another one changed it meanwhile. */
const ATTEMPTS = 5;
/** Time that a call may take on its way to MediaLive, which counts the 15 seconds ahead from there. */
const ON_ITS_WAY_MS = 1000;

/**
 * Announces a break, or adds, lists and removes ads.
 *
 * @throws LiveFailure where the stack has no ads, or a break cannot be announced.
 */
export async function ads(request: LiveRequest, context: Context): Promise<ExitCode> {
  const { ad } = request;
  if (ad === undefined) throw new Error('ads needs a request about ads');
  const service = context.ads ?? awsAds(request);
  switch (ad.action) {
    case 'break':
      return announce(ad, request, { service, context });
    case 'add':
      return add(ad, request, { service, context });
    case 'remove':
      return remove(ad.id, request, { service, context });
    case 'list':
      return list(request, { service, context });
  }
}

interface Means {
  readonly service: AdService;
  readonly context: Context;
}

async function announce(
  { channel, seconds, inSeconds }: Extract<AdRequest, { action: 'break' }>,
  request: LiveRequest,
  { service, context }: Means,
): Promise<ExitCode> {
  const { channels } = await findStack(context.service, request.stack, channel);
  const [found] = channels;
  if (found?.facts?.state !== 'RUNNING') {
    throw new LiveFailure(
      `Channel "${channel}" is ${found?.facts?.state ?? 'gone'}; a break needs it RUNNING.`,
      EXIT.notReached,
    );
  }
  const now = context.clock.now();
  const startsAt = inSeconds === undefined ? undefined : now + inSeconds * 1000 + ON_ITS_WAY_MS;
  // Unique for 49 days, which is longer than any action stays in a schedule.
  const eventId = Math.floor(now) % 2 ** 32;
  const actionName = `ad-break-${eventId}`;
  await service.announce({ channelId: found.id, actionName, eventId, seconds, startsAt });
  const start = new Date(startsAt ?? now).toISOString();
  const text = `A break of ${seconds} s on channel ${channel} begins ${startsAt === undefined ? 'now' : `at ${start}`} (${actionName}).`;
  context.out(
    request.json
      ? JSON.stringify({ stack: request.stack, channel, actionName, eventId, seconds, start }, null, 2)
      : text,
  );
  return EXIT.fine;
}

async function add(
  ad: Extract<AdRequest, { action: 'add' }>,
  request: LiveRequest,
  { service, context }: Means,
): Promise<ExitCode> {
  const { bucket, ladder, roleArn } = await placeOf(request, context);
  const period = periodOf(ad, context.clock.now());
  const id = `${
    ad.name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 40) || 'ad'
  }-${randomBytes(3).toString('hex')}`;
  context.err(`Preparing ${ad.file}`);
  const made = { file: ad.file, id, bucket, ladder };
  const seconds =
    roleArn === undefined
      ? await addedAd(made, service, context.onInterrupt)
      : await encodedAd(
          { ...made, roleArn },
          { ads: service, encoder: context.encoder ?? awsEncoder(request), context },
        );
  const { name, weight, channels } = ad;
  const added: KeptAd = { id, name, seconds, weight, ...period, channels };
  await keep(bucket, service, (all) => [...all, added]);
  context.out(request.json ? JSON.stringify(added, null, 2) : `Ad ${id} of ${seconds} s is added.`);
  return EXIT.fine;
}

/** Reads when an ad may be shown. @throws LiveFailure for a period that ends before it begins. */
function periodOf({ from, to }: Extract<AdRequest, { action: 'add' }>, now: number): Pick<KeptAd, 'from' | 'to'> {
  const iso = (text: string | undefined) =>
    text === undefined ? undefined : new Date(timeOf(text, now) ?? now).toISOString();
  const period = { from: iso(from), to: iso(to) };
  if (period.from !== undefined && period.to !== undefined && period.from >= period.to) {
    throw wrong(`--from ${from} and --to ${to} were given; the end must be after the beginning.`);
  }
  return period;
}

async function remove(id: string, request: LiveRequest, { service, context }: Means): Promise<ExitCode> {
  const { bucket } = await placeOf(request, context);
  const all = await campaigns(bucket, service);
  if (!all.some((one) => one.id === id)) {
    throw new LiveFailure(`There is no ad "${id}"; npm run live -- ads list names them.`, EXIT.notFound);
  }
  // First from the list, so that no break asks for a clip that is gone.
  await keep(bucket, service, (kept) => kept.filter((one) => one.id !== id));
  const files = await service.remove(bucket, clipFolder(id));
  context.out(request.json ? JSON.stringify({ id, files }, null, 2) : `Ad ${id} is removed, with ${files} files.`);
  return EXIT.fine;
}

async function list(request: LiveRequest, { service, context }: Means): Promise<ExitCode> {
  const { bucket } = await placeOf(request, context);
  const all = await campaigns(bucket, service);
  const line = ({ id, name, seconds, weight, from, to, channels }: KeptAd): string =>
    [
      id,
      `${seconds} s`,
      `weight ${weight}`,
      name,
      from && `from ${from}`,
      to && `to ${to}`,
      channels && `on ${channels.join(', ')}`,
    ]
      .filter(Boolean)
      .join('  ');
  const text = all.length === 0 ? 'There are no ads yet.' : all.map(line).join('\n');
  context.out(request.json ? JSON.stringify({ stack: request.stack, ads: all }, null, 2) : text);
  return EXIT.fine;
}

async function placeOf(request: LiveRequest, { service }: Context) {
  const { outputs } = await service.stack(request.stack);
  const { AdsBucket: bucket, AdsLadder: ladder, AdsEncoderRole: roleArn } = outputs;
  if (bucket !== undefined && ladder !== undefined) return { bucket, ladder, roleArn };
  throw new LiveFailure(`Stack "${request.stack}" has no ads; deploy it with ads: true.`, EXIT.notFound);
}

async function campaigns(bucket: string, service: AdService): Promise<readonly KeptAd[]> {
  return listed(await service.read(bucket, CAMPAIGNS));
}

function listed(found: StoredText | undefined): readonly KeptAd[] {
  return found === undefined ? [] : (JSON.parse(found.text) as { readonly campaigns: readonly KeptAd[] }).campaigns;
}

/** Changes the list of campaigns, once more where another one has changed it meanwhile. */
async function keep(
  bucket: string,
  service: AdService,
  change: (all: readonly KeptAd[]) => readonly KeptAd[],
): Promise<void> {
  const headers = { contentType: 'application/json', cacheControl: 'no-store' };
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const found = await service.read(bucket, CAMPAIGNS);
    const text = JSON.stringify({ version: 1, campaigns: change(listed(found)) }, null, 2);
    const written = { bucket, key: CAMPAIGNS, ...headers, content: { text } };
    if (await service.write(written, found?.version ?? 'none')) return;
  }
  throw new LiveFailure(
    `The list of ads was changed by others ${ATTEMPTS} times; run the command again.`,
    EXIT.notReached,
  );
}

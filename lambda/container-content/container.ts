import { ContainerNotFoundException, DescribeContainerCommand, MediaStoreClient } from '@aws-sdk/client-mediastore';
import { SignatureV4 } from '@smithy/signature-v4';
import { NoAnswerError } from '../answer';
import type { Item, MediaStore } from './emptying';

const client = new MediaStoreClient({ maxAttempts: 8 });

/**
 * MediaStore through its APIs. The SDK's client of the data plane is not installed, so its two calls are made by hand,
 * signed with the SDK's own signer, and with the credentials and the Region of the other client.
 *
 * @see https://docs.aws.amazon.com/mediastore/latest/apireference/API_Operations_AWS_Elemental_MediaStore_Data_Plane.html
 */
export const mediaStore: MediaStore = {
  async endpoint(name) {
    try {
      const { Container } = await client.send(new DescribeContainerCommand({ ContainerName: name }));
      return Container?.Endpoint;
    } catch (error) {
      if (error instanceof ContainerNotFoundException) return undefined;
      throw error;
    }
  },

  async list(endpoint, folder, token) {
    const query = {
      ...(folder === '' ? {} : { Path: folder }),
      ...(token === undefined ? {} : { NextToken: token }),
    };
    const answer = await call('GET', new URL(endpoint), query);
    if (isGone(answer)) return { items: [] };
    const { Items = [], NextToken } = await listed(answer);
    const items = Items.flatMap(({ Name, Type }): Item[] =>
      Name !== undefined && (Type === 'OBJECT' || Type === 'FOLDER') ? [{ name: Name, type: Type }] : [],
    );
    return NextToken === undefined || NextToken === null ? { items } : { items, next: NextToken };
  },

  async remove(endpoint, path) {
    const base = endpoint.replace(/\/$/, '');
    await call('DELETE', new URL(`${base}/${path.split('/').map(encodeURIComponent).join('/')}`));
  },
};

interface ListItemsResponse {
  readonly Items?: readonly { readonly Name?: string; readonly Type?: string }[];
  readonly NextToken?: string | null;
}

/** @throws an Error with the service's own name and message, except for what is not there. */
async function call(method: string, url: URL, query: Readonly<Record<string, string>> = {}): Promise<Response> {
  const { credentials, region, sha256 } = client.config;
  const signer = new SignatureV4({ service: 'mediastore', credentials, region, sha256 });
  const signed = await signer.sign({
    method,
    protocol: url.protocol,
    hostname: url.hostname,
    ...(url.port === '' ? {} : { port: Number(url.port) }),
    path: url.pathname,
    query: { ...query },
    headers: { host: url.host },
  });
  // The address alone says which host it is.
  const { host: _, ...headers } = signed.headers;
  const asked = new URL(url);
  asked.search = new URLSearchParams(query).toString().replaceAll('+', '%20');
  const answer = await fetch(asked, { method, headers }).catch((cause: unknown) => {
    // By a name of its own: fetch says TypeError, which is also that of a mistake in this code.
    throw new NoAnswerError(`MediaStore could not be reached for a ${method} of the container`, { cause });
  });
  if (answer.ok || isGone(answer)) return answer;
  const { message, Message } = (await answer.json().catch(() => ({}))) as { message?: string; Message?: string };
  throw Object.assign(
    new Error(message ?? Message ?? `${method} of the container was answered with ${answer.status}`),
    {
      name: answer.headers.get('x-amzn-errortype')?.split(':')[0] ?? 'MediaStoreError',
      // As errors of the SDK have it.
      $fault: answer.status < 500 ? 'client' : 'server',
      $metadata: { httpStatusCode: answer.status },
    },
  );
}

async function listed(answer: Response): Promise<ListItemsResponse> {
  try {
    return ((await answer.json()) ?? {}) as ListItemsResponse;
  } catch (cause) {
    throw new NoAnswerError('MediaStore listed the container in an answer that cannot be read', { cause });
  }
}

/** ObjectNotFoundException: of an object, or of a folder that held nothing any more. */
function isGone({ status }: Response): boolean {
  return status === 404;
}
